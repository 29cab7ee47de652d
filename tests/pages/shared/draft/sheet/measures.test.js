import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { ROW, WINDOW, columnWidths, drawnRows, firstAt, firstWithin, scrolledTo } from "../../../../../pages/shared/draft/sheet/measures.js";

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

test("the end of the table is always drawn", () => {
  for (const present of [124, 125, 126]) assert.equal(firstAt(132 * ROW, 150, present), 150 - WINDOW, String(present));
});

test("rows in sight are drawn wherever one scrolls to, in steps of any size", () => {
  const inSight = 8; // 236 pixels, less the heading's row
  for (const rows of [25, 30, 100, 150, 1000]) {
    const end = (rows + 1) * ROW - 234;
    for (const step of [1, 7, 26, 53, 100, 120, 333]) {
      for (let first = 0, scrolled = 0; ; scrolled = Math.min(end, scrolled + step)) {
        first = firstAt(scrolled, rows, first);
        const row = Math.floor(scrolled / ROW);
        assert.ok(first <= row && Math.min(rows, row + inSight + 1) <= first + WINDOW, `${rows}: row ${row}, drawn from ${first}`);
        if (scrolled === end) break;
      }
    }
  }
});

test("the active row is drawn wherever it is", () => {
  assert.deepEqual(drawnRows(0, 3, 1), [0, 1, 2]);
  assert.deepEqual(drawnRows(0, 3, -1), [0, 1, 2]); // the headings
  assert.deepEqual(drawnRows(0, 3, 3), [0, 1, 2]); // it is gone
  assert.equal(drawnRows(10, 100, 20).length, WINDOW);
  assert.deepEqual(drawnRows(10, 100, 2).slice(0, 2), [2, 10]);
  assert.deepEqual(drawnRows(10, 100, 99).slice(-2), [9 + WINDOW, 99]);
});

test("a part comes into sight by the shortest way", () => {
  assert.equal(scrolledTo(50, 10, 0, 100), 0);
  assert.equal(scrolledTo(95, 10, 0, 100), 5);
  assert.equal(scrolledTo(95, 10, 200, 100), 95);
  assert.equal(scrolledTo(0, 120, 0, 100), 0); // larger than the room: its beginning
});

test("a column is as wide as its longest text, within bounds", () => {
  const table = { headings: ["x", "abcdef", "y"], rows: [["0", "1", "0".repeat(40)]] };
  assert.deepEqual(columnWidths(table), [24, 32, 58, 104]);
  // A heading may stand in two lines.
  assert.deepEqual(columnWidths({ headings: ["sepal length", "a b abcdef", "abcdef"], rows: [] }), [24, 58, 58, 58]);
  assert.equal(columnWidths({ headings: [], rows: new Array(1000).fill([]) })[0], 42);
});
