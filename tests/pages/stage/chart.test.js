import assert from "node:assert/strict";
import test from "node:test";

import { rangesOf, sameRanges, setPath } from "../../../pages/stage/chart.js";

test("a value is put at a dotted path, which is made where it is missing", () => {
  const trace = { marker: { size: 3 } };
  setPath(trace, "marker.opacity", 0.5);
  setPath(trace, "z", [1]);
  setPath(trace, "line.dash.kind", "dot");
  assert.deepEqual(trace, { marker: { size: 3, opacity: 0.5 }, z: [1], line: { dash: { kind: "dot" } } });
});

test("a chart is whole while each of its axes has the range that it was given", () => {
  const given = rangesOf({ xaxis: { range: [0, 9] }, yaxis2: { range: [1, 2] }, yaxis: { type: "log" }, xaxisful: { range: [0, 1] } });
  assert.deepEqual(given, { xaxis: [0, 9], yaxis2: [1, 2] });
  assert.ok(sameRanges(given, { xaxis: [0, 9], yaxis2: [1, 2], yaxis: [3, 4] }));
  assert.ok(!sameRanges(given, { xaxis: [0, 8], yaxis2: [1, 2] }));
  assert.ok(!sameRanges(given, { xaxis: [0, 9] }));
});
