import assert from "node:assert/strict";
import test from "node:test";

import { whenGone } from "../../../pages/stage/gone.js";

test("a clean-up that comes while the element is on the page cleans nothing up", () => {
  const done = [];
  const root = { isConnected: true };
  const earlier = whenGone(root, () => done.push("gone"));
  earlier();
  assert.deepEqual(done, []);
  root.isConnected = false;
  earlier();
  assert.deepEqual(done, ["gone"]);
});
