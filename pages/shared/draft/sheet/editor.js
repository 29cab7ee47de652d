// The field in a cell that is being edited. It is there only meanwhile, so that Undo is the table's, not the browser's.

import { element } from "../../../stage/element.js";

export class Editor {
  cell; row; column; mode;

  // `mode` is OVER or IN. `longest` is how many characters the text may have, null for any number. `done` is called when
  // the field is left, with true if by a press somewhere else.
  constructor(cell, { row, column, label, text, mode, longest, done }) {
    Object.assign(this, { cell, row, column, mode });
    this.field = element("input", { value: text, ariaLabel: label, spellcheck: false, autocomplete: "off", enterKeyHint: "next" });
    if (longest) this.field.maxLength = longest;
    cell.replaceChildren(this.field);
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(text.length, text.length);
    this.open = new AbortController();
    const { signal } = this.open;
    // Before the press takes effect, for it may lead away from the page.
    const pressed = (event) => event.composedPath().includes(this.field) || done(true);
    window.addEventListener("pointerdown", pressed, { capture: true, signal });
    // By this event the page asks for all that is typed; when it has been dispatched, that has been reported.
    document.addEventListener("backprop:commit", () => done(false), { signal });
    this.field.addEventListener("blur", () => done(false), { signal });
  }

  // Leaves the cell with a text, and with the focus if the field had it.
  close(text) {
    const focused = this.cell.getRootNode().activeElement === this.field;
    this.open.abort();
    this.cell.replaceChildren(text);
    if (focused) this.cell.focus({ preventScroll: true });
  }
}
