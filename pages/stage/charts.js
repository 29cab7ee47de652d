// Arrays onto Plotly charts. The first of the stage's three parts; they are joined into one module in Python.

const SMALL = 0.001; // and below: four decimals say next to nothing
const SMALL_WIDTH = 54; // pixels of a cell for two digits and a power
const small = (value) => (value === 0 ? "0" : value.toExponential(1).replaceAll("-", "−"));
const TYPES = { f4: Float32Array, f8: Float64Array, i4: Int32Array, u1: Uint8Array };
const DATA_ATTRIBUTES = new Set(["x", "y", "z", "customdata"]);

function decode({ dtype, bdata, shape }) {
  const text = atob(bdata);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return { values: new TYPES[dtype](bytes.buffer), shape };
}

// The frames that have arrived. Every array has room for the whole run, so that a chunk is one copy.
class Frames {
  constructor(positions) {
    this.positions = positions;
    this.have = 0;
    this.arrays = new Map([["position", { values: positions, item: [], size: 1 }]]);
  }

  append(start, chunk) {
    const entries = Object.entries(chunk).map(([name, coded]) => [name, decode(coded)]);
    if (!entries.length || start !== this.have) return false;
    for (const [name, { values, shape }] of entries) {
      const item = shape.slice(1);
      const size = item.reduce((a, b) => a * b, 1);
      if (!this.arrays.has(name)) {
        this.arrays.set(name, { values: new values.constructor(this.positions.length * size), item, size });
      }
      this.arrays.get(name).values.set(values, start * size);
    }
    this.have = start + entries[0][1].shape[0];
    return true;
  }

  // What `binding` shows at `frame`; undefined leaves the chart as it is.
  value({ array, attribute, how, first, scale }, frame) {
    const { values, item, size } = this.arrays.get(Array.isArray(array) ? array[0] : array);
    if (how !== "at") return values.subarray(first, Math.max(first, how === "all" ? this.have : frame + 1));
    if (frame < first) {
      if (!DATA_ATTRIBUTES.has(attribute)) return undefined;
      return item.length < 2 ? [] : Array.from({ length: item[0] }, () => new Array(item[1]).fill(null));
    }
    if (Array.isArray(array)) return this.stack(array, scale, frame);
    const part = values.subarray(frame * size, (frame + 1) * size);
    if (item.length === 0) return DATA_ATTRIBUTES.has(attribute) ? part : part[0] * scale;
    return item.length === 1 ? part : rows(part, item[1]);
  }

  stack(names, scale, frame) {
    const parts = names.map((name, i) => {
      const { values, size } = this.arrays.get(name);
      const factor = Array.isArray(scale) ? scale[i] : scale;
      return Array.from(values.subarray(frame * size, (frame + 1) * size), (v) => v * factor);
    });
    const width = this.arrays.get(names[0]).item[1];
    return rows(parts[0].map((_, cell) => parts.map((part) => part[cell])), width);
  }
}

function rows(flat, width) {
  const out = [];
  for (let i = 0; i < flat.length; i += width) out.push(flat.slice(i, i + width));
  return out;
}

// Put `value` at a dotted path: setPath(trace, "marker.opacity", …)
function setPath(target, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  for (const key of keys) target = target[key] ??= {};
  target[last] = value;
}

// What a user may have typed is never taken for a colour.
const TEXTS = new Set(["hovertext", "ticktext", "name", "label"]);

function recolour(node, twins) {
  if (typeof node === "string") return twins[node] ?? node.replace(/color:(#[0-9a-f]{6})/g, (_, hex) => `color:${twins[hex] ?? hex}`);
  if (Array.isArray(node)) return node.map((child) => recolour(child, twins));
  if (node && typeof node === "object") {
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, TEXTS.has(key) ? child : recolour(child, twins)]));
  }
  return node;
}

class Chart {
  constructor(name, grid, player) {
    this.name = name;
    this.player = player;
    this.cell = grid.appendChild(Object.assign(document.createElement("div"), { className: "stage-chart" }));
    this.buttons = this.cell.appendChild(Object.assign(document.createElement("div"), { className: "stage-views" }));
    this.div = this.cell.appendChild(document.createElement("div"));
    this.div.dataset.figure = name;
    this.empty = this.cell.appendChild(Object.assign(document.createElement("div"), { className: "stage-empty" }));
    this.div.setAttribute("role", "img");
    this.drawn = -1;
    this.view = player.viewInAddress(name);
    this.visible = true;
    this.shown = "";
    this.observer = new IntersectionObserver(([entry]) => {
      this.visible = entry.isIntersecting;
      if (this.visible) player.show();
    });
    this.observer.observe(this.cell);
  }

  // Show `figure`; draws anew only what Plotly.react finds changed, and leaves zoom and hover alone.
  settle(figure, bindings, frames, frame, twins, signature) {
    const shown = JSON.stringify([figure, bindings, this.view, signature]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.bindings = bindings;
    const { data, layout } = recolour(structuredClone(figure), twins);
    const meta = layout.meta ?? {};
    this.cell.style.setProperty("--span", meta.span ?? 1);
    this.div.setAttribute("aria-label", meta.label ?? this.name);
    this.empty.textContent = meta.empty ?? "";
    this.redraw = () => this.settle(figure, bindings, frames, this.drawn, twins, signature);
    const views = Object.keys(meta.views ?? {});
    this.view = views.includes(this.view) ? this.view : views[0];
    const focused = this.buttons.contains(document.activeElement);
    this.buttons.replaceChildren(...(meta.rows ? this.rowButtons(meta.rows) : meta.choice ? this.choiceBox(meta.choice) : this.viewButtons(views)));
    if (focused && meta.choice) this.buttons.firstChild.focus();
    for (const [path, value] of Object.entries(meta.views?.[this.view] ?? {})) setPath(layout, path, value);
    this.layout = layout;
    Object.assign(layout, this.measure());
    this.digits = data.map((trace) => trace.meta?.digits);
    for (const binding of bindings) {
      const value = frames.value(binding, frame);
      if (value !== undefined) setPath(data[binding.trace], binding.attribute, value);
    }
    this.chooseDigits(data.map((trace) => trace.z), (i, digits) => Object.assign(data[i], digits));
    const config = { displayModeBar: false, doubleClick: "reset" };
    window.Plotly.react(this.div, data, layout, config);
    this.all = frames.have;
    this.drawn = frame;
    this.tellEmpty(frame);
  }

  // Words in place of values that do not exist before some frame.
  tellEmpty(frame) {
    this.empty.hidden = !this.bindings.length || this.bindings.some((binding) => binding.first <= frame);
  }

  viewButtons(names) {
    return names.map((name) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
      button.setAttribute("aria-pressed", name === this.view);
      button.onclick = () => {
        this.view = name;
        this.redraw();
        this.player.keepAddress();
        this.buttons.children[names.indexOf(name)].focus();
      };
      return button;
    });
  }

  // More of the run has arrived: what shows all of it is out of date.
  grown() {
    if (this.bindings.some((binding) => binding.how === "all")) this.drawn = -1;
  }

  rowButtons(rows) {
    const turn = (label, text, first) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: text, title: label });
      button.setAttribute("aria-label", label);
      button.disabled = first < 0 || first >= rows.total;
      button.onclick = () => this.player.turnTo(first);
      return button;
    };
    const shown = document.createElement("span");
    shown.textContent = `${rows.first + 1}–${rows.first + rows.count} of ${rows.total}`;
    return [turn("Earlier rows", "‹", rows.first - rows.step), shown, turn("Later rows", "›", rows.first + rows.step)];
  }

  // Another figure in this place is not here yet: Python is asked for it.
  choiceBox({ label, options, chosen }) {
    const made = Object.entries(options).map(([value, textContent]) => element("option", { value, textContent }));
    const box = element("select", {}, ...made);
    box.value = chosen;
    box.setAttribute("aria-label", label);
    box.onchange = () => this.player.choose(box.value);
    return [box];
  }

  draw(frames, frame) {
    // A pointer is drawing a zoom box or dragging an axis: moving the chart under it would break that off.
    if (this.div._dragging) return;
    this.drawn = frame;
    this.tellEmpty(frame);
    if (!this.bindings.length) return;
    const traces = [...new Set(this.bindings.map((binding) => binding.trace))];
    const update = {};
    for (const binding of this.bindings) {
      if (binding.how === "all" && this.all === frames.have) continue;
      const values = (update[binding.attribute] ??= new Array(traces.length).fill(undefined));
      values[traces.indexOf(binding.trace)] = frames.value(binding, frame);
    }
    this.all = frames.have;
    window.Plotly.restyle(this.div, update, traces);
    this.fitDigits();
  }

  fitDigits() {
    this.chooseDigits(this.div.data.map((trace) => trace.z), (i, { texttemplate, text }) => {
      if (!text && this.div.data[i].texttemplate === texttemplate) return;
      window.Plotly.restyle(this.div, { texttemplate, ...(text && { text: [text] }) }, [i]);
    });
  }

  // Digits only where they fit: the widest template whose cells are wide enough, or none. Where every cell would read
  // 0.0000 though it has a colour, the power of ten is said instead.
  chooseDigits(cells, put) {
    const { margin = {} } = this.layout;
    this.digits.forEach((digits, i) => {
      if (!digits || !cells[i]?.length) return;
      const [across, down] = digits.share ?? [1, 1]; // of the plot, where several matrices share it
      const width = ((this.size.width - margin.l - margin.r) * across) / cells[i][0].length;
      const height = ((this.size.height - margin.t - margin.b) * down) / cells[i].length;
      const largest = cells[i].reduce((most, row) => row.reduce((m, value) => Math.max(m, Math.abs(value)), most), 0);
      const powers = largest > 0 && largest < SMALL;
      const templates = powers ? [[SMALL_WIDTH, "%{text}"]] : digits.templates;
      const fitting = templates.find(([need]) => width >= need && height >= digits.height);
      put(i, { texttemplate: fitting ? fitting[1] : "", ...(powers && { text: cells[i].map((row) => Array.from(row, small)) }) });
    });
  }

  measure() {
    this.size = { width: this.cell.clientWidth, height: this.cell.clientHeight };
    return this.size;
  }

  // Follow the size of the cell, if that has changed.
  resize() {
    const { clientWidth, clientHeight } = this.cell;
    if (!clientWidth || (clientWidth === this.size.width && clientHeight === this.size.height)) return;
    window.Plotly.relayout(this.div, this.measure());
    this.fitDigits();
  }

  close() {
    this.observer.disconnect();
    window.Plotly.purge(this.div);
    this.cell.remove();
  }
}
