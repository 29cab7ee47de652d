import assert from "node:assert/strict";
import test from "node:test";

import { pointedAt, told } from "../../../pages/classroom/pointer.js";

const KEYED = '[class*="st-key-"], .stage-transport > *, .stage-row > *, .stage-notes';

// An element that lies within others.
function within(parts, box = { left: 100, top: 50, width: 200, height: 100 }) {
  return { closest: (selector) => (parts[selector] ? { ...parts[selector], getBoundingClientRect: () => box } : null) };
}

test("a place is told in parts of its chart, and elsewhere of what has a key", () => {
  const chart = within({ "[data-figure]": { dataset: { figure: "loss" } }, [KEYED]: { className: "st-key-stage" } });
  assert.deepEqual(told(chart, 150, 75), { where: "figure:loss", x: 0.25, y: 0.25 });
  assert.deepEqual(told(within({ [KEYED]: { className: "stElement st-key-control_lr_1 other" } }), 999, 0), { where: "key:st-key-control_lr_1", x: 1, y: 0 });
  assert.deepEqual(told(within({ [KEYED]: { className: "stage-forward" } }), 200, 100), { where: "key:stage-forward", x: 0.5, y: 0.5 });
  assert.equal(told(within({}), 0, 0), null);
  assert.equal(told(within({ "[data-figure]": { dataset: { figure: "class_answers" } }, ".class": {} }), 0, 0), null);
});

test("only what a name can name is looked for", () => {
  const document = { querySelector: (selector) => selector };
  assert.deepEqual(["figure:loss", "key:st-key-a_1"].map((where) => pointedAt(where, document)), ['[data-figure="loss"]', ".st-key-a_1"]);
  for (const where of ["", "figure:", 'figure:a"] *', "key:a, body"]) assert.equal(pointedAt(where, document), null);
});
