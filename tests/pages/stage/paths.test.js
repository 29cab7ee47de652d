import assert from "node:assert/strict";
import test from "node:test";

import { setPath } from "../../../pages/stage/paths.js";

test("a value is put at a dotted path, which is made where it is missing", () => {
  const trace = { marker: { size: 3 } };
  setPath(trace, "marker.opacity", 0.5);
  setPath(trace, "z", [1]);
  setPath(trace, "line.dash.kind", "dot");
  assert.deepEqual(trace, { marker: { size: 3, opacity: 0.5 }, z: [1], line: { dash: { kind: "dot" } } });
});
