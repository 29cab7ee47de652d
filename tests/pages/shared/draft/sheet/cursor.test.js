import assert from "node:assert/strict";
import test from "node:test";

import { IN, OVER, leads, leadsOn, travels, within, writes } from "../../../../../pages/shared/draft/sheet/cursor.js";

const TABLE = { rows: new Array(100).fill([]), headings: ["x₁", "x₂", "y₁"] };
const CTRL = { ctrlKey: true };
const COMMAND = { metaKey: true };
const at = (key, place, keys = {}) => leads({ key, ...keys }, place, TABLE, 7);
const open = (key, place, mode, keys = {}) => leadsOn({ key, ...keys }, place, TABLE, mode);

test("arrows lead to the next cell, and no further than the table goes", () => {
  assert.deepEqual(at("ArrowUp", [1, 1]), [0, 1]);
  assert.deepEqual(at("ArrowDown", [1, 1]), [2, 1]);
  assert.deepEqual(at("ArrowLeft", [1, 1]), [1, 0]);
  assert.deepEqual(at("ArrowRight", [1, 1]), [1, 2]);
  assert.deepEqual(at("ArrowUp", [0, 1]), [-1, 1]); // the headings
  for (const [key, place] of [["ArrowUp", [-1, 1]], ["ArrowDown", [99, 1]], ["ArrowLeft", [1, 0]], ["ArrowRight", [1, 2]]]) {
    assert.deepEqual(at(key, place), place, key);
  }
});

test("Home and End lead along the row, with Ctrl or Command to the corners", () => {
  assert.deepEqual(at("Home", [5, 1]), [5, 0]);
  assert.deepEqual(at("End", [5, 1]), [5, 2]);
  for (const keys of [CTRL, COMMAND]) {
    assert.deepEqual(at("Home", [5, 1], keys), [0, 0]);
    assert.deepEqual(at("End", [5, 1], keys), [99, 2]);
  }
});

test("the page keys lead by what is in sight", () => {
  assert.deepEqual(at("PageDown", [5, 1]), [12, 1]);
  assert.deepEqual(at("PageDown", [98, 1]), [99, 1]);
  assert.deepEqual(at("PageUp", [12, 1]), [5, 1]);
  assert.deepEqual(at("PageUp", [5, 1]), [0, 1]);
});

test("every other key of an active cell leads nowhere, nor do the browser's own", () => {
  for (const key of ["a", "Enter", "Escape", "Tab", "F2"]) assert.equal(at(key, [0, 0]), null, key);
  assert.equal(at("ArrowLeft", [1, 1], { altKey: true }), null);
  assert.equal(at("ArrowDown", [1, 1], CTRL), null);
});

test("what was typed over a cell is done with any arrow", () => {
  assert.deepEqual(open("ArrowLeft", [1, 1], OVER), [1, 0]);
  assert.deepEqual(open("ArrowRight", [1, 1], OVER), [1, 2]);
  assert.deepEqual(open("ArrowUp", [1, 1], OVER), [0, 1]);
});

test("while a text is mended the arrows along it stay with it", () => {
  assert.equal(open("ArrowLeft", [1, 1], IN), null);
  assert.equal(open("ArrowRight", [1, 1], IN), null);
  assert.deepEqual(open("ArrowDown", [1, 1], IN), [2, 1]);
  for (const key of ["a", "Home", "End", "Escape"]) assert.equal(open(key, [1, 1], IN), null, key);
  for (const keys of [CTRL, COMMAND, { altKey: true }]) assert.equal(open("ArrowUp", [1, 1], IN, keys), null);
});

test("Enter leads down, and with Shift up", () => {
  assert.deepEqual(open("Enter", [1, 1], IN), [2, 1]);
  assert.deepEqual(open("Enter", [1, 1], IN, { shiftKey: true }), [0, 1]);
  assert.deepEqual(open("Enter", [99, 1], IN), [99, 1]);
});

test("from an open text Tab leads on as one reads, and out behind the last", () => {
  assert.deepEqual(open("Tab", [1, 1], OVER), [1, 2]);
  assert.deepEqual(open("Tab", [1, 2], OVER), [2, 0]);
  assert.deepEqual(open("Tab", [-1, 2], OVER), [0, 0]);
  assert.equal(open("Tab", [99, 2], OVER), null);
  assert.deepEqual(open("Tab", [1, 0], OVER, { shiftKey: true }), [0, 2]);
  assert.deepEqual(open("Tab", [0, 0], OVER, { shiftKey: true }), [-1, 2]);
  assert.equal(open("Tab", [-1, 0], OVER, { shiftKey: true }), null);
});

test("a place outside is the nearest one inside", () => {
  assert.deepEqual(within([-5, -1], TABLE), [-1, 0]);
  assert.deepEqual(within([100, 3], TABLE), [99, 2]);
});

test("undo and redo have the keys of every desktop", () => {
  for (const keys of [CTRL, COMMAND]) {
    assert.equal(travels({ key: "z", ...keys }), "undo");
    assert.equal(travels({ key: "Z", shiftKey: true, ...keys }), "redo");
    assert.equal(travels({ key: "y", ...keys }), "redo");
  }
  assert.equal(travels({ key: "Y", shiftKey: true, ...CTRL }), null);
  assert.equal(travels({ key: "z" }), null);
  assert.equal(travels({ key: "z", altKey: true, ...CTRL }), null);
});

test("a key that writes begins a text, and no other", () => {
  for (const key of ["7", "−", " ", "𝑥", "Dead", "Process"]) assert.equal(writes({ key, altKey: false, ctrlKey: false }), true, key);
  assert.equal(writes({ key: "ł", altKey: true, ctrlKey: true }), true);
  for (const keys of [CTRL, COMMAND]) assert.equal(writes({ key: "c", altKey: false, ctrlKey: false, ...keys }), false);
  for (const key of ["Shift", "F5", "Escape", "Unidentified"]) assert.equal(writes({ key, altKey: false, ctrlKey: false }), false, key);
});
