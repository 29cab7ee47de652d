import assert from "node:assert/strict";
import test from "node:test";

import { Grid } from "../../../../../pages/shared/draft/sheet/grid.js";

test("a press widens the columns once, when it is let go, and leaves no listener behind", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.window = new EventTarget();
  context.after(() => { delete globalThis.window; });
  let widened = 0;
  const press = () => Grid.prototype.widenLater.call({ widen: () => { widened += 1; } });
  const hear = (type) => { window.dispatchEvent(new Event(type)); context.mock.timers.tick(1); };
  press();
  assert.equal(widened, 0);
  hear("pointerup");
  press();
  hear("pointercancel"); // a finger that scrolls
  assert.equal(widened, 2);
  hear("pointerup");
  hear("pointercancel");
  assert.equal(widened, 2);
});
