import assert from "node:assert/strict";
import test from "node:test";

import { placesOn, rangesOf, sameRanges } from "../../../pages/stage/places.js";

test("a place is its share of the axis, from the left or from below", () => {
  const right = placesOn({ range: [100, 300] }, 50, false);
  assert.deepEqual([100, 200, 300, 400].map(right), [0, 25, 50, 75]);
  const up = placesOn({ range: [100, 300], type: "linear" }, 50, true);
  assert.deepEqual([100, 300].map(up), [50, 0]);
  assert.deepEqual([3.5, -0.5].map(placesOn({ range: [3.5, -0.5] }, 40, true)), [40, 0]);
});

test("on a logarithmic axis the range is in powers of ten, and what has no logarithm no place", () => {
  const up = placesOn({ range: [-2, 1], type: "log" }, 30, true);
  assert.deepEqual([0.01, 1, 10].map((value) => Math.round(up(value))), [30, 10, 0]);
  assert.ok(![0, -1].map(up).some(Number.isFinite));
});

test("a chart is whole while each of its axes has the range that it was given", () => {
  const given = rangesOf({ xaxis: { range: [0, 9] }, yaxis2: { range: [1, 2] }, yaxis: { type: "log" }, xaxisful: { range: [0, 1] } });
  assert.deepEqual(given, { xaxis: [0, 9], yaxis2: [1, 2] });
  assert.ok(sameRanges(given, { xaxis: [0, 9], yaxis2: [1, 2], yaxis: [3, 4] }));
  assert.ok(!sameRanges(given, { xaxis: [0, 8], yaxis2: [1, 2] }));
  assert.ok(!sameRanges(given, { xaxis: [0, 9] }));
  // An axis that follows what is drawn has the range of the moment, until one is chosen.
  const following = rangesOf({ yaxis: { autorange: true } });
  assert.ok(sameRanges(following, rangesOf({ yaxis: { autorange: true, range: [0, 7] } })));
  assert.ok(!sameRanges(following, rangesOf({ yaxis: { autorange: false, range: [0, 7] } })));
});
