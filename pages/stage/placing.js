// Samples in a plane that a viewer adds, moves and removes, by mouse, finger and keyboard. The table of samples does it:
// it hears of it by an event of the window, and says in it why it cannot.

import { element, focus, shape } from "./element.js";
import { placesOf, plotOf } from "./places.js";

const REACH = 12; // pixels around a sample in which it is taken
const STILL = 5; // pixels that a press may move and still adds a sample
const TWICE_MS = 350; // a second press at the same place is the one that shows the whole chart again
const STEPS = 50; // keys go from edge to edge in so many
const HINT = "Press or drag here";
const KEYS = "Arrow keys move a sample, Enter adds one, Delete removes it, 0 and 1 are its label, Page Up and Page Down choose another.";
const ABSENT = "There is no table of samples on this page.";
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// A value as it is typed: about as exact as a pixel.
export function typedValue(value, [from, to]) {
  const power = Math.floor(Math.log10(Math.abs(to - from) / 100));
  const text = (Math.round(value / 10 ** power) * 10 ** power).toFixed(Math.min(Math.max(0, -power), 100));
  return String(Number(text)) === "0" ? "0" : text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

// The value at a place that may lie beyond the end of an axis.
export const valueAt = (share, [from, to]) => from + Math.min(Math.max(share, 0), 1) * (to - from);

export class Placing {
  columns; names; // of the table: of x, y and label
  samples = []; // as they are now; `was` is what the table has, `drawn` what Plotly has drawn
  held = null; // the sample that is being dragged
  chosen = null; // number of a sample: the place in `samples`
  label = 1; // of the next sample that is added
  open = new AbortController();

  constructor(chart) {
    this.chart = chart;
    this.handles = shape("svg", { class: "stage-placing", role: "group", "aria-label": `Samples. ${KEYS}`, tabindex: -1 });
    const button = (act) => element("button", { type: "button", onclick: act });
    this.flip = button(() => this.relabel(1 - this.flipped));
    this.remove = button(() => this.drop());
    this.remove.textContent = "Remove";
    this.said = element("span", { textContent: HINT });
    this.bar = element("div", { className: "stage-sample" }, this.said, this.flip, this.remove);
    chart.cell.insertBefore(this.handles, chart.whole);
    chart.settings.append(this.bar);
    this.listen();
  }

  listen() {
    const { handles, chart: { cell, div } } = this;
    handles.addEventListener("pointerdown", (event) => this.take(event));
    // A finger on a sample moves it, and does not scroll the page. In Chromium, touch-action does not do it here.
    handles.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    handles.addEventListener("pointermove", (event) => this.drag(event));
    handles.addEventListener("pointerup", () => this.put());
    handles.addEventListener("pointercancel", () => this.put(this.shown?.was));
    handles.addEventListener("keydown", (event) => this.key(event));
    handles.addEventListener("keyup", () => this.commit());
    handles.addEventListener("focusin", ({ target }) => target !== handles && this.choose(this.circles.indexOf(target)));
    cell.addEventListener("focusout", ({ relatedTarget }) => {
      this.commit();
      if (!cell.contains(relatedTarget)) this.choose(null);
    });
    // A handle lies over the plot, which shows what hovering says.
    for (const type of ["mousemove", "mouseover", "mouseout"]) {
      handles.addEventListener(type, (event) => !this.held && this.plot?.dispatchEvent(new MouseEvent(type, /** @type {MouseEventInit} */ (event))));
    }
    div.addEventListener("pointerdown", (event) => this.press(event), true);
    const { signal } = this.open;
    window.addEventListener("pointerup", (event) => this.add(event), { signal });
    window.addEventListener("pointercancel", () => { this.pressed = null; }, { signal });
  }

  get plot() { return plotOf(this.chart.div); }

  get circles() { return [...this.handles.children]; }

  get shown() { return this.samples[this.chosen]; }

  // 1 if the label of the chosen sample is rather 1.
  get flipped() { return Number(this.shown?.label > 0.5); }

  range(axis) { return this.chart.div.layout[`${axis}axis`].range; }

  // What Python says of the samples that are drawn: number, place and label of each.
  settle({ columns, names, samples }) {
    const { chosen } = this;
    Object.assign(this, { columns, names, held: null });
    this.samples = samples.map(([number, x, y, label]) => ({ number, x, y, label, was: { x, y, label }, drawn: { x, y, label } }));
    this.fill(chosen);
  }

  // Have a handle for each sample. Those that stay are kept, and with them the focus.
  fill(chosen) {
    const { handles, samples: { length } } = this;
    const focused = handles.contains(document.activeElement);
    while (handles.children.length > length) handles.lastChild.remove();
    while (handles.children.length < length) handles.append(shape("circle", { r: REACH, role: "button" }));
    this.choose(chosen);
    if (focused) focus(this.circles[this.chosen ?? 0]);
  }

  // Where the plot and its samples stand now; also while one is moved.
  place() {
    const places = this.samples && placesOf(this.chart.div);
    if (!places) return;
    const { handles, circles } = this;
    for (const side of ["left", "top", "width", "height"]) handles.style[side] = `${places[side]}px`;
    this.samples.forEach((sample, i) => {
      const [x, y] = [places.x(sample.x), places.y(sample.y)];
      const moved = ["x", "y", "label"].some((name) => sample[name] !== sample.drawn[name]);
      const state = [i === this.chosen && "chosen", moved && "moved", moved && sample.label > 0.5 && "one"];
      circles[i].setAttribute("class", state.filter(Boolean).join(" "));
      circles[i].setAttribute("cx", x.toFixed(1));
      circles[i].setAttribute("cy", y.toFixed(1));
      circles[i].setAttribute("display", places.holds(x, y) ? "inline" : "none");
      circles[i].setAttribute("tabindex", i === (this.chosen ?? 0) ? "0" : "-1");
      circles[i].setAttribute("aria-label", this.spoken(sample));
    });
  }

  spoken({ number, x, y, label }) {
    const [across, up, output] = this.names;
    return `Sample ${number + 1}: ${across} ${x}, ${up} ${y}, ${output} ${label}`;
  }

  choose(i) {
    this.chosen = i === null || !this.samples.length ? null : Math.min(Math.max(i, 0), this.samples.length - 1);
    const { shown } = this;
    this.said.textContent = shown ? `${shown.number + 1}:` : HINT;
    this.flip.textContent = `label ${1 - this.flipped}`;
    this.flip.hidden = this.remove.hidden = !shown;
    this.bar.toggleAttribute("data-chosen", Boolean(shown));
    this.place();
  }

  // --- by pointer ---
  take(event) {
    const i = this.circles.indexOf(event.target);
    if (i < 0 || event.button) return;
    event.preventDefault(); // selects no text, and leaves the focus to us
    focus(this.circles[i]);
    this.choose(i);
    this.plot.dispatchEvent(new MouseEvent("mouseout", event)); // hides what hovering says
    this.held = { x: event.clientX, y: event.clientY, moves: false };
    event.target.setPointerCapture(event.pointerId);
  }

  drag(event) {
    const { held } = this;
    if (!held) return;
    held.moves ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > STILL;
    if (held.moves) this.move(this.valuesAt(event));
  }

  put(back = {}) {
    this.held = null;
    Object.assign(this.shown ?? {}, back);
    this.place();
    this.commit();
  }

  press(event) {
    const first = event.isPrimary && event.button === 0 && event.target === this.plot;
    this.pressed = first ? { x: event.clientX, y: event.clientY } : null;
  }

  add(event) {
    const { pressed, last = { at: -Infinity, x: 0, y: 0 } } = this;
    this.pressed = null;
    const near = (place) => Math.hypot(event.clientX - place.x, event.clientY - place.y) <= STILL;
    if (!pressed || !near(pressed)) return;
    const again = event.timeStamp - last.at < TWICE_MS && near(last);
    this.last = { at: event.timeStamp, x: event.clientX, y: event.clientY };
    if (!again) this.append(this.valuesAt(event));
  }

  // What lies at a place of the window.
  valuesAt({ clientX, clientY }) {
    const { left, top, width, height } = this.handles.getBoundingClientRect();
    return { x: valueAt((clientX - left) / width, this.range("x")), y: valueAt(1 - (clientY - top) / height, this.range("y")) };
  }

  // --- by keyboard ---
  key(event) {
    const { key, shiftKey, ctrlKey, metaKey } = event;
    const command = ctrlKey || metaKey;
    const acts = command
      ? { z: () => this.say({ act: shiftKey ? "redo" : "undo" }), y: () => this.say({ act: "redo" }) }
      : {
        Enter: () => this.shown && this.append(this.stepped(1, 0)),
        Delete: () => this.drop(),
        Backspace: () => this.drop(),
        PageDown: () => this.go(this.chosen + 1),
        PageUp: () => this.go(this.chosen - 1),
        Escape: () => { this.choose(null); focus(this.chart.player.root); },
        0: () => this.relabel(0),
        1: () => this.relabel(1),
      };
    const act = ARROWS[key] && !command ? () => this.move(this.stepped(...ARROWS[key])) : acts[key.toLowerCase()] ?? acts[key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation(); // the player's keys
    act();
  }

  stepped(across, up) {
    const step = (axis, steps) => {
      const [from, to] = this.range(axis);
      return valueAt((this.shown[axis] - from) / (to - from) + steps / STEPS, [from, to]);
    };
    return { x: step("x", across), y: step("y", up) };
  }

  go(i) {
    this.choose(i);
    focus(this.circles[this.chosen]);
  }

  // --- what is done to the samples ---
  texts({ x, y }) { return { x: typedValue(x, this.range("x")), y: typedValue(y, this.range("y")) }; }

  move(values) {
    if (!this.shown) return;
    const { x, y } = this.texts(values);
    Object.assign(this.shown, { x: Number(x), y: Number(y) });
    this.place();
  }

  // The table hears of a move when it has ended.
  commit() {
    const { shown: sample } = this;
    if (this.held || !sample || (sample.x === sample.was.x && sample.y === sample.was.y)) return;
    this.change(sample, { x: sample.x, y: sample.y });
  }

  relabel(label) {
    this.label = label;
    if (this.shown && this.shown.label !== label) this.change(this.shown, { label });
    this.choose(this.chosen);
  }

  change(sample, values) {
    if (this.say({ act: "put", sample: sample.number, was: this.cells(sample.was), values: this.cells(values) })) {
      Object.assign(sample, values);
      sample.was = { x: sample.x, y: sample.y, label: sample.label };
    } else Object.assign(sample, sample.was);
    this.place();
  }

  append(values) {
    const { x, y } = this.texts(values);
    const made = { x: Number(x), y: Number(y), label: this.label };
    const { number } = this.say({ act: "add", values: this.cells(made) }) ?? {};
    if (number === undefined) return;
    this.samples.push({ number, ...made, was: made, drawn: {} });
    this.fill(null);
    this.go(this.samples.length - 1);
  }

  drop() {
    const { shown: sample } = this;
    if (!sample || !this.say({ act: "remove", sample: sample.number, was: this.cells(sample.was) })) return;
    const { chosen } = this;
    this.samples.splice(chosen, 1);
    for (const other of this.samples) if (other.number > sample.number) other.number -= 1;
    this.fill(chosen);
    this.go(chosen);
  }

  // By the columns of the table.
  cells({ x, y, label }) {
    const cells = Object.entries({ [this.columns[0]]: x, [this.columns[1]]: y, [this.columns[2]]: label });
    return Object.fromEntries(cells.filter(([, value]) => value !== undefined));
  }

  // Gives what the table has done, or nothing.
  say(wanted) {
    const detail = { ...wanted, refused: ABSENT };
    window.dispatchEvent(new CustomEvent("backprop:samples", { detail }));
    this.chart.player.transport.sentence.tell(detail.refused);
    return detail.refused ? null : detail;
  }

  close() {
    this.open.abort();
    this.handles.remove();
    this.bar.remove();
  }
}
