// A table of texts that the browser owns. It adds, removes and renames at once and reports the whole table after
// every change; Python judges it and sends back what to mark.

import { addButtons, headingCell, rowLine, spacer } from "./cells.js";
import { isInside, leads } from "./cursor.js";
import { element } from "./element.js";
import { ROW, WINDOW, columnWidths, firstAt, firstWithin } from "./measures.js";
import { Table, cellsOf } from "./table.js";

const placeOf = ({ dataset }) => [Number(dataset.row), Number(dataset.column)];

class Sheet {
  constructor(root) {
    this.root = root;
    this.version = 0;
    this.first = 0; // of the drawn rows
    this.marks = new Set();
    this.scroll = element("div", { className: "scroll" });
    this.grid = element("table");
    this.said = element("p", { className: "said", role: "status" });
    this.add = element("div", { className: "add" });
    this.scroll.append(this.grid);
    root.replaceChildren(this.scroll, this.add, this.said);
    this.scroll.addEventListener("scroll", () => this.slide());
    this.grid.addEventListener("change", (event) => this.commit(event.target));
    this.grid.addEventListener("focusin", (event) => event.target.select?.());
    this.grid.addEventListener("paste", (event) => this.paste(event));
    root.addEventListener("keydown", (event) => this.key(event));
    // Streamlit's and the page's shortcuts must not hear what is typed into a cell.
    for (const kind of ["keydown", "keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
  }

  // Called at every rerun with what Python has; it may be old news.
  receive(data) {
    this.limits = data.limits;
    if (data.name !== this.name) {
      this.name = data.name;
      this.version = data.judged;
      this.table = new Table(data.table);
      this.build();
    }
    this.marks = new Set(data.judged === this.version ? data.marks.map(String) : []);
    this.mark();
  }

  changed(rebuild) {
    this.version += 1;
    this.marks.clear(); // they were about the table before
    this.said.textContent = "";
    if (rebuild) this.build();
    this.report({ name: this.name, version: this.version, ...this.table.toPayload() });
  }

  // Drawing

  build() {
    const headings = this.table.headings.map((_, column) => headingCell(this.table, column, () => this.removeColumn(column)));
    const head = element("tr", {}, element("th", { textContent: "#", scope: "col" }), ...headings, element("th", { ariaLabel: "Remove" }));
    this.body = element("tbody");
    this.columns = element("colgroup");
    this.grid.replaceChildren(this.columns, element("thead", {}, head), this.body);
    this.widen();
    this.draw();
    this.add.replaceChildren(...addButtons(this.table, this.limits, (kind) => this.addOne(kind)));
  }

  // Only the rows in sight: a thousand rows of eighty columns are eighty thousand fields.
  draw() {
    const { rows, headings } = this.table;
    const last = Math.min(this.first + WINDOW, rows.length);
    const lines = [];
    for (let row = this.first; row < last; row += 1) lines.push(rowLine(this.table, row, () => this.removeRow(row)));
    const span = headings.length + 2;
    this.body.replaceChildren(spacer(this.first, span), ...lines, spacer(rows.length - last, span));
    this.mark();
  }

  slide() {
    const first = firstAt(this.scroll.scrollTop, this.table.rows.length, this.first);
    if (first === this.first) return;
    const active = this.root.getRootNode().activeElement;
    const at = this.body.contains(active) ? active : null;
    if (at) this.commit(at); // it may be about to leave the drawn rows
    this.first = first;
    this.draw();
    if (at) this.field(...placeOf(at))?.focus({ preventScroll: true });
  }

  widen() {
    const widths = columnWidths(this.table);
    this.columns.replaceChildren(...widths.map(() => element("col")));
    widths.forEach((width, i) => { this.columns.children[i].style.width = `${width}px`; });
    this.grid.style.minWidth = `${widths.reduce((sum, width) => sum + width, 0)}px`;
  }

  mark() {
    for (const field of this.grid.querySelectorAll("input")) {
      field.setAttribute("aria-invalid", this.marks.has(String(placeOf(field))));
    }
  }

  field(row, column) {
    return this.grid.querySelector(`input[data-row="${row}"][data-column="${column}"]`);
  }

  // Changing

  commit(field) {
    const [row, column] = placeOf(field);
    if (row >= this.table.rows.length || !this.table.put(row, column, field.value)) return;
    if (row >= 0) this.widen();
    this.changed(false);
    if (row < 0) this.later(); // the cells are called by the heading
  }

  // Redrawing within a change event would take the field away under the browser's hands.
  later() {
    setTimeout(() => {
      const active = this.root.getRootNode().activeElement;
      const at = this.grid.contains(active) && active.dataset.column !== undefined ? placeOf(active) : null;
      this.build();
      if (at) this.field(...at)?.focus();
    });
  }

  addOne(kind) {
    if (kind !== "rows") {
      this.table.addColumn(kind);
      return this.changed(true);
    }
    this.table.addRow();
    this.changed(true);
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.slide();
    this.go(this.table.rows.length - 1, 0);
  }

  removeRow(row) {
    this.table.removeRow(row);
    this.first = firstWithin(this.first, this.table.rows.length);
    this.changed(true);
  }

  removeColumn(column) {
    this.table.removeColumn(column);
    this.changed(true);
  }

  paste(event) {
    const cells = cellsOf(event.clipboardData.getData("text/plain"));
    const [top, left] = placeOf(event.target);
    if (!cells || !(top >= 0)) return;
    event.preventDefault();
    const lost = this.table.paste(cells, top, left, this.limits.rows);
    this.changed(true);
    if (lost) this.said.textContent = `${lost} of the pasted cells had no place in the table.`;
    this.field(top, left)?.focus();
  }

  // Moving

  key(event) {
    const field = event.target;
    if (field.dataset?.column === undefined || event.isComposing) return;
    const [row, column] = placeOf(field);
    const way = leads(event, field);
    if (event.key === "Escape") {
      field.value = this.table.text(row, column);
      field.select();
    } else if (way) {
      if (way[0]) this.commit(field);
      this.go(row + way[0], column + way[1]);
    } else return;
    event.preventDefault();
  }

  go(row, column) {
    if (!isInside(row, column, this.table)) return;
    if (row >= 0 && !this.field(row, column)) {
      this.scroll.scrollTop = row * ROW;
      this.slide();
    }
    this.field(row, column)?.focus();
    // The heading stays on top of the rows that scroll under it.
    const above = row >= 0 ? row * ROW - this.scroll.scrollTop : 0;
    if (above < 0) this.scroll.scrollTop += above;
  }
}

const sheets = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".sheet");
  let sheet = sheets.get(root);
  if (!sheet) sheets.set(root, (sheet = new Sheet(root)));
  sheet.report = (table) => setStateValue("table", table);
  sheet.receive(data);
}
