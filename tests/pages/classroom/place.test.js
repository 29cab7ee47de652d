import assert from "node:assert/strict";
import test from "node:test";

import { drawnAt, isSame, linkTo, placeAt, viewsOf } from "../../../pages/classroom/place.js";

const at = (path, plays = true) => {
  const { pathname, search } = new URL(path, "http://host/app/");
  return placeAt({ pathname, search }, plays);
};

test("a viewer's own matters stay his own", () => {
  assert.deepEqual(at("?lr=0.1&present=1&class=ABCDEFGH&embed=true"), { page: "", address: "example=tutorial&lr=0.1" });
});

test("where a player plays, the position is its to say", () => {
  assert.equal(at("compare?example=iris&position=7").address, "example=iris");
  assert.equal(at("step_by_step?example=iris&position=7&phase=3", false).address, "example=iris&phase=3&position=7");
  assert.equal(at("step_by_step?example=iris", false).address, "example=iris&position=0");
});

test("the tutorial is named, for an address that names nothing opens nothing", () => {
  assert.equal(at("").address, "example=tutorial");
  assert.equal(at("?inputs=1+3_0.5+9&labels=1_0").address, "inputs=1+3_0.5+9&labels=1_0");
});

test("the same place is the same in any order and with any view", () => {
  assert.ok(isSame(at("?lr=0.1&seed=7"), at("?seed=7&lr=0.1&view=loss.log&example=tutorial&position=4")));
  assert.ok(!isSame(at("?lr=0.1"), at("?lr=0.2")));
  assert.ok(!isSame(at("?example=iris"), at("?example=xor")));
  assert.ok(!isSame(at("?example=iris"), at("")));
  assert.ok(!isSame(at("?pin=tutorial"), at("")));
  assert.ok(!isSame(at("?lr=0.1"), at("compare?lr=0.1")));
  assert.ok(!isSame(at("step_by_step?position=4", false), at("step_by_step", false)));
});

test("what Python has drawn is the same place as its address", () => {
  assert.ok(isSame(drawnAt({ page: "", address: "lr=0.1&view=loss.log&position=4", plays: true }), at("?lr=0.1&class=ABCDEFGH")));
  assert.ok(isSame(drawnAt({ page: "step_by_step", address: "phase=2", plays: false }), at("step_by_step?position=0&phase=2", false)));
  assert.ok(!isSame(drawnAt({ page: "step_by_step", address: "phase=3", plays: false }), at("step_by_step?phase=2", false)));
});

test("a link goes to a page of this app, with the position and what is the viewer's own", () => {
  const own = { class: "ABCDEFGH", present: null };
  assert.equal(linkTo(at("?lr=0.1"), 7.9, own), "./?example=tutorial&lr=0.1&position=7&class=ABCDEFGH");
  assert.equal(linkTo(at("?lr=0.1"), 0, {}), "./?example=tutorial&lr=0.1");
  assert.equal(linkTo(at("step_by_step?position=4", false), 9, own), "./step_by_step?example=tutorial&position=4&class=ABCDEFGH");
  for (const page of ["../elsewhere", "/", "//other.example", "https://other.example", "a/b", "A"]) {
    assert.equal(linkTo({ page, address: "" }, 0, {}), null);
  }
  const forged = linkTo({ page: "", address: "class=OTHER234&present=1#x&y=https://other.example" }, 0, own);
  assert.equal(new URL(forged, "http://host/app/").origin, "http://host");
  assert.deepEqual(new URL(forged, "http://host/app/").searchParams.getAll("class"), ["ABCDEFGH"]);
  assert.equal(new URL(forged, "http://host/app/").searchParams.get("present"), null);
});

test("views are those of the charts", () => {
  assert.deepEqual(viewsOf("example=iris&view=loss.log&view=weights.x"), ["loss.log", "weights.x"]);
});
