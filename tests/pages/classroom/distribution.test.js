import assert from "node:assert/strict";
import test from "node:test";

import { choiceDots, numberDots, reach, spokenDots } from "../../../pages/classroom/distribution.js";
import { DistributionChart } from "../../../pages/classroom/distribution_chart.js";

test("each answer is a dot, equal ones above each other, one's own and the right ones told apart", () => {
  const { dots } = numberDots([0.5, 0.5, 0.25, 0.5000001], 0.5, 0.5);
  assert.deepEqual(dots.map(({ y }) => y), [1, 2, 1, 3]);
  assert.deepEqual(dots.map(({ isMine }) => isMine), [true, false, false, false]);
  assert.deepEqual(dots.map(({ isRight }) => isRight), [true, true, false, true]);
  assert.equal(dots[0].x, 0.5);
  assert.ok(dots[2].x < 0.5);
});

test("one that is far off does not press all others together, and is counted beside the axis, not drawn at its end", () => {
  const answers = [0.4, 0.5, 0.5, 0.5, 0.6, 0.6, 1e12, 1e9, -1e300];
  const [low, high] = reach(answers, 0.5);
  assert.ok(low > -2 && high < 3, `${low} ${high}`);
  const { dots, range, beyond } = numberDots(answers, 0.5, null);
  assert.deepEqual([dots.map(({ value }) => value), beyond], [answers.slice(0, 6), [1, 2]]);
  assert.deepEqual(numberDots([-0.17209, -0.17209, -0.17209, -0.172], -0.17209482, null).beyond, [0, 0]); // right is never far off
  assert.ok(dots.every(({ x }) => x >= range[0] && x <= range[1]));
  assert.ok(numberDots([], 0, null).range.every(Number.isFinite));
});

test("the axis goes a tenth beyond the answers and the right one, in whatever order they came", () => {
  const cases = [
    [[0.6, 0.4, 100, 0.5, 0.45, 0.55, 0.5, 0.48], 0.5, [0.38, 0.62]],
    [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 5, [0.1, 10.9]],
    [[], 2, [1.8, 2.2]],
    [[], 0, [-0.1, 0.1]],
    [[3], 3, [2.7, 3.3]],
    [[1, 1, 1, 1], 3, [0.8, 3.2]],
    [[0, 0, 0, 50, 0], 0, [-0.1, 0.1]], // most said the right one
    [[10, 10, 50, 10, 10], 10, [9, 11]],
    [[-0.15, 1e9], 0.25, [-0.19, 0.29]], // of two, one is far off
  ];
  for (const [answers, right, [low, high]] of cases) {
    const found = reach(answers, right);
    assert.ok(Math.abs(found[0] - low) < 1e-9 && Math.abs(found[1] - high) < 1e-9, `${answers}: ${found}`);
  }
});

test("near is not right", () => {
  const { dots } = numberDots([0.50001, 0.5, 0.49999, 0.1, 0.2, 0.8, 0.9], 0.5, null);
  assert.ok(dots[0].x > dots[1].x && dots[2].x < dots[1].x);
  assert.deepEqual(dots.map(({ isRight }) => isRight), [false, true, false, false, false, false, false]);
});

test("of equal choices one is one's own", () => {
  const mine = (value) => choiceDots(["lower", "higher"], ["higher", "lower", "higher"], "lower", value).map(({ isMine }) => isMine);
  assert.deepEqual([mine("higher"), mine(null)], [[true, false, false], [false, false, false]]);
});

test("choices stand in the question's order", () => {
  const dots = choiceDots(["lower", "higher"], ["higher", "lower", "higher"], "higher", "lower");
  assert.deepEqual(dots.map(({ x, y, isRight, isMine }) => [x, y, isRight, isMine]),
    [[1, 1, true, false], [0, 1, false, true], [1, 2, true, false]]);
});

test("a screen reader hears how many are right, unless none is marked", () => {
  const dots = choiceDots(["lower", "higher"], ["higher", "lower", "higher"], "higher", "lower");
  assert.equal(spokenDots(dots, true), "What the class answered: 3 answers, 2 of them right");
  assert.equal(spokenDots(dots.slice(0, 1), false), "What the class answered: 1 answer");
  assert.equal(spokenDots(dots, true, [1, 2]), "What the class answered: 6 answers, 2 of them right, 3 of them beyond the chart");
});

test("no choice has a line of its own, its text stays text, and what is far off is counted in the margin", () => {
  const [drawn, labels] = [[], []];
  globalThis.getComputedStyle = () => ({ fontSize: "16px", fontFamily: "serif", getPropertyValue: () => "#123456" });
  globalThis.window = { Plotly: { react: (...given) => drawn.push(given) } };
  const div = { dataset: {}, setAttribute: (_, label) => labels.push(label) };
  const plot = (asked, right, answers = []) => DistributionChart.prototype.plot.call({ div }, asked, { right, answers, mine: null });
  plot({ kind: "choice", choices: ["lower", "higher"] }, null);
  plot({ kind: "number" }, 0.5);
  assert.deepEqual(drawn.map(([, , layout]) => layout.xaxis.zeroline), [false, false]);
  const forged = '<a href="https://example.org">a & b</a>';
  plot({ kind: "choice", choices: [forged] }, null, [forged]);
  const [, [{ text }], { xaxis: { ticktext } }] = drawn.pop();
  assert.deepEqual([...text, ...ticktext], Array(2).fill('&lt;a href="https://example.org"&gt;a &amp; b&lt;/a&gt;'));
  plot({ kind: "number" }, 0.5, [0.4, 0.5, 0.5, 0.6, 1e9]);
  assert.deepEqual(drawn.pop()[2].annotations.map((each) => [each.text, each.x]), [["1<br>above", 1]]);
  assert.deepEqual(labels.slice(0, 2), ["What the class answered: 0 answers", "What the class answered: 0 answers, 0 of them right"]);
});
