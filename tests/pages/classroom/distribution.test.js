import assert from "node:assert/strict";
import test from "node:test";

import { choiceCounts, inLines, numberDots, reach, spokenAnswers } from "../../../pages/classroom/distribution.js";
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

test("a tolerance is the teacher's to give", () => {
  const { dots } = numberDots([0.4, 0.6, 0.75, 0.5], 0.5, null, 0.1);
  assert.deepEqual(dots.map(({ isRight }) => isRight), [true, true, false, true]);
  dots.forEach(({ x, value }) => assert.ok(Math.abs(x - value) < 0.01, `${value} at ${x}`)); // each where it was given
});

test("choices are counted in the question's order, with their shares", () => {
  const { counts, words } = choiceCounts(["lower", "higher", "same"], ["higher", "lower", "higher"]);
  assert.deepEqual([counts, words], [[1, 2, 0], ["1 · 33 %", "2 · 67 %", "0 · 0 %"]]);
  assert.deepEqual(choiceCounts(["a"], []).words, ["0 · 0 %"]);
});

test("a long choice stands in lines", () => {
  assert.deepEqual(inLines("by the formulas 0, by the difference −1", 16), ["by the formulas", "0, by the", "difference −1"]);
  assert.deepEqual(inLines("unbreakablelongword", 5), ["unbreakablelongword"]);
});

test("a screen reader hears how many are right, unless none is marked", () => {
  assert.equal(spokenAnswers(3, 2), "What the class answered: 3 answers, 2 of them right");
  assert.equal(spokenAnswers(1, null), "What the class answered: 1 answer");
  assert.equal(spokenAnswers(6, 2, 3, 1), "What the class answered: 6 answers, 2 of them right, 3 of them beyond the chart; before that 1 right");
});

test("no choice has a line of its own, its text stays text, both rounds are drawn, and what is far off is counted in the margin", () => {
  const [drawn, labels] = [[], []];
  globalThis.getComputedStyle = () => ({ fontSize: "16px", fontFamily: "serif", getPropertyValue: () => "#123456" });
  globalThis.window = { Plotly: { react: (...given) => drawn.push(given) } };
  const div = { clientWidth: 800, dataset: {}, style: {}, setAttribute: (_, label) => labels.push(label) };
  const chart = Object.assign(Object.create(DistributionChart.prototype), { div });
  const plot = (asked, right, answers = [], first = []) => {
    chart.plot({ round: 1, ...asked }, { right, within: 0, answers, first, mine: answers[0] ?? null });
    return drawn.pop();
  };
  const [, , { yaxis, showlegend }] = plot({ kind: "choice", choices: ["lower", "higher"] }, "—");
  assert.deepEqual([yaxis.zeroline, yaxis.ticktext, showlegend], [false, ["lower", "higher"], true]);
  const forged = '<a href="https://example.org">a & b</a>';
  const [, [bars], { yaxis: { ticktext: [name] } }] = plot({ kind: "choice", choices: [forged, "b"] }, "b", [forged]);
  assert.deepEqual([bars.text, name], [["1 · 100 %", "0 · 0 %"], '&lt;a<br>href="https://example.org"&gt;a<br>&amp; b&lt;/a&gt;<br>your answer']);
  const [, both] = plot({ kind: "choice", choices: ["a", "b"], round: 2 }, "b", ["b", "b"], ["a", "b"]);
  assert.deepEqual(both.map(({ x, text }) => [x, text]), [[[1, 1], ["first 1 · 50 %", "first 1 · 50 %"]], [[0, 2], ["again 0 · 0 %", "again 2 · 100 %"]]]);
  div.clientWidth = 300;
  const narrow = plot({ kind: "choice", choices: ["a"] }, "—", ["a"]);
  assert.deepEqual([narrow[1][0].text, narrow[2].yaxis.ticktext], [undefined, ["a<br>your answer<br>1 · 100 %"]]);
  const [, dots, { xaxis, xaxis2 }] = plot({ kind: "number", round: 2 }, 0.5, [0.5], [0.1, 0.2]);
  assert.deepEqual([xaxis.range, xaxis.domain[1] < xaxis2.domain[0]], [xaxis2.range, true]);
  assert.deepEqual(dots.filter(({ mode }) => mode === "markers").map(({ name: mark, xaxis: where }) => [mark, where]), [["an answer", "x"], ["your answer", "x2"]]);
  assert.equal(plot({ kind: "number" }, 0.5)[2].xaxis.zeroline, false);
  const { annotations } = plot({ kind: "number" }, 0.5, [0.4, 0.5, 0.5, 0.6, 1e9])[2];
  assert.deepEqual(annotations.map((each) => [each.text, each.x]), [["1<br>above", 1]]);
  const many = plot({ kind: "number" }, 0.5, Array(200).fill(0.5))[1];
  assert.ok(many.every(({ marker }) => !marker || marker.size <= 16));
  assert.deepEqual(labels.slice(0, 3), ["What the class answered: 0 answers", "What the class answered: 1 answer, 0 of them right", "What the class answered: 2 answers, 2 of them right; before that 1 right"]);
});
