import assert from "node:assert/strict";
import test from "node:test";

import { playLabel } from "../../../pages/stage/transport.js";

test("the one button says what a press does: at both ends a run begins anew, in between it goes on", () => {
  const label = (frame, playing = false) => playLabel({ playing, frame, last: 5 });
  assert.deepEqual([0, 1, 4, 5].map((frame) => label(frame)), ["Train", "Continue", "Continue", "Train"]);
  assert.deepEqual([0, 3, 5].map((frame) => label(frame, true)), ["Pause", "Pause", "Pause"]);
});
