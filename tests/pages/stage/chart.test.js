import assert from "node:assert/strict";
import { test } from "node:test";
import { Chart } from "../../../pages/stage/chart.js";

function closed(plotting) {
  const told = [];
  globalThis.window = { Plotly: { purge: (div) => told.push(`${div} purged`) } };
  const observer = { disconnect: () => told.push("disconnected") };
  Chart.prototype.close.call({ observer, plotting, div: "chart", cell: { remove: () => told.push("removed") } });
  return told;
}

test("a chart that is drawn leaves at once, and while it is whole: what had the focus in it hears of that", () => {
  assert.deepEqual(closed(null), ["disconnected", "removed", "chart purged"]);
});

test("a chart that Plotly is drawing is purged when that has ended", async () => {
  let end;
  const drawing = new Promise((resolve) => { end = resolve; });
  const told = closed(drawing);
  assert.deepEqual(told, ["disconnected", "removed"]);
  end();
  await drawing.finally(() => {});
  assert.deepEqual(told, ["disconnected", "removed", "chart purged"]);
});

test("a narrow chart names the columns that have room, a wider one all of them again", () => {
  globalThis.document = { createElement: () => ({ getContext: () => ({ measureText: (text) => ({ width: 10 * text.length }) }) }) };
  const layout = { margin: { l: 20, r: 0 }, font: {}, xaxis: { tickangle: 0, tickvals: [0, 1, 2], ticktext: ["abc", "abc", "b"], range: [-0.5, 2.5] } };
  const relaid = [];
  globalThis.window = { Plotly: { update: (_, digits, update) => relaid.push(update["xaxis.ticktext"]) } };
  const chart = Object.assign(Object.create(Chart.prototype), {
    layout, size: { width: 80 }, settings: {}, top: 0, cell: { clientWidth: 200, clientHeight: 50 }, plot: (_, draw) => draw(), digits: [],
  });
  chart.nameColumns(layout);
  assert.deepEqual(layout.xaxis.ticktext, ["abc", "b"]);
  chart.resize();
  assert.deepEqual(relaid, [["abc", "abc", "b"]]);
});

test("another size is drawn once, whatever number of matrices has digits", () => {
  const drawn = [];
  const Plotly = new Proxy({}, { get: (_, name) => (...args) => drawn.push([name, ...args.slice(1)]) });
  globalThis.window = { Plotly };
  const digits = { share: [0.5, 1], height: 10, decimals: [[20, 1]] };
  const chart = Object.assign(Object.create(Chart.prototype), {
    layout: { margin: { l: 0, r: 0, t: 5, b: 0 } }, named: {}, size: { width: 20, height: 50 }, settings: { offsetHeight: 8 }, top: 5,
    cell: { clientWidth: 200, clientHeight: 50 }, plot: (_, draw) => draw(), digits: [digits, undefined, digits, digits],
    div: { data: [{ z: [[1, 2]] }, { x: [1] }, { z: [[3, 4]] }, {}] }, fittingNames: () => ({}),
  });
  chart.resize();
  const layout = { width: 200, height: 50, margin: { l: 0, r: 0, t: 13, b: 0 } };
  const text = [[["1.0", "2.0"]], [["3.0", "4.0"]], undefined];
  const written = { texttemplate: ["%{text}", "%{text}", undefined], text };
  assert.deepEqual(drawn, [["update", written, layout, [0, 2, 3]]]);
});
