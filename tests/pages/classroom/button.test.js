import assert from "node:assert/strict";
import test from "node:test";

import { button } from "../../../pages/classroom/button.js";

test("the second click of a double click counts on the same button alone", (t) => {
  globalThis.document = { createElement: () => ({ append() {} }) };
  t.after(() => { delete globalThis.document; });
  const done = [];
  const made = (label) => button(label, () => done.push(label));
  const click = (it, detail) => it.onclick({ detail, currentTarget: it });
  const [next, ask] = ["Next line", "Ask"].map(made);
  click(next, 1);
  click(next, 2);
  click(ask, 3); // has come under the pointer
  click(ask, 1);
  click(made("Ask"), 2); // another one of the same name, as in a list that was drawn anew
  click(ask, 0); // by the keyboard
  assert.deepEqual(done, ["Next line", "Next line", "Ask", "Ask"]);
});
