import assert from "node:assert/strict";
import test from "node:test";

import { endsIn, linkAt, squareTo, unitAt } from "../../../pages/stage/marking.js";

test("a press on a unit means its row, on an input its column, and beside them nothing", () => {
  const units = [[0, 0, 0, 0.5, 0.2, 0.8], [0, 1, 0, 0.2, 0.2, 0.5], [1, 0, 0.8, 0.2, 1, 0.8]];
  assert.deepEqual(unitAt(units, 0.1, 0.3), { layer: 0, column: 1, box: [0, 0.2, 0.2, 0.5] });
  assert.deepEqual(unitAt(units, 0.9, 0.7), { layer: 0, row: 0, box: [0.8, 0.2, 1, 0.8] });
  assert.equal(unitAt(units, 0.5, 0.5), null);
});

test("a weight has a cell, a unit its row with the bias, an input its column", () => {
  assert.deepEqual(endsIn([4, 3], { row: 2, column: 1 }), [[0.5, 1.5], [1.5, 2.5]]);
  assert.deepEqual(endsIn([4, 3], { row: 2 }), [[-0.5, 2.5], [1.5, 2.5]]);
  assert.deepEqual(endsIn([4, 3], { column: 0 }), [[-0.5, 0.5], [-0.5, 3.5]]);
});

test("a press near a link means its weight, whose place is counted over a row with the bias", () => {
  const links = { points: [0.7, 0.7, 0.3, 0.7, 0.7, 0.3, 0.3, 0.3], cells: [[0, 0], [0, 1], [0, 3], [0, 4]] };
  const xs = [-2, -1, null, ...[1, 2, 3, 4].flatMap(() => [0.2, 0.8, null])];
  const at = (x, y) => linkAt(links, xs, [3], [x, y], [300, 200]);
  assert.deepEqual(at(0.5, 0.29), { layer: 0, row: 1, column: 1, line: [[0.2, 0.3], [0.8, 0.3]] });
  assert.deepEqual([at(0.3, 0.64).row, at(0.3, 0.64).column], [1, 0]);
  assert.equal(at(0.5, 0.6), null);
});

test("the distance to a line is that to its nearest place", () => {
  const line = [[0, 0], [10, 0], [10, 10]];
  assert.deepEqual([squareTo(line, 5, 3), squareTo(line, -3, 4), squareTo(line, 12, 5), squareTo(line, 10, 0)], [9, 25, 4, 0]);
});
