import assert from "node:assert/strict";
import test from "node:test";

import { isPress, leadsToAnotherPage } from "../../../pages/stage/leaving.js";

const HERE = { origin: "http://a", pathname: "/playground" };
const LINK = { origin: "http://a", pathname: "/compare", hash: "", download: "", target: "" };
const leads = (link, click) => leadsToAnotherPage({ ...LINK, ...link }, { button: 0, ...click }, HERE);

test("a plain click on a link to another page of the app leads there", () => {
  assert.equal(leads({}, {}), true);
});

test("another host, this page, a new tab and a download do not", () => {
  for (const link of [{ origin: "http://b" }, { pathname: "/playground" }, { hash: "#a" }, { download: "x" }, { target: "_blank" }]) {
    assert.equal(leads(link, {}), false, JSON.stringify(link));
  }
  for (const key of ["ctrlKey", "metaKey", "shiftKey", "altKey"]) assert.equal(leads({}, { [key]: true }), false, key);
  assert.equal(leads({}, { button: 1 }), false);
});

test("a press is a pointer's, or the keys' that press a button", () => {
  assert.equal(isPress({ type: "pointerdown" }), true);
  assert.equal(isPress({ type: "keydown", key: "Enter" }), true);
  assert.equal(isPress({ type: "keydown", key: "a" }), false);
  assert.equal(isPress({ type: "pointerup" }), false);
});
