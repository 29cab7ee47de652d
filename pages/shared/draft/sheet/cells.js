// The cells of the table on the screen. sheet.js does what is done with them.

import { element } from "../../../stage/element.js";
import { ROW } from "./measures.js";

// "input 2" or "output 1", counted from 1.
export function columnKind(table, column) {
  const [part, place] = table.partOf(column);
  return `${part === "inputs" ? "input" : "output"} ${place + 1}`;
}

// What a cell's field is called.
export const nameOf = (table, row, column) =>
  (row < 0 ? `Name of ${columnKind(table, column)}` : `Row ${row + 1}, ${table.headings[column]}`);

export const placeOf = ({ dataset }) => [Number(dataset.row), Number(dataset.column)];

// A cell that can be active. Tab stops at one cell of the table only, the active one.
function cell(tag, table, row, column, properties) {
  const made = element(tag, {
    className: table.isInput(column) ? "" : "label", textContent: table.text(row, column), tabIndex: -1, ariaColIndex: column + 2,
    ...properties,
  });
  Object.assign(made.dataset, { row, column });
  return made;
}

const line = (row, ...cells) => element("tr", { ariaRowIndex: row + 2 }, ...cells);

export function headingLine(table) {
  const cells = table.headings.map((name, column) => cell("th", table, -1, column, {
    scope: "col", title: table.isInput(column) ? `Input ${name}. Type to rename.` : `Label ${name}, from 0 to 1. Type to rename.`,
  }));
  return line(-1, element("th", { scope: "col", textContent: "#", ariaLabel: "Row", ariaColIndex: 1 }), ...cells);
}

export function rowLine(table, row) {
  const cells = table.headings.map((_, column) => cell("td", table, row, column));
  const made = line(row, element("th", { scope: "row", textContent: row + 1, ariaColIndex: 1 }), ...cells);
  made.dataset.row = row;
  return made;
}

// Stands in the place of rows that are not drawn.
export function spacer(rows, span) {
  const gap = element("td", { colSpan: span });
  gap.style.height = `${rows * ROW}px`;
  return element("tr", { className: "spacer", ariaHidden: "true" }, gap);
}
