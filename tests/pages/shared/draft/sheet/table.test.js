import assert from "node:assert/strict";
import test from "node:test";

import { Table, cellsOf, means } from "../../../../../pages/shared/draft/sheet/table.js";

const two = () => new Table({ inputs: ["x₁", "x₂"], labels: ["y₁"], rows: [["1", "2", "0"], ["3", "4", "1"]] });

test("what a table was given and what it gave stays as it was", () => {
  const given = { inputs: ["x₁"], labels: ["y₁"], rows: [["1", "0"]] };
  const table = new Table(given);
  table.put(0, 0, "7");
  table.put(-1, 0, "a");
  const payload = table.state();
  table.put(0, 0, "8");
  table.put(-1, 1, "b");
  table.addRow();
  table.addColumn("labels");
  table.paste([["9"]], 0, 0, 9);
  table.removeColumn(0);
  table.removeRow(0);
  assert.deepEqual(given, { inputs: ["x₁"], labels: ["y₁"], rows: [["1", "0"]] });
  assert.deepEqual(payload, { inputs: ["a"], labels: ["y₁"], rows: [["7", "0"]] });
});

test("a text or a heading is put in its place", () => {
  const table = two();
  table.put(1, 2, "0.5");
  table.put(-1, 1, "width");
  table.put(-1, 2, "out");
  assert.deepEqual(table.state(), { inputs: ["x₁", "width"], labels: ["out"], rows: [["1", "2", "0"], ["3", "4", "0.5"]] });
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

test("texts of some columns are put into a row or make a new one, and empty rows are no samples", () => {
  const table = two();
  table.addRow({ 1: "0.5", 2: "1" });
  table.putRow(0, { 0: "9" });
  assert.deepEqual(table.rows, [["9", "2", "0"], ["3", "4", "1"], ["0", "0.5", "1"]]);
  table.putRow(1, { 0: "", 1: " ", 2: "" });
  assert.deepEqual(table.samples, [0, 2]);
});

test("a row means the numbers that its texts say; what is no plain number may be any", () => {
  assert.ok(means(["0,5", "−1", "1/3"], { 0: 0.5, 1: -1, 2: 0.25 }));
  assert.ok(!means(["0.5", "1"], { 1: 0 }));
});

test("a new input stands after the inputs, a new label at the end, under names that are free", () => {
  const table = two();
  table.put(-1, 0, "x₃");
  table.addColumn("inputs");
  table.addColumn("labels");
  assert.deepEqual(table.state(), {
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
  assert.deepEqual(table.state(), { inputs: ["x₂"], labels: ["y₂"], rows: [["2", "0"], ["4", "0"]] });
});

test("what a spreadsheet copies is lines of cells", () => {
  assert.deepEqual(cellsOf("1\t2\r\n3\t4\r\n"), [["1", "2"], ["3", "4"]]);
  assert.deepEqual(cellsOf(" 1 \t\n2"), [["1", ""], ["2"]]);
  assert.deepEqual(cellsOf("1\n\n2\n"), [["1"], [""], ["2"]]);
});

test("one text alone is one cell", () => {
  for (const text of ["1", "1\n", "1\r\n", " 1"]) assert.deepEqual(cellsOf(text), [["1"]], JSON.stringify(text));
});

test("a table goes back to a state, and on from it", () => {
  const table = two();
  const before = table.state();
  table.addColumn("inputs");
  table.put(0, 0, "7");
  const after = table.state();
  table.restore(before);
  assert.deepEqual(table.state(), two().state());
  table.restore(after);
  assert.deepEqual(table.rows, [["7", "2", "0", "0"], ["3", "4", "0", "1"]]);
});

test("states share the rows that did not change", () => {
  const table = two();
  const before = table.state();
  table.put(0, 0, "7");
  assert.notEqual(table.rows[0], before.rows[0]);
  assert.equal(table.rows[1], before.rows[1]);
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
  assert.deepEqual(table.state(), two().state());
});
