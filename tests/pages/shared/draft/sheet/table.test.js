import assert from "node:assert/strict";
import test from "node:test";

import { Table, cellsOf } from "../../../../../pages/shared/draft/sheet/table.js";

const two = () => new Table({ inputs: ["x₁", "x₂"], labels: ["y₁"], rows: [["1", "2", "0"], ["3", "4", "1"]] });

test("a table is a copy of what it was given, and gives copies", () => {
  const given = { inputs: ["x₁"], labels: ["y₁"], rows: [["1", "0"]] };
  const table = new Table(given);
  table.put(0, 0, "7");
  table.put(-1, 0, "a");
  const payload = table.toPayload();
  table.put(0, 0, "8");
  assert.deepEqual(given, { inputs: ["x₁"], labels: ["y₁"], rows: [["1", "0"]] });
  assert.deepEqual(payload, { inputs: ["a"], labels: ["y₁"], rows: [["7", "0"]] });
});

test("a text or a heading is put, and an equal one changes nothing", () => {
  const table = two();
  assert.equal(table.put(1, 2, "0.5"), true);
  assert.equal(table.put(1, 2, "0.5"), false);
  assert.equal(table.put(-1, 1, "width"), true);
  assert.equal(table.put(-1, 2, "out"), true);
  assert.equal(table.put(-1, 2, "out"), false);
  assert.deepEqual(table.toPayload(), { inputs: ["x₁", "width"], labels: ["out"], rows: [["1", "2", "0"], ["3", "4", "0.5"]] });
  assert.equal(table.text(-1, 2), "out");
  assert.equal(table.text(1, 2), "0.5");
  assert.equal(table.text(2, 0), undefined);
});

test("rows come and go", () => {
  const table = two();
  table.addRow();
  table.removeRow(0);
  assert.deepEqual(table.rows, [["3", "4", "1"], ["0", "0", "0"]]);
});

test("a new input stands after the inputs, a new label at the end, under names that are free", () => {
  const table = two();
  table.put(-1, 0, "x₃");
  table.addColumn("inputs");
  table.addColumn("labels");
  assert.deepEqual(table.toPayload(), {
    inputs: ["x₃", "x₂", "x₄"], labels: ["y₁", "y₂"], rows: [["1", "2", "0", "0", "0"], ["3", "4", "0", "1", "0"]],
  });
  const taken = new Table({ inputs: ["x₃", "x₄"], labels: [], rows: [] });
  taken.addColumn("inputs");
  assert.equal(taken.inputs[2], "x₅");
  const wide = new Table({ inputs: new Array(9).fill("a"), labels: [], rows: [] });
  wide.addColumn("inputs");
  assert.equal(wide.inputs[9], "x₁₀");
});

test("a column goes with its texts", () => {
  const table = two();
  table.addColumn("labels");
  table.removeColumn(2);
  table.removeColumn(0);
  assert.deepEqual(table.toPayload(), { inputs: ["x₂"], labels: ["y₂"], rows: [["2", "0"], ["4", "0"]] });
});

test("what a spreadsheet copies is lines of cells", () => {
  assert.deepEqual(cellsOf("1\t2\r\n3\t4\r\n"), [["1", "2"], ["3", "4"]]);
  assert.deepEqual(cellsOf(" 1 \t\n2"), [["1", ""], ["2"]]);
  assert.deepEqual(cellsOf("1\n\n2\n"), [["1"], [""], ["2"]]);
});

test("one text alone is left to the browser", () => {
  for (const text of ["", "1", "1\n", "1\r\n", "a b, c"]) assert.equal(cellsOf(text), null, JSON.stringify(text));
});

test("cells are pasted from a place on, with new rows where there are none", () => {
  const table = two();
  assert.equal(table.paste([["7", "8"], ["9", "10"]], 1, 1, 100), 0);
  assert.deepEqual(table.rows, [["1", "2", "0"], ["3", "7", "8"], ["0", "9", "10"]]);
});

test("cells that have no place are counted, and the others stand", () => {
  const table = two();
  assert.equal(table.paste([["7", "8"], ["9"], ["10", "11"]], 1, 2, 3), 3);
  assert.deepEqual(table.rows, [["1", "2", "0"], ["3", "4", "7"], ["0", "0", "9"]]);
});

test("in a table that is fuller than the most, nothing has a place below", () => {
  const table = two();
  assert.equal(table.paste([["7"], ["8"]], 1, 0, 0), 2);
  assert.deepEqual(table.toPayload(), two().toPayload());
});
