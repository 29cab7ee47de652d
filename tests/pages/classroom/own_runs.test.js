import assert from "node:assert/strict";
import test from "node:test";

import { OwnRuns, became, given, numberOf, valueOf } from "../../../pages/classroom/own_runs.js";
import { RunsChart, heights, ticks } from "../../../pages/classroom/runs_chart.js";

test("each place has a value of its own, and rates are spread evenly for however many", () => {
  assert.deepEqual([1, 2, 30].map((number) => valueOf("seed", number)), ["1", "2", "30"]);
  const rates = Array.from({ length: 31 }, (_, i) => Number(valueOf("lr", i + 1)));
  assert.equal(new Set(rates).size, 31);
  assert.ok(Math.min(...rates) > 0.001 && Math.max(...rates) < 3.17);
  const logs = rates.map(Math.log10).sort((a, b) => a - b);
  const gaps = logs.slice(1).map((value, i) => value - logs[i]);
  assert.ok(Math.max(...gaps) < 2 * Math.min(...gaps), gaps.join(" "));
  assert.equal(numberOf(`17.12.${"0".repeat(32)}`), 12);
  assert.equal(numberOf(""), 0);
});

test("an address gets the value in place of its own, and given weights give way to drawn ones", () => {
  const at = (address, kind, value) => given({ page: "", address }, kind, value).address;
  assert.equal(at("example=xor&seed=42&lr=0.1", "seed", "3"), "example=xor&seed=3&lr=0.1");
  assert.equal(at("example=xor&lr=0.1%2C50%3A1", "lr", "0.02"), "example=xor&lr=0.02");
  assert.equal(at("example=exercise", "initial", "3"), "example=exercise&initial=none&seed=3");
});

test("what became of the runs is counted, whoever is still without one", () => {
  const results = new Map([[1, { loss: 0.5, right: true }], [2, { loss: 3, right: false }], [3, { loss: "nan", right: false }]]);
  assert.equal(became([1, 2, 3, 4], results), "3 of 4 trained. Every ŷ right: 1 · something wrong: 1 · not a number: 1.");
});

test("what Python says of the runs before is not shown as that of the new ones", () => {
  const { get } = Object.getOwnPropertyDescriptor(OwnRuns.prototype, "results");
  const shown = (of) => [...get.call({ kind: "lr", base: { address: "example=xor" }, numbers: [1, 2], page: { data: { runs: of && { of, results: { [valueOf("lr", 1)]: [0.5, true] } } } } })];
  assert.deepEqual(shown(["lr", "example=xor"]), [[1, { loss: 0.5, right: true }]]);
  assert.deepEqual([shown(["lr", "example=gates"]), shown(["seed", "example=xor"]), shown(null)], [[], [], []]);
});

test("one point a student; a run without a loss stands above all; a press opens the run", () => {
  assert.deepEqual(heights([{ loss: 2 }, { loss: "nan" }]), [2, 6]);
  assert.deepEqual([ticks([0.02, 0.0174]), ticks([2, 0.02])], [{ nticks: 5 }, { dtick: 1 }]); // close losses have numbers, too
  globalThis.getComputedStyle = () => ({ fontSize: "16px", fontFamily: "serif", getPropertyValue: () => "#123456" });
  const [drawn, opened, heard] = [[], [], {}];
  globalThis.window = { Plotly: { react: (...what) => drawn.push(what) } };
  const div = { dataset: {}, style: {}, setAttribute() {}, removeAllListeners() {}, on: (type, act) => { heard[type] = act; } };
  const chart = Object.assign(Object.create(RunsChart.prototype), { div, open: (number) => opened.push(number) });
  const run = (number, loss, right) => ({ number, value: number, loss, right });
  chart.plot("seed", [run(1, 0.5, true), run(2, 0.5, true), run(3, 3, false), run(4, "nan", false)]);
  const [, traces] = drawn[0];
  assert.deepEqual(traces.map(({ name, customdata }) => [name, customdata]), [["every ŷ right", [1, 2]], ["something wrong", [3]], ["not a number", [4]]]);
  heard.plotly_click({ points: [{ customdata: 3 }] });
  assert.deepEqual([opened, div.dataset.figure], [[3], "own_runs"]);
});
