import assert from "node:assert/strict";
import test from "node:test";

import { addressWith, viewIn } from "../../../pages/stage/address.js";

const FIGURES = { loss: { layout: { meta: { views: { linear: {}, log: {} } } } }, weights: { layout: {} } };
const address = (search, position, view) => addressWith(search, position, FIGURES, () => view);

test("the position is put in, or in the place of the one before", () => {
  assert.equal(address("", 7, "linear"), "?position=7");
  assert.equal(address("?lr=0.5&position=3&seed=1", 7, "linear"), "?lr=0.5&seed=1&position=7");
});

test("the beginning and a chart's first view need no words", () => {
  assert.equal(address("?position=3&view=loss.log", 0, "linear"), "");
});

test("another view is kept, and read back", () => {
  const search = address("?lr=0.5", 0, "log");
  assert.equal(search, "?lr=0.5&view=loss.log");
  assert.equal(viewIn(search, "loss"), "log");
  assert.equal(viewIn(search, "los"), undefined);
  assert.equal(viewIn("?view=a.b.c&view=loss.log", "a"), "b.c");
});
