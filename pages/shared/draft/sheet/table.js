// The table apart from the screen: names and rows of texts, and what can be done to them. It knows nothing of what they mean.

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

export class Table {
  constructor({ inputs, labels, rows }) {
    this.inputs = [...inputs];
    this.labels = [...labels];
    this.rows = rows.map((row) => [...row]);
  }

  get headings() { return [...this.inputs, ...this.labels]; }

  isInput(column) { return column < this.inputs.length; }

  // The text of a cell; row −1 is the headings.
  text(row, column) { return row < 0 ? this.headings[column] : this.rows[row]?.[column]; }

  // Says whether that changes anything.
  put(row, column, text) {
    if (this.text(row, column) === text) return false;
    if (row >= 0) this.rows[row][column] = text;
    else if (this.isInput(column)) this.inputs[column] = text;
    else this.labels[column - this.inputs.length] = text;
    return true;
  }

  addRow() { this.rows.push(this.headings.map(() => "0")); }

  removeRow(row) { this.rows.splice(row, 1); }

  // `kind` is "inputs" or "labels"; the new name is one that no column has.
  addColumn(kind) {
    const names = this[kind];
    const place = kind === "inputs" ? names.length : this.headings.length;
    const taken = new Set(this.headings);
    let number = names.length + 1;
    const named = () => (kind === "inputs" ? "x" : "y") + [...String(number)].map((digit) => SUBSCRIPTS[digit]).join("");
    while (taken.has(named())) number += 1;
    names.push(named());
    for (const row of this.rows) row.splice(place, 0, "0");
  }

  removeColumn(column) {
    if (this.isInput(column)) this.inputs.splice(column, 1);
    else this.labels.splice(column - this.inputs.length, 1);
    for (const row of this.rows) row.splice(column, 1);
  }

  // Put cells from a place on, with new rows up to `most`; gives the number of cells that have no place.
  paste(cells, top, left, most) {
    const room = Math.max(0, most - top);
    let lost = 0;
    cells.slice(0, room).forEach((line, down) => {
      if (top + down >= this.rows.length) this.addRow();
      const fitting = line.slice(0, this.headings.length - left);
      fitting.forEach((cell, right) => { this.rows[top + down][left + right] = cell; });
      lost += line.length - fitting.length;
    });
    return cells.slice(room).reduce((sum, line) => sum + line.length, lost);
  }

  // A copy, as Python reads it.
  toPayload() {
    return { inputs: [...this.inputs], labels: [...this.labels], rows: this.rows.map((row) => [...row]) };
  }
}

// What a spreadsheet copies: lines of cells with tabs between them. One text alone is not a table: null.
export function cellsOf(text) {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const cells = lines.map((line) => line.split("\t").map((cell) => cell.trim()));
  return cells.length > 1 || cells[0].length > 1 ? cells : null;
}
