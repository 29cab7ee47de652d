// The table as a grid, to a screen reader and to keys: one cell of it is active, and only there Tab stops.

import { headingLine, placeOf, rowLine, spacer } from "./cells.js";
import { within } from "./cursor.js";
import { element } from "../../../stage/element.js";
import { ROW, columnWidths, drawnRows, firstAt, firstWithin, scrolledTo } from "./measures.js";

export class Grid {
  table; moved; drawn;
  row = 0;
  column = 0;

  // `moved` is called when another cell is active, or the same one drawn anew; `drawn` when other rows are drawn.
  constructor(moved, drawn) {
    Object.assign(this, { moved, drawn });
    this.element = element("table", { role: "grid", ariaLabel: "Samples" });
    this.scroll = element("div", { className: "scroll", tabIndex: -1 }, this.element);
    this.scroll.addEventListener("scroll", () => this.slide());
  }

  /** @returns {[number, number]} */
  get place() { return [this.row, this.column]; }

  // The number of rows in sight, less one that is seen before and after.
  get page() { return Math.max(1, Math.floor(this.scroll.clientHeight / ROW) - 2); }

  begin(table) {
    Object.assign(this, { table, first: 0, row: 0, column: 0 });
    this.build();
    this.scroll.scrollTo(0, 0);
  }

  build() {
    const { table } = this;
    const focused = this.hasFocus();
    [this.row, this.column] = within(this.place, table);
    this.first = firstWithin(this.first, table.rows.length);
    this.body = element("tbody");
    this.columns = element("colgroup");
    this.element.ariaRowCount = table.rows.length + 1;
    this.element.ariaColCount = table.headings.length + 1;
    this.element.replaceChildren(this.columns, element("thead", {}, headingLine(table)), this.body);
    this.widen();
    this.draw();
    this.activate(...this.place);
    if (focused) this.cell().focus({ preventScroll: true });
  }

  // Only the rows in sight: a thousand rows of eighty columns are eighty thousand cells. Those that stay are not touched,
  // for one of them may have the focus, and an open text.
  draw() {
    const { body, table, table: { rows: { length } } } = this;
    const rows = drawnRows(this.first, length, this.row);
    for (const line of [...body.children]) if (!rows.includes(Number(line.dataset.row ?? -1))) line.remove();
    let at = body.firstChild;
    let next = 0;
    for (const row of [...rows, length]) {
      if (row > next) body.insertBefore(spacer(row - next, table.headings.length + 1), at);
      next = row + 1;
      if (at && Number(at.dataset.row) === row) at = at.nextSibling;
      else if (row < length) body.insertBefore(rowLine(table, row), at);
    }
    this.drawn();
  }

  slide() {
    const first = firstAt(this.scroll.scrollTop, this.table.rows.length, this.first);
    if (first === this.first) return;
    this.first = first;
    this.draw();
  }

  widen() {
    const widths = columnWidths(this.table);
    this.columns.replaceChildren(...widths.map(() => element("col")));
    widths.forEach((width, i) => { this.columns.children[i].style.width = `${width}px`; });
    this.element.style.minWidth = `${widths.reduce((sum, width) => sum + width, 0)}px`;
  }

  // After the press: what is being pressed must not move before it is released.
  widenLater() {
    const pressed = new AbortController();
    const { signal } = pressed;
    const later = () => {
      pressed.abort();
      setTimeout(() => this.widen());
    };
    for (const kind of ["pointerup", "pointercancel"]) window.addEventListener(kind, later, { signal });
  }

  cell(row = this.row, column = this.column) {
    return this.element.querySelector(`[data-row="${row}"][data-column="${column}"]`);
  }

  hasFocus() { return this.element.contains(this.element.getRootNode().activeElement); }

  // Shows the text that the table has now.
  write(row, column) {
    const cell = this.cell(row, column);
    if (cell) cell.textContent = this.table.text(row, column);
  }

  activate(row, column) {
    for (const cell of this.element.querySelectorAll("[tabindex='0']")) cell.tabIndex = -1;
    Object.assign(this, { row, column });
    if (!this.cell()) this.draw();
    this.cell().tabIndex = 0;
    this.moved();
  }

  // Makes a cell active and brings it into sight, and the focus to it if that is in the grid already, or wanted.
  go([row, column], focus = this.hasFocus()) {
    const { scroll } = this;
    this.activate(row, column);
    const cell = this.cell();
    const left = this.element.rows[0].cells[0].offsetWidth; // stays in sight, as the headings do
    if (row >= 0) scroll.scrollTop = scrolledTo(row * ROW, ROW, scroll.scrollTop, scroll.clientHeight - this.element.tHead.offsetHeight);
    scroll.scrollLeft = scrolledTo(cell.offsetLeft - left, cell.offsetWidth, scroll.scrollLeft, scroll.clientWidth - left);
    this.slide();
    if (!focus) return;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // A cell got the focus, by a press or a screen reader.
  follow(cell) {
    const [row, column] = placeOf(cell);
    if (row !== this.row || column !== this.column) this.activate(row, column);
  }
}
