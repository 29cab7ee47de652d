// A table of texts that the browser owns. It adds, removes and renames at once and reports the whole table after
// every change; Python judges it and sends back what to mark. It knows nothing of what the texts mean.

const ROW = 26; // pixels, as in sheet.css
const WINDOW = 24; // rows drawn at once; more than fit, so that scrolling meets drawn rows
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

class Sheet {
  constructor(root) {
    this.root = root;
    this.version = 0;
    this.first = 0;
    this.marks = new Set();
    this.scroll = element("div", { className: "scroll" });
    this.table = element("table");
    this.said = element("p", { className: "said", role: "status" });
    this.add = element("div", { className: "add" });
    this.scroll.append(this.table);
    root.replaceChildren(this.scroll, this.add, this.said);
    this.scroll.addEventListener("scroll", () => this.slide());
    this.table.addEventListener("change", (event) => this.commit(event.target));
    this.table.addEventListener("focusin", (event) => event.target.select?.());
    this.table.addEventListener("paste", (event) => this.paste(event));
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
      this.names = { inputs: [...data.table.inputs], labels: [...data.table.labels] };
      this.rows = data.table.rows.map((row) => [...row]);
      this.build();
    }
    this.marks = new Set(data.judged === this.version ? data.marks.map(String) : []);
    this.table.querySelectorAll("input").forEach((input) => this.mark(input));
  }

  get headings() { return [...this.names.inputs, ...this.names.labels]; }

  changed(rebuild) {
    this.version += 1;
    this.marks.clear(); // they were about the table before
    this.said.textContent = "";
    if (rebuild) this.build();
    const { inputs, labels } = this.names;
    this.report({
      name: this.name, version: this.version,
      inputs: [...inputs], labels: [...labels], rows: this.rows.map((row) => [...row]),
    });
  }

  // Drawing

  build() {
    const { inputs } = this.names;
    const head = element("tr", {}, element("th", { textContent: "#", scope: "col" }));
    this.headings.forEach((name, column) => head.append(this.heading(name, column, column < inputs.length)));
    head.append(element("th", { ariaLabel: "Remove" }));
    this.body = element("tbody");
    this.columns = element("colgroup");
    this.table.replaceChildren(this.columns, element("thead", {}, head), this.body);
    this.widen();
    this.draw();
    this.buttons();
  }

  heading(name, column, isInput) {
    const kind = isInput ? "input" : "output";
    const place = isInput ? column + 1 : column + 1 - this.names.inputs.length;
    const field = element("input", { value: name, ariaLabel: `Name of ${kind} ${place}`, maxLength: 24, spellcheck: false });
    field.title = isInput ? `Input ${name}. Type to rename.` : `Label ${name}, from 0 to 1. Type to rename.`;
    Object.assign(field.dataset, { row: -1, column });
    const cell = element("th", { scope: "col", className: isInput ? "" : "label" }, field);
    if ((isInput ? this.names.inputs : this.names.labels).length > 1) {
      const title = `Remove ${kind} ${name}`;
      cell.append(element("button", {
        type: "button", className: "remove-column", textContent: "×", ariaLabel: title, title,
        onclick: () => this.removeColumn(column),
      }));
    }
    return cell;
  }

  // Only the rows in sight: a thousand rows of eighty columns are eighty thousand fields.
  draw() {
    const last = Math.min(this.first + WINDOW, this.rows.length);
    const rows = [];
    for (let row = this.first; row < last; row += 1) rows.push(this.line(row));
    const span = this.headings.length + 2;
    this.body.replaceChildren(spacer(this.first, span), ...rows, spacer(this.rows.length - last, span));
  }

  line(row) {
    const line = element("tr", {}, element("th", { scope: "row", textContent: String(row + 1) }));
    const headings = this.headings;
    this.rows[row].forEach((text, column) => {
      const field = element("input", {
        value: text, ariaLabel: `Row ${row + 1}, ${headings[column]}`, spellcheck: false, autocomplete: "off",
      });
      Object.assign(field.dataset, { row, column });
      this.mark(field);
      line.append(element("td", { className: column < this.names.inputs.length ? "" : "label" }, field));
    });
    const remove = element("button", {
      type: "button", className: "remove-row", textContent: "×", ariaLabel: `Remove row ${row + 1}`,
      onclick: () => this.removeRow(row),
    });
    remove.disabled = this.rows.length === 1;
    remove.title = remove.disabled ? "One sample is enough, none is too few." : `Remove row ${row + 1}`;
    line.append(element("td", {}, remove));
    return line;
  }

  slide() {
    const first = Math.max(0, Math.min(Math.floor(this.scroll.scrollTop / ROW) - 6, this.rows.length - WINDOW));
    if (Math.abs(first - this.first) < 4 && first !== 0) return;
    if (first === this.first) return;
    const active = this.root.getRootNode().activeElement;
    const at = this.body.contains(active) ? active.dataset : null;
    if (at) this.commit(active); // it may be about to leave the drawn rows
    this.first = first;
    this.draw();
    if (at) this.field(Number(at.row), Number(at.column))?.focus({ preventScroll: true });
  }

  widen() {
    const widths = this.headings.map((name) => name.length);
    for (const row of this.rows) row.forEach((text, i) => { widths[i] = Math.max(widths[i], text.length); });
    const pixels = widths.map((width) => Math.min(Math.max(32, 8 * width + 10), 104));
    const number = 10 + 8 * String(this.rows.length).length;
    const all = [Math.max(24, number), ...pixels, 22];
    this.columns.replaceChildren(...all.map((width) => element("col", { style: `width: ${width}px` })));
    this.table.style.minWidth = `${all.reduce((sum, width) => sum + width, 0)}px`;
  }

  mark(field) {
    const bad = this.marks.has(`${field.dataset.row},${field.dataset.column}`);
    field.setAttribute("aria-invalid", String(bad));
  }

  buttons() {
    const { inputs, labels } = this.names;
    const parts = [
      ["+ sample", this.rows.length, this.limits.rows, "samples", () => this.addRow()],
      ["+ input", inputs.length, this.limits.inputs, "inputs", () => this.addColumn("inputs")],
      ["+ output", labels.length, this.limits.labels, "outputs", () => this.addColumn("labels")],
    ];
    this.add.replaceChildren(...parts.map(([textContent, count, limit, what, onclick]) => element("button", {
      type: "button", textContent, onclick, disabled: count >= limit,
      title: count >= limit ? `A table has at most ${limit} ${what}.` : "",
    })));
  }

  field(row, column) {
    return this.table.querySelector(`input[data-row="${row}"][data-column="${column}"]`);
  }

  // Changing

  commit(field) {
    const [row, column] = [Number(field.dataset.row), Number(field.dataset.column)];
    const text = field.value;
    const { inputs, labels } = this.names;
    if (row >= 0) {
      if (this.rows[row]?.[column] === text) return;
      this.rows[row][column] = text;
      this.widen();
      return this.changed(false);
    }
    const [names, place] = column < inputs.length ? [inputs, column] : [labels, column - inputs.length];
    if (names[place] === text) return;
    names[place] = text;
    this.changed(false);
    this.later(); // the cells are called by the heading
  }

  // Redrawing within a change event would take the field away under the browser's hands.
  later() {
    setTimeout(() => {
      const active = this.root.getRootNode().activeElement;
      const { row, column } = this.table.contains(active) ? active.dataset : {};
      this.build();
      if (column !== undefined) this.field(row, column)?.focus();
    });
  }

  addRow() {
    this.rows.push(this.headings.map(() => "0"));
    this.changed(true);
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.slide();
    this.go(this.rows.length - 1, 0);
  }

  removeRow(row) {
    this.rows.splice(row, 1);
    this.first = Math.max(0, Math.min(this.first, this.rows.length - WINDOW));
    this.changed(true);
  }

  addColumn(kind) {
    const names = this.names[kind];
    const place = kind === "inputs" ? names.length : this.headings.length;
    const taken = new Set(this.headings);
    let number = names.length + 1;
    const named = () => (kind === "inputs" ? "x" : "y") + [...String(number)].map((digit) => SUBSCRIPTS[digit]).join("");
    while (taken.has(named())) number += 1;
    names.push(named());
    for (const row of this.rows) row.splice(place, 0, "0");
    this.changed(true);
  }

  removeColumn(column) {
    const { inputs, labels } = this.names;
    if (column < inputs.length) inputs.splice(column, 1);
    else labels.splice(column - inputs.length, 1);
    for (const row of this.rows) row.splice(column, 1);
    this.changed(true);
  }

  // What a spreadsheet copies: lines of cells with tabs between them.
  paste(event) {
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    const { row: at, column: from } = event.target.dataset;
    if (!/[\t\n]/.test(text) || at === undefined || Number(at) < 0) return;
    event.preventDefault();
    const [top, left] = [Number(at), Number(from)];
    let lost = 0;
    text.split(/\r?\n/).forEach((line, down) => {
      const row = top + down;
      if (row >= this.limits.rows) { lost += line.split("\t").length; return; }
      if (row >= this.rows.length) this.rows.push(this.headings.map(() => "0"));
      line.split("\t").forEach((cell, right) => {
        if (left + right < this.headings.length) this.rows[row][left + right] = cell.trim();
        else lost += 1;
      });
    });
    this.changed(true);
    if (lost) this.said.textContent = `${lost} of the pasted cells had no place in the table.`;
    this.field(top, left)?.focus();
  }

  // Moving

  key(event) {
    const field = event.target;
    if (field.dataset?.column === undefined || event.isComposing) return;
    const [row, column] = [Number(field.dataset.row), Number(field.dataset.column)];
    const { selectionStart: start, selectionEnd: end, value } = field;
    const whole = start === 0 && end === value.length;
    if (event.key === "Escape") {
      field.value = row < 0 ? this.headings[column] : this.rows[row][column];
      field.select();
    } else if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.commit(field);
      this.go(row + (event.key === "ArrowUp" || event.shiftKey ? -1 : 1), column);
    } else if (event.key === "ArrowLeft" && (whole || end === 0)) this.go(row, column - 1);
    else if (event.key === "ArrowRight" && (whole || start === value.length)) this.go(row, column + 1);
    else return;
    event.preventDefault();
  }

  go(row, column) {
    if (row < -1 || row >= this.rows.length || column < 0 || column >= this.headings.length) return;
    if (row >= 0 && !this.field(row, column)) {
      this.scroll.scrollTop = row * ROW;
      this.slide();
    }
    const field = this.field(row, column);
    field?.focus();
    // The heading stays on top of the rows that scroll under it.
    const above = row >= 0 ? row * ROW - this.scroll.scrollTop : 0;
    if (above < 0) this.scroll.scrollTop += above;
  }
}

function spacer(rows, span) {
  const cell = element("td", { colSpan: span });
  cell.style.height = `${rows * ROW}px`;
  const line = element("tr", { className: "spacer" }, cell);
  line.hidden = rows === 0;
  line.ariaHidden = "true";
  return line;
}

function element(tag, properties = {}, ...children) {
  const { style, ...rest } = properties;
  const node = Object.assign(document.createElement(tag), rest);
  if (style) node.style.cssText = style;
  node.append(...children);
  return node;
}

const sheets = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".sheet");
  let sheet = sheets.get(root);
  if (!sheet) sheets.set(root, (sheet = new Sheet(root)));
  sheet.report = (table) => setStateValue("table", table);
  sheet.receive(data);
}
