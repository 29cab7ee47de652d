import assert from "node:assert/strict";
import test from "node:test";

import { isInside, leads } from "../../../../../pages/shared/draft/sheet/cursor.js";

// A field that holds "abc" with the cursor after `start` characters, or with what is between marked.
const field = (start, end = start) => ({ value: "abc", selectionStart: start, selectionEnd: end });
const press = (key, start, end, shiftKey = false) => leads({ key, shiftKey }, field(start, end));

test("up, down and Enter lead to the next row from anywhere in a text", () => {
  assert.deepEqual(press("ArrowUp", 1), [-1, 0]);
  assert.deepEqual(press("ArrowDown", 1), [1, 0]);
  assert.deepEqual(press("Enter", 1), [1, 0]);
  assert.deepEqual(press("Enter", 1, 1, true), [-1, 0]);
});

test("left and right lead out of a text at its end, or where all of it is marked", () => {
  assert.deepEqual(press("ArrowLeft", 0), [0, -1]);
  assert.deepEqual(press("ArrowRight", 3), [0, 1]);
  assert.deepEqual(press("ArrowLeft", 0, 3), [0, -1]);
  assert.deepEqual(press("ArrowRight", 0, 3), [0, 1]);
});

test("within a text they stay with it, and so does every other key", () => {
  for (const [key, start, end] of [["ArrowLeft", 1], ["ArrowLeft", 0, 2], ["ArrowRight", 2], ["ArrowRight", 1, 3]]) {
    assert.equal(press(key, start, end), null, `${key} ${start}`);
  }
  for (const key of ["a", "Escape", "Tab", "Home"]) assert.equal(press(key, 0, 3), null, key);
});

test("a place is one of the table's cells, or of its headings", () => {
  const table = { rows: [[], []], headings: ["x", "y"] };
  for (const place of [[-1, 0], [0, 0], [1, 1]]) assert.equal(isInside(...place, table), true, String(place));
  for (const place of [[-2, 0], [2, 0], [0, -1], [0, 2]]) assert.equal(isInside(...place, table), false, String(place));
});
