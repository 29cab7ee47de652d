// The elements of the table on the screen. What is done with them is `sheet`'s.

import { element } from "./element.js";
import { ROW } from "./measures.js";

export function headingCell(table, column, remove) {
  const isInput = table.isInput(column);
  const name = table.headings[column];
  const kind = isInput ? "input" : "output";
  const place = isInput ? column + 1 : column + 1 - table.inputs.length;
  const field = element("input", { value: name, ariaLabel: `Name of ${kind} ${place}`, maxLength: 24, spellcheck: false });
  field.title = isInput ? `Input ${name}. Type to rename.` : `Label ${name}, from 0 to 1. Type to rename.`;
  Object.assign(field.dataset, { row: -1, column });
  const cell = element("th", { scope: "col", className: isInput ? "" : "label" }, field);
  if ((isInput ? table.inputs : table.labels).length > 1) {
    const title = `Remove ${kind} ${name}`;
    cell.append(element("button", {
      type: "button", className: "remove-column", textContent: "×", ariaLabel: title, title, onclick: remove,
    }));
  }
  return cell;
}

export function rowLine(table, row, remove) {
  const line = element("tr", {}, element("th", { scope: "row", textContent: String(row + 1) }));
  const headings = table.headings;
  table.rows[row].forEach((text, column) => {
    const field = element("input", {
      value: text, ariaLabel: `Row ${row + 1}, ${headings[column]}`, spellcheck: false, autocomplete: "off",
    });
    Object.assign(field.dataset, { row, column });
    line.append(element("td", { className: table.isInput(column) ? "" : "label" }, field));
  });
  const title = `Remove row ${row + 1}`;
  const button = element("button", { type: "button", className: "remove-row", textContent: "×", ariaLabel: title, onclick: remove });
  button.disabled = table.rows.length === 1;
  button.title = button.disabled ? "One sample is enough, none is too few." : title;
  line.append(element("td", {}, button));
  return line;
}

// Stands in the place of rows that are not drawn.
export function spacer(rows, span) {
  const cell = element("td", { colSpan: span });
  cell.style.height = `${rows * ROW}px`;
  const line = element("tr", { className: "spacer" }, cell);
  line.hidden = rows === 0;
  line.ariaHidden = "true";
  return line;
}

export function addButtons({ rows, inputs, labels }, limits, add) {
  const parts = [
    ["+ sample", "rows", rows, "samples"],
    ["+ input", "inputs", inputs, "inputs"],
    ["+ output", "labels", labels, "outputs"],
  ];
  return parts.map(([textContent, kind, { length }, what]) => element("button", {
    type: "button", textContent, onclick: () => add(kind), disabled: length >= limits[kind],
    title: length >= limits[kind] ? `A table has at most ${limits[kind]} ${what}.` : "",
  }));
}
