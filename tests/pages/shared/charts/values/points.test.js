import assert from "node:assert/strict";
import test from "node:test";

import { rowsOf } from "../../../../../pages/shared/charts/values/points.js";

const axis = { _length: 100, c2p: (value) => 10 * value };
const SHOWN = { visible: true, xaxis: "x", yaxis: "y" };

// What Plotly makes of traces, as far as it is read.
function chart(...calcdata) {
  return { calcdata, _fullLayout: { xaxis: axis, yaxis: { ...axis, c2p: (value) => 100 - 10 * value } } };
}

const places = (rows) => rows.map((row) => row.map(({ x, y }) => [x, y]));

test("the cells of a heatmap are rows from the top, each asked for by its middle", () => {
  const heatmap = [{ trace: SHOWN, x: [0, 2, 4], y: [0, 2, 4], z: [[1, 2], [3, undefined]] }];
  const rows = rowsOf(chart(heatmap));
  assert.deepEqual(places(rows), [[[10, 70]], [[10, 90], [30, 90]]]);
  assert.deepEqual(rows[1][1].hover, { curveNumber: 0, xval: 3, yval: 1 });
  assert.equal(rows[0][0].plot, "xy");
});

test("a curve is one row of its points, without gaps and what is zoomed away", () => {
  const curve = [{ x: 1, y: 1, trace: { ...SHOWN, mode: "lines+markers" } }, { x: 2, y: undefined }, { x: 3, y: 4 }, { x: 11, y: 4 }];
  const rows = rowsOf(chart([{ trace: { ...SHOWN, hoverinfo: "skip" } }], curve));
  assert.deepEqual(places(rows), [[[10, 90], [30, 60]]]);
  assert.deepEqual(rows[0].map((point) => point.hover), [{ curveNumber: 1, pointNumber: 0 }, { curveNumber: 1, pointNumber: 2 }]);
});

test("marks side by side are a row", () => {
  const marks = [[1, 3], [2, 3], [1, 1], [2, 1]].map(([x, y]) => ({ x, y }));
  marks[0].trace = { ...SHOWN, mode: "markers" };
  assert.deepEqual(places(rowsOf(chart(marks))), [[[10, 70], [20, 70]], [[10, 90], [20, 90]]]);
});

test("the lines of a contour on the rim of its chart, where Plotly shows no label, are left out", () => {
  const contour = [{ trace: { ...SHOWN, type: "contour" }, x: [0, 5, 10], y: [0, 5, 10], z: [[1, 2, 3], [4, 5, 6], [7, 8, 9]] }];
  const rows = rowsOf(chart(contour));
  assert.deepEqual(places(rows), [[[50, 50]]]);
  assert.deepEqual(rows[0][0].hover, { curveNumber: 0, xval: 5, yval: 5 });
});

test("what is hidden or empty has no values", () => {
  const hidden = [{ x: 1, y: 1, trace: { ...SHOWN, visible: "legendonly", mode: "lines" } }];
  assert.deepEqual(rowsOf(chart(hidden, [{ trace: { ...SHOWN, mode: "lines" } }])), []);
  assert.deepEqual(rowsOf({}), []);
});
