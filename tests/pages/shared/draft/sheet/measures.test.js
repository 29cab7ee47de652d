import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { ROW, WINDOW, columnWidths, firstAt, firstWithin } from "../../../../../pages/shared/draft/sheet/measures.js";

test("a row is as high as the style says", () => {
  const style = readFileSync(new URL("../../../../../pages/shared/draft/sheet/sheet.css", import.meta.url), "utf8");
  assert.match(style, new RegExp(`--row: ${ROW}px;`));
});

test("the drawn rows lie within the table", () => {
  assert.equal(firstWithin(-3, 100), 0);
  assert.equal(firstWithin(50, 100), 50);
  assert.equal(firstWithin(99, 100), 100 - WINDOW);
  assert.equal(firstWithin(5, 10), 0); // all of them are drawn
});

test("scrolling draws other rows in steps, with some above those in sight", () => {
  assert.equal(firstAt(50 * ROW, 100, 0), 44);
  assert.equal(firstAt(50 * ROW, 100, 41), 41); // near enough
  assert.equal(firstAt(50 * ROW, 100, 40), 44);
  assert.equal(firstAt(52 * ROW + 25, 100, 44), 44);
  assert.equal(firstAt(99 * ROW, 100, 44), 100 - WINDOW);
});

test("the top of the table is always drawn", () => {
  assert.equal(firstAt(0, 100, 3), 0);
  assert.equal(firstAt(6 * ROW, 100, 3), 0);
});

test("rows in sight are drawn wherever one scrolls to", () => {
  const inSight = 10; // 236 pixels, less the heading's row
  for (let first = 0, row = 0; row <= 90; row += 1) {
    first = firstAt(row * ROW, 100, first);
    assert.ok(first <= row && row + inSight <= first + WINDOW, `row ${row}, drawn from ${first}`);
  }
});

test("a column is as wide as its longest text, within bounds", () => {
  const table = { headings: ["x", "abcdef", "y"], rows: [["0", "1", "0".repeat(40)]] };
  assert.deepEqual(columnWidths(table), [24, 32, 58, 104, 22]);
  assert.equal(columnWidths({ headings: [], rows: new Array(1000).fill([]) })[0], 42);
});
