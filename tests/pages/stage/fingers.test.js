import assert from "node:assert/strict";
import test from "node:test";

import { freeFingers } from "../../../pages/stage/fingers.js";

test("a finger on a chart is kept from Plotly, any other is not, and neither is prevented", () => {
  const heard = [];
  globalThis.window = { addEventListener: (...how) => heard.push(how) };
  freeFingers();
  freeFingers();
  const [[type, listener, options], [, again]] = heard;
  assert.equal(type, "touchstart");
  assert.equal(again, listener); // so that the browser takes it once
  assert.deepEqual(options, { capture: true, passive: true });
  const stopped = (target) => {
    let stops = 0;
    listener({ target, stopPropagation: () => { stops += 1; } });
    return stops;
  };
  const within = (...found) => ({ closest: (selector) => found.includes(selector) || null });
  assert.equal(stopped(within(".js-plotly-plot .drag")), 1);
  assert.equal(stopped(within()), 0);
  assert.equal(stopped({}), 0); // the document itself
});
