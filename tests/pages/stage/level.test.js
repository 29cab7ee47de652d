import assert from "node:assert/strict";
import test from "node:test";
import { levelLines } from "../../../pages/stage/level.js";
import { covers } from "../../../pages/stage/places.js";

test("a line lies where the value is the level, on every side that it crosses", () => {
  assert.deepEqual(levelLines([[0, 4], [0, 4]], 1), [[[0.25, 0], [0.25, 1]]]);
  assert.deepEqual(levelLines([[0, 0], [2, 2]], 1), [[[1, 0.5], [0, 0.5]]]);
  assert.deepEqual(levelLines([[0, 0], [0, 0]], 1), []);
});

test("a saddle has two lines, and a bump a closed one", () => {
  assert.equal(levelLines([[0, 2], [2, 0]], 1).length, 2);
  const around = levelLines([[0, 0, 0], [0, 2, 0], [0, 0, 0]], 1);
  const ends = around.flat().map(String);
  assert.equal(around.length, 4);
  assert.ok(ends.every((end) => ends.filter((other) => other === end).length === 2));
});

test("a chart that is zoomed into is Plotly's to draw", () => {
  const layout = { xaxis: { range: [-1, 2] }, yaxis: { range: [0, 4] } };
  const trace = { x: [-1, 0.5, 2], y: [0, 2, 4] };
  assert.ok(covers(layout, trace));
  assert.ok(covers(layout, {}));
  assert.ok(!covers({ ...layout, xaxis: { range: [0, 1] } }, trace));
});
