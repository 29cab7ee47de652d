import assert from "node:assert/strict";
import { test } from "node:test";
import { Chart } from "../../../pages/stage/chart.js";
import { Supply } from "../../../pages/stage/plotly.js";
import { Still } from "../../../pages/stage/still.js";
import { Report } from "../../../pages/stage/report.js";

test("a press in a cell is told by chart, column and row, until it is heard", () => {
  const said = [];
  const report = new Report(() => ({}));
  report.setState = (name, value) => said.push([name, value.map(([, ...rest]) => rest)]);
  Still.prototype.pick.call({ report }, "outer_product", { x: 2, y: 1 });
  Still.prototype.pick.call({ report }, "changes", { x: 0, y: 3 });
  assert.deepEqual(said.at(-1), ["pressed", [["cell", "outer_product 2 1"], ["cell", "changes 0 3"]]]);
  report.presses.heard(report.presses.number);
  assert.deepEqual(report.presses.all, []);
});

test("only a chart whose cells can be pressed tells of one", () => {
  const heard = {}; const told = [];
  const player = { pick: (name, point) => told.push([name, point]), goTo: (x) => told.push(x) };
  const chart = { name: "a", player, div: { on: (name, act) => { heard[name] = act; } }, offerWhole() {}, offerPlacing() {} };
  for (const meta of [{}, { seeks: true }, { picks: true }]) {
    Chart.prototype.listen.call(chart, meta);
    heard.plotly_click({ points: [{ x: 4, y: 1 }] });
    heard.plotly_click({ points: [] });
  }
  assert.deepEqual(told, [4, ["a", { x: 4, y: 1 }]]);
});

test("a chart has the size that it says, and that of its cell without", () => {
  const cell = { style: {} };
  Chart.prototype.claim.call({ cell }, { height: 180, meta: { least: 420 } });
  assert.deepEqual(cell.style, { height: "180px", minWidth: "420px" });
  Chart.prototype.claim.call({ cell }, {});
  assert.deepEqual(cell.style, { height: "", minWidth: "" });
});

test("Plotly.js is asked of Python once, whatever lacks it, and draws when it is there", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.window = {};
  const made = [];
  globalThis.document = { baseURI: "http://a/", createElement: () => ({ append() {} }), head: { append: (script) => made.push(script) } };
  const asked = []; const told = []; const drawn = [];
  const supplies = ["a", "b"].map((name) => new Supply(() => asked.push(name), (text) => told.push(text)));
  supplies.forEach((supply, i) => supply.load({ plotly: "files/p.js" }, () => drawn.push(i)));
  assert.equal(made.length, 1);
  made[0].onerror();
  for (let i = 0; i < 5; i++) await Promise.resolve();
  assert.deepEqual([asked, told.length, drawn], [["a"], 1, []]);
  supplies[1].close();
  window.Plotly = {};
  context.mock.timers.tick(5000);
  for (let i = 0; i < 5; i++) await Promise.resolve();
  assert.deepEqual(drawn, [0]);
});
