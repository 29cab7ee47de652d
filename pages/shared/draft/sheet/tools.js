// The buttons under the table. They stay where they are and say what they do to the active cell; one that can do nothing
// now keeps the focus, and says why.

import { columnKind } from "./cells.js";
import { element } from "../../../stage/element.js";

const ADDED = [["+ sample", "rows", "samples"], ["+ input", "inputs", "inputs"], ["+ output", "labels", "outputs"]];
export const FEWEST = {
  rows: "One sample is enough, none is too few.",
  inputs: "One input is enough, none is too few.",
  labels: "One output is enough, none is too few.",
};

export const fullOf = (most, many) => `A table has at most ${most} ${many}.`;

export class Tools {
  // `sheet` does what the buttons say: add(part), removeRow(), removeColumn(), undo(), redo().
  constructor(sheet) {
    const button = (textContent, act, properties = {}) => {
      const made = element("button", { type: "button", textContent, ...properties });
      made.onclick = () => {
        if (made.ariaDisabled !== "true") act();
        if (!sheet.hasFocus()) made.focus(); // not every browser gives the focus to a button that is clicked
      };
      return made;
    };
    this.add = ADDED.map(([text, part]) => button(text, () => sheet.add(part)));
    this.row = button("", () => sheet.removeRow());
    this.column = button("", () => sheet.removeColumn(), { className: "named" });
    this.undo = button("Undo", () => sheet.undo(), { ariaKeyShortcuts: "Control+Z Meta+Z" });
    this.redo = button("Redo", () => sheet.redo(), { ariaKeyShortcuts: "Control+Shift+Z Meta+Shift+Z" });
    this.element = element("div", { className: "tools" },
      element("div", {}, ...this.add), element("div", {}, this.row, this.column, this.undo, this.redo));
  }

  show({ table, limits, limitsTold, steps: { done, undone }, grid: { row, column } }) {
    ADDED.forEach(([, part, many], i) => {
      allow(this.add[i], table[part].length < limits[part], "", fullOf(limitsTold[part], many));
    });
    this.row.textContent = row < 0 ? "− row" : `− row ${row + 1}`;
    this.row.ariaLabel = row < 0 ? "Remove row" : `Remove row ${row + 1}`;
    allow(this.row, row >= 0 && table.rows.length > 1, this.row.ariaLabel, row < 0 ? "Choose a cell of the row." : FEWEST.rows);
    const name = table.headings[column].trim();
    const [part] = table.partOf(column);
    this.column.textContent = `− ${name || columnKind(table, column)}`;
    this.column.ariaLabel = name ? `Remove ${part === "inputs" ? "input" : "output"} ${name}` : `Remove ${columnKind(table, column)}`;
    allow(this.column, table[part].length > 1, this.column.ariaLabel, FEWEST[part]);
    allow(this.undo, done.length > 0, "Undo the last change of the table (Ctrl+Z)", "Nothing to undo.");
    allow(this.redo, undone.length > 0, "Redo what was undone (Ctrl+Shift+Z)", "Nothing to redo.");
  }
}

function allow(button, can, title, why) {
  button.ariaDisabled = String(!can);
  button.title = can ? title : why;
}
