// A table of texts that the browser owns. It adds, removes and renames at once and reports the whole table after
// every change; Python judges it and sends back what to mark.

import { nameOf } from "./cells.js";
import { IN, OVER, leads, leadsOn, travels, within, writes } from "./cursor.js";
import { Editor } from "./editor.js";
import { element } from "../../../stage/element.js";
import { whenGone } from "../../../stage/gone.js";
import { Grid } from "./grid.js";
import { Marks } from "./marks.js";
import { Steps } from "./steps.js";
import { Table, cellsOf, means } from "./table.js";
import { FEWEST, Tools, fullOf } from "./tools.js";

const CHANGED = "The table holds other samples by now. Try again.";
const ALONE = "The table alone: learning rate, epochs and seed stay as they are.";

const cellAt = ({ target }) => target.closest("[data-column]");

class Sheet {
  hold; send; // tell Python which table is here, and the whole of it
  table; steps; editor; limits; limitsTold;

  constructor(root) {
    this.root = root;
    this.version = 0;
    this.steps = new Steps();
    this.said = element("p", { className: "said", role: "status" });
    this.heard = element("p", { className: "heard", role: "status" }); // for screen readers: eyes see it elsewhere
    this.grid = new Grid(() => this.tools.show(this), () => this.marks.show());
    this.tools = new Tools(this);
    this.marks = new Marks(this.grid.element, (text) => { this.heard.textContent = text; });
    root.replaceChildren(this.grid.scroll, this.tools.element, this.said, this.heard, this.marks.element);
    this.listen(this.grid.element);
    this.hear = ({ detail }) => { detail.refused = this.does(detail); };
    window.addEventListener("backprop:samples", this.hear);
    root.addEventListener("keydown", (event) => this.key(event));
    // Streamlit's and the page's shortcuts must not hear what is typed into a cell.
    for (const kind of ["keydown", "keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
  }

  listen(grid) {
    grid.addEventListener("focusin", (event) => cellAt(event) && this.grid.follow(cellAt(event)));
    grid.addEventListener("dblclick", (event) => cellAt(event) && !this.editor && this.edit(IN));
    // A double tap is hard to hit: a tap on the cell that is active already opens it.
    grid.addEventListener("pointerdown", (event) => {
      const cell = cellAt(event);
      this.again = event.pointerType !== "mouse" && !this.editor && cell === this.grid.cell() && this.grid.hasFocus();
    });
    grid.addEventListener("click", () => this.again && this.edit(IN).select());
    for (const kind of ["copy", "cut"]) grid.addEventListener(kind, (event) => this.copy(event));
    grid.addEventListener("paste", (event) => this.paste(event));
  }

  hasFocus() { return this.root.contains(this.root.getRootNode().activeElement); }

  // Called at every rerun with what Python has, which may be out of date.
  receive(data) {
    this.limits = data.limits;
    this.limitsTold = data.limitsTold;
    this.nameLength = data.nameLength;
    if (data.name !== this.name) {
      // Python relies on an earlier sheet of this page, which had the table: ask for it.
      if (!data.table) return this.hold("");
      if (data.large) this.hold(data.name);
      this.leave();
      this.name = data.name;
      this.version = data.judged;
      this.steps.replace(this.table?.state(), data.table);
      this.table = new Table(data.table);
      this.said.textContent = "";
      this.grid.begin(this.table);
    }
    this.marks.set(data.judged === this.version ? data.problems : null, this.table);
  }

  // Keys

  key(event) {
    if (event.isComposing) return;
    const way = travels(event);
    if (way && !this.editor) this[way]();
    else if (!this.grid.hasFocus() || !(this.editor ? this.editingKey(event) : this.restingKey(event))) return;
    event.preventDefault();
  }

  // Both say whether they have handled the key. If not, the browser does, perhaps in the field that has just been opened.
  restingKey(event) {
    const place = leads(event, this.grid.place, this.table, this.grid.page);
    if (place) this.grid.go(place);
    else if (event.key === "Enter" || event.key === "F2") this.edit(IN);
    else if (event.key === "Delete" || event.key === "Backspace") this.put(...this.grid.place, "");
    else {
      if (writes(event)) this.edit(OVER);
      return false;
    }
    return true;
  }

  editingKey(event) {
    const place = leadsOn(event, this.grid.place, this.table, this.editor.mode);
    const taken = event.key === "Escape";
    if (taken) this.leave();
    else if (place || event.key === "Tab") this.commit();
    if (place) this.grid.go(place);
    return taken || place !== null;
  }

  // Open a cell for editing, and give its field.
  edit(mode) {
    this.again = false;
    this.grid.go(this.grid.place);
    const { row, column } = this.grid;
    const text = mode === IN ? this.table.text(row, column) : "";
    // While another window has the focus the text stays open.
    const done = (pressed) => (pressed || document.hasFocus() ? this.commit(pressed) : this.put(row, column, this.editor.field.value));
    const longest = row < 0 ? this.nameLength : null;
    this.editor = new Editor(this.grid.cell(), { row, column, mode, text, longest, label: nameOf(this.table, row, column), done });
    this.marks.show();
    return this.editor.field;
  }

  // Takes back what was typed.
  leave() {
    const { editor } = this;
    this.editor = null;
    editor?.close(this.table.text(editor.row, editor.column));
  }

  commit(pressed = false) {
    const { row, column, field: { value } } = this.editor;
    this.leave();
    this.put(row, column, value, pressed);
  }

  // Changes. Undo takes back one of them at a time, and goes to its place.

  change(place, act) {
    const before = this.table.state();
    const result = act();
    this.steps.keep(before, place);
    this.report();
    return result;
  }

  report() {
    this.version += 1;
    this.marks.forget(); // they belong to the table before this change
    this.said.textContent = "";
    this.heard.textContent = "";
    this.send({ name: this.name, version: this.version, ...this.table.state() });
  }

  put(row, column, text, pressed = false) {
    if (this.table.text(row, column) === text) return;
    this.change([row, column], () => this.table.put(row, column, text));
    if (!this.editor) this.grid.write(row, column);
    this.tools.show(this);
    if (pressed) this.grid.widenLater();
    else this.grid.widen();
  }

  // What is new has the focus. `part` is "rows", "inputs" or "labels".
  add(part) {
    const { rows, inputs, headings } = this.table;
    /** @type {[number, number]} */
    const place = part === "rows" ? [rows.length, 0] : [-1, (part === "inputs" ? inputs : headings).length];
    this.change(place, () => (part === "rows" ? this.table.addRow() : this.table.addColumn(part)));
    this.grid.build();
    this.grid.go(place, true);
  }

  removeRow() {
    const { place, row } = this.grid;
    this.change(place, () => this.table.removeRow(row));
    this.grid.build();
    this.heard.textContent = `Row ${row + 1} is removed.`;
  }

  removeColumn() {
    const { place, column } = this.grid;
    const name = this.table.headings[column];
    this.change(place, () => this.table.removeColumn(column));
    this.grid.build();
    this.heard.textContent = `${name} is removed.`;
  }

  // What is done to a sample where it is drawn: act, number of the sample, the numbers it was and the texts it gets by
  // column. Gives why it is not done; a new sample's number is in what was said.
  does(said) {
    const { act, sample, was = {}, values = {} } = said;
    if (this.editor) this.commit();
    if (act === "undo" || act === "redo") { this[act](); return ""; }
    const { table, table: { rows, samples } } = this;
    const row = act === "add" ? rows.length : samples[sample];
    const refused = act === "add" ? this.refusesMore() : refusesChange(rows[row], was, act === "remove" && samples.length < 2);
    if (refused) return refused;
    const texts = Object.fromEntries(Object.entries(values).map(([column, value]) => [column, String(value)]));
    said.number = samples.length;
    this.change([row, 0], { add: () => table.addRow(texts), put: () => table.putRow(row, texts), remove: () => table.removeRow(row) }[act]);
    this.grid.build();
    this.grid.go(within([row, 0], table));
    return "";
  }

  refusesMore() { return this.table.rows.length < this.limits.rows ? "" : fullOf(this.limitsTold.rows, "samples"); }

  undo() { this.travel(this.steps.undo(this.table.state()), "Undone."); }

  redo() { this.travel(this.steps.redo(this.table.state()), "Redone."); }

  travel(step, heard) {
    if (!step) return;
    this.table.restore(step.state);
    this.report();
    this.grid.build();
    this.grid.go(within(step.place ?? this.grid.place, this.table));
    this.heard.textContent = heard;
    if (!step.place) this.said.textContent = ALONE; // more than the table was replaced then
  }

  copy(event) {
    if (this.editor) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", this.table.text(...this.grid.place));
    if (event.type === "cut") this.put(...this.grid.place, "");
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    const cells = cellsOf(text);
    const single = cells.length === 1 && cells[0].length === 1;
    if (!text || (single && this.editor)) return; // the browser pastes it into the field
    event.preventDefault();
    this.leave();
    const { place, row, column } = this.grid;
    if (single) this.put(row, column, cells[0][0]);
    else if (row < 0) this.said.textContent = "Cells go below the headings. Nothing was pasted.";
    else this.spread(cells, place);
  }

  spread(cells, [row, column]) {
    const lost = this.change([row, column], () => this.table.paste(cells, row, column, this.limits.rows));
    this.grid.build();
    if (lost) this.said.textContent = `${lost} of the pasted cells had no place in the table.`;
  }
}

function refusesChange(row, was, last) {
  if (!row || !means(row, was)) return CHANGED;
  return last ? FEWEST.rows : "";
}

const sheets = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".sheet");
  let sheet = sheets.get(root);
  if (!sheet) sheets.set(root, (sheet = new Sheet(root)));
  sheet.send = (table) => setStateValue("table", table);
  sheet.hold = (name) => setStateValue("holds", name);
  sheet.receive(data);
  return whenGone(root, () => {
    window.removeEventListener("backprop:samples", sheet.hear);
    sheets.delete(root);
  });
}
