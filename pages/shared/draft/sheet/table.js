// The table apart from the screen: names and rows of texts, and what can be done to them. It knows nothing of what they mean.

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

// A copy of a list, with `drop` of its items at a place replaced by others.
function spliced(list, at, drop, ...items) {
  const copy = [...list];
  copy.splice(at, drop, ...items);
  return copy;
}

// Its lists are never changed in place: a state that was taken stays as it was, and states share the lists that are equal.
export class Table {
  /** @type {string[]} */
  inputs;
  /** @type {string[]} */
  labels;
  /** @type {string[][]} */
  rows;

  constructor(state) { this.restore(state); }

  // The whole table, to come back to; Python reads it in this form, too.
  state() { return { inputs: this.inputs, labels: this.labels, rows: this.rows }; }

  restore({ inputs, labels, rows }) { Object.assign(this, { inputs, labels, rows }); }

  get headings() { return [...this.inputs, ...this.labels]; }

  isInput(column) { return column < this.inputs.length; }

  /** "inputs" or "labels", and the place among them.
   * @returns {["inputs" | "labels", number]} */
  partOf(column) { return this.isInput(column) ? ["inputs", column] : ["labels", column - this.inputs.length]; }

  // The text of a cell; row −1 is the headings.
  text(row, column) { return row < 0 ? this.headings[column] : this.rows[row]?.[column]; }

  put(row, column, text) {
    if (row >= 0) {
      this.rows = spliced(this.rows, row, 1, spliced(this.rows[row], column, 1, text));
    } else {
      const [part, place] = this.partOf(column);
      this[part] = spliced(this[part], place, 1, text);
    }
  }

  /** `texts`: by column; the others are 0.
   * @param {Record<number, string>} texts */
  addRow(texts = {}) { this.rows = [...this.rows, this.headings.map((_, column) => texts[column] ?? "0")]; }

  /** @param {Record<number, string>} texts by column; the others stay */
  putRow(row, texts) {
    this.rows = spliced(this.rows, row, 1, this.rows[row].map((text, column) => texts[column] ?? text));
  }

  // The rows that are samples: an empty one is left out.
  get samples() { return [...this.rows.keys()].filter((row) => this.rows[row].some((text) => text.trim())); }

  removeRow(row) { this.rows = spliced(this.rows, row, 1); }

  // `part` is "inputs" or "labels"; the new name is one that no column has.
  addColumn(part) {
    const column = part === "inputs" ? this.inputs.length : this.headings.length;
    const taken = new Set(this.headings);
    let number = this[part].length + 1;
    const named = () => (part === "inputs" ? "x" : "y") + [...String(number)].map((digit) => SUBSCRIPTS[digit]).join("");
    while (taken.has(named())) number += 1;
    this[part] = [...this[part], named()];
    this.rows = this.rows.map((row) => spliced(row, column, 0, "0"));
  }

  removeColumn(column) {
    const [part, place] = this.partOf(column);
    this[part] = spliced(this[part], place, 1);
    this.rows = this.rows.map((row) => spliced(row, column, 1));
  }

  // Put cells from a place on, with new rows up to `most`; gives the number of cells that have no place.
  paste(cells, top, left, most) {
    const width = this.headings.length;
    const room = Math.max(0, most - top);
    const rows = [...this.rows];
    let lost = 0;
    cells.slice(0, room).forEach((line, down) => {
      const fitting = line.slice(0, width - left);
      rows[top + down] = spliced(rows[top + down] ?? new Array(width).fill("0"), left, fitting.length, ...fitting);
      lost += line.length - fitting.length;
    });
    this.rows = rows;
    return cells.slice(room).reduce((sum, line) => sum + line.length, lost);
  }
}

/** Whether the cells of a row may mean these numbers: a text that is no plain number may.
 * @param {Record<number, number>} numbers by column */
export function means(row, numbers) {
  return Object.entries(numbers).every(([column, number]) => {
    const read = Number(row[column].replace("−", "-").replace(",", "."));
    return Number.isNaN(read) || read === number;
  });
}

// What a spreadsheet copies: lines of cells with tabs between them. One text alone is one cell.
export function cellsOf(text) {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  return lines.map((line) => line.split("\t").map((cell) => cell.trim()));
}
