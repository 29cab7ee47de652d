import assert from "node:assert/strict";
import test from "node:test";

import { Presses } from "../../../pages/stage/presses.js";

test("what was pressed is said again with each press until it is heard", () => {
  const said = [];
  const presses = new Presses((all) => said.push(all.map(([, ...what]) => what)));
  presses.press("action", "Pin");
  presses.press("rows", "10");
  assert.deepEqual(said, [[["action", "Pin"]], [["action", "Pin"], ["rows", "10"]]]);
  presses.heard(presses.all[0][0]);
  presses.press("choice", "decision");
  assert.deepEqual(said[2], [["rows", "10"], ["choice", "decision"]]);
});

test("a press has a number above any that was heard, though the clock was set back since", () => {
  const presses = new Presses(() => {});
  const heard = Date.now() + 3_600_000;
  presses.heard(heard);
  presses.press("action", "Pin");
  presses.press("action", "Unpin");
  assert.deepEqual(presses.all.map(([number]) => number), [heard + 1, heard + 2]);
});
