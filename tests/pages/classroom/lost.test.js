import assert from "node:assert/strict";
import test from "node:test";

import { Lost } from "../../../pages/classroom/lost.js";

test("a line that was cut for a while is said, unless the class says so, and Streamlit's box is closed", (t) => {
  const dataset = { testConnectionState: "CONNECTING" };
  let closed = 0;
  let isHidden = false; // Streamlit's box, by the style sheet
  globalThis.document = {
    documentElement: { toggleAttribute: (name, on) => { assert.equal(name, "data-cut"); isHidden = on; } },
    createElement: () => ({ setAttribute() {}, append() {} }),
    querySelector: (selector) => (selector.includes("stApp") ? { dataset } : { click() { closed += 1; } }),
  };
  t.after(() => { delete globalThis.document; });
  const lost = new Lost({ append() {} });
  const shown = (state, now, said = false) => {
    dataset.testConnectionState = state;
    lost.look(said, now);
    return !lost.line.hidden && lost.line.textContent;
  };
  assert.equal(shown("CONNECTING", 9000), false); // it has not been there yet
  assert.equal(shown("CONNECTED", 10_000), false);
  closed = 0;
  assert.deepEqual([shown("PINGING_SERVER", 11_000), shown("CONNECTING", 12_400), closed], [false, false, 2]);
  assert.match(shown("PINGING_SERVER", 12_600), /is being made again/);
  assert.ok(isHidden);
  assert.equal(shown("PINGING_SERVER", 12_700, true), false);
  assert.match(shown("DISCONNECTED_FOREVER", 12_800), /Reload the page/);
  shown("CONNECTED", 12_900);
  assert.ok(!isHidden);
  assert.deepEqual([shown("CONNECTED", 13_000), shown("CONNECTING", 13_100), shown(undefined, 99_000)], [false, false, false]);
});
