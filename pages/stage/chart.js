// One chart: a Plotly figure, the arrays that are bound to it, and the buttons over it.

import { digitsOf } from "./digits.js";
import { element, focus, shape } from "./element.js";
import { Marking, cellIn } from "./marking.js";
import { movingOf } from "./moving.js";
import { measured, namedAxes, namesThatFit } from "./names.js";
import { setPath } from "./paths.js";
import { Placing } from "./placing.js";
import { rangesOf, sameRanges, shareOf } from "./places.js";
import { recolour } from "./recolour.js";

export class Chart {
  seeks; picks; marking; placing; // what a press in the plot does
  marked; frame; // whether its matrices show what was pressed in a network, and where

  constructor(name, player) {
    this.name = name;
    this.player = player;
    this.buttons = element("div", { className: "stage-views" });
    this.div = element("div", { role: "img", tabIndex: 0 });
    this.empty = element("div", { className: "stage-empty" });
    this.settings = element("div", { className: "stage-settings" });
    this.whole = element("button", { type: "button", className: "stage-whole", textContent: "Whole chart", hidden: true, onclick: () => this.showWhole() });
    this.cell = element("div", { className: "stage-chart" }, this.buttons, this.settings, this.div, this.whole, this.empty);
    this.div.dataset.figure = name;
    this.drawn = -1;
    this.exact = true; // drawn by Plotly itself, so that hovering shows the numbers that are seen
    this.moving = null; // see moving.js
    this.plotted = -1; // the frame that Plotly was told to draw last; -1 if Plotly has drawn by itself since
    this.div.addEventListener("pointerenter", () => { this.pointed = true; player.show(); });
    this.div.addEventListener("pointerleave", () => { this.pointed = false; });
    this.view = player.viewInAddress(name);
    this.visible = true;
    this.shown = "";
    // On a busy machine it tells of several changes at once, the newest last.
    this.observer = new IntersectionObserver((changes) => {
      this.visible = changes[changes.length - 1].isIntersecting;
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
    this.redraw = () => this.settle(figure, bindings, frames, this.drawn, twins, signature);
    const { data, layout } = recolour(structuredClone(figure), twins);
    this.furnish(layout.meta ?? {});
    for (const [path, value] of Object.entries(layout.meta?.views?.[this.view] ?? {})) setPath(layout, path, value);
    this.layout = layout;
    this.top = layout.margin?.t ?? 0;
    this.claim(layout);
    Object.assign(layout, this.measure());
    layout.margin = { ...layout.margin, t: this.top + this.settings.offsetHeight };
    this.placeEmpty(layout.margin);
    this.nameColumns(layout);
    this.ranges = rangesOf(layout);
    this.digits = data.map((trace) => trace.meta?.digits && { share: shareOf(layout, trace), ...trace.meta.digits });
    for (const binding of bindings) {
      const value = frames.value(binding, frame);
      if (value !== undefined) setPath(data[binding.trace], binding.attribute, value);
    }
    data.forEach((trace, i) => { trace.uid = `${this.name}-${i}`; }); // moving.js finds what is drawn by it
    data.forEach((trace, i) => this.digits[i] && trace.z?.length && Object.assign(trace, this.digitsOf(i, trace.z)));
    const config = { displayModeBar: false, doubleClick: "reset", showTips: false };
    this.plot(frame, () => window.Plotly.react(this.div, data, layout, config));
    this.listen(layout.meta ?? {});
    this.all = frames.have;
    this.drawn = frame;
    this.exact = true;
    this.tellEmpty(frame);
  }

  /** The pixels that a chart says it needs. Those of a player share what there is of the window.
   * @param {any} layout */
  claim({ height, meta: { least } = {} }) {
    Object.assign(this.cell.style, { height: height ? `${height}px` : "", minWidth: least ? `${least}px` : "" });
  }

  // What stands around the figure.
  furnish({ span = 1, label = this.name, empty = "", views = {}, rows, choice, settings = [] }) {
    this.cell.style.setProperty("--span", span);
    this.div.setAttribute("aria-label", label);
    this.empty.textContent = empty;
    const names = Object.keys(views);
    this.views = names;
    this.view = names.includes(this.view) ? this.view : names[0];
    const focused = this.boxes.indexOf(document.activeElement);
    this.buttons.replaceChildren(...(rows ? this.rowButtons(rows) : choice ? [this.choiceBox(choice)] : this.viewButtons(names)));
    // What stands behind the boxes stays, and with it the focus.
    for (const box of this.settings.querySelectorAll("select")) box.remove();
    this.settings.prepend(...settings.map((setting) => this.choiceBox(setting)));
    focus(this.boxes[focused]);
  }

  placeEmpty({ l = 0, r = 0 }) {
    this.empty.style.setProperty("--l", `${l}px`);
    this.empty.style.setProperty("--r", `${r}px`);
  }

  // Words in place of values that do not exist before some frame.
  tellEmpty(frame) {
    this.empty.hidden = !this.bindings.length || this.bindings.some((binding) => binding.first <= frame);
  }

  viewButtons(names) {
    return names.map((name) => {
      const onclick = () => {
        this.look(name);
        this.player.looked();
        focus(this.buttons.children[names.indexOf(name)]);
      };
      return element("button", { type: "button", textContent: name, ariaPressed: String(name === this.view), onclick });
    });
  }

  look(name) {
    this.view = name;
    this.redraw();
  }

  // More of the run has arrived: a trace that shows all of it is out of date.
  grown() {
    if (this.bindings.some((binding) => binding.how === "all")) this.drawn = -1;
  }

  rowButtons(rows) {
    const turn = (label, textContent, first) => element("button", {
      type: "button", textContent, title: label, ariaLabel: label, disabled: first < 0 || first >= rows.total, onclick: () => this.player.turnTo(first),
    });
    const shown = element("span", { textContent: `${rows.first + 1}–${rows.first + rows.count} of ${rows.total}` });
    return [turn("Earlier rows", "‹", rows.first - rows.step), shown, turn("Later rows", "›", rows.first + rows.step)];
  }

  get boxes() { return [...this.cell.querySelectorAll("select")]; }

  // A box for another figure in this place, or another setting of it. Python has to send that, so it is asked.
  choiceBox({ label, options, chosen, name }) {
    const made = options.map(([value, textContent]) => element("option", { value, textContent }));
    const box = element("select", { title: label, ariaLabel: label }, ...made);
    box.value = chosen;
    box.onchange = () => this.player.choose(name ? `${name}=${box.value}` : box.value);
    return box;
  }

  // What a pointer does in the plot. The listeners are set once; Plotly drops them when the chart is purged.
  listen({ seeks, picks, points, marks, marked }) {
    Object.assign(this, { seeks, picks, marked });
    if (marks) this.marking ??= new Marking(this);
    this.offerPlacing(points);
    if (!this.listening) {
      this.listening = true;
      this.div.on("plotly_click", ({ points: [point] }) => {
        if (point && this.seeks) this.player.goTo(point.x);
        if (point && this.picks) this.player.pick(this.name, point);
      });
      this.div.on("plotly_relayout", () => this.offerWhole());
      this.div.on("plotly_afterplot", () => {
        if (!this.plotting) this.plotted = -1;
        this.placing?.place();
        this.mark();
      });
      // A finger is no longer there after a tap, but Plotly's hover label stays.
      this.div.on("plotly_hover", () => { this.pointed = true; });
      this.div.on("plotly_unhover", () => { this.pointed = this.div.matches(":hover"); });
    }
    this.offerWhole();
  }

  // What was pressed in a network: there, and in the matrices of its layers.
  mark(what = this.player.marked) {
    this.marking?.show(what);
    const cell = this.marked && what && cellIn(this.div, what);
    if (!cell) { this.frame?.remove(); this.frame = null; return; }
    if (!this.frame) this.cell.insertBefore(this.frame = shape("svg", { "class": "stage-marks", "aria-hidden": "true" }), this.whole);
    this.frame.replaceChildren(shape("rect", cell));
  }

  // Samples that can be added, moved and removed in the plot.
  offerPlacing(points) {
    if (points) this.placing ??= new Placing(this);
    if (points) this.placing.settle(points);
    else this.placing?.close();
    if (!points) this.placing = null;
  }

  // A chart that was zoomed offers the way back.
  offerWhole() {
    const zoomed = !sameRanges(this.ranges, rangesOf(this.div.layout));
    if (!zoomed && this.whole === document.activeElement) focus(this.player.root);
    this.whole.hidden = !zoomed;
  }

  showWhole() {
    const back = Object.entries(this.ranges).map(([axis, range]) => (range.length ? [`${axis}.range`, [...range]] : [`${axis}.autorange`, true]));
    window.Plotly.relayout(this.div, Object.fromEntries(back));
  }

  stale(frame, moving) { return this.drawn !== frame || (!this.exact && (this.pointed || !moving)); }

  draw(frames, frame, moving) {
    // A pointer is drawing a zoom box or dragging an axis: moving the chart under it would break that off.
    if (this.div._dragging) return;
    this.tellEmpty(frame);
    this.exact = !(moving && !this.pointed && this.write(frames, frame));
    this.drawn = frame;
    if (!this.bindings.length) return;
    if (this.exact) this.redrawAt(frames, frame);
    Object.assign(this.div.dataset, { drawn: frame, exact: this.exact });
  }

  // Without Plotly, where moving.js can change what Plotly has drawn.
  write(frames, frame) {
    if (this.all !== frames.have || this.plotted < 0) return false;
    this.moving ??= movingOf(this, frames, this.plotted);
    return this.moving?.write(frame) ?? false;
  }

  redrawAt(frames, frame) {
    const traces = [...new Set(this.bindings.map((binding) => binding.trace))];
    const update = {};
    for (const binding of this.bindings) {
      if (binding.how === "all" && this.all === frames.have) continue;
      const values = (update[binding.attribute] ??= new Array(traces.length).fill(undefined));
      values[traces.indexOf(binding.trace)] = frames.value(binding, frame);
    }
    this.all = frames.have;
    this.writeCells(update, traces);
    this.plot(frame, () => window.Plotly.restyle(this.div, update, traces));
  }

  // Let Plotly draw.
  plot(frame, draw) {
    this.moving?.close();
    this.moving = null;
    this.plotted = frame;
    const plotting = this.plotting = draw();
    plotting.finally(() => { if (this.plotting === plotting) this.plotting = null; });
  }

  // Add the digits of values to the update, so that both are drawn at once.
  writeCells(update, traces, values = update.z) {
    traces.forEach((trace, i) => {
      const cells = values?.[i];
      if (!this.digits[trace] || !cells?.length) return;
      for (const [attribute, value] of Object.entries(this.digitsOf(trace, cells))) {
        (update[attribute] ??= new Array(traces.length).fill(undefined))[i] = value;
      }
    });
  }

  digitsOf(trace, cells) {
    return digitsOf(cells, this.digits[trace], this.size, this.layout.margin ?? {});
  }

  nameColumns(layout) {
    this.named = structuredClone(namedAxes(layout)); // all of them, for another width
    for (const [path, value] of Object.entries(this.fittingNames())) setPath(layout, path, value);
  }

  fittingNames() {
    const { margin: { l = 0, r = 0, t = 0, b = 0 } = {}, font = {} } = this.layout;
    const { width, height } = this.size;
    return namesThatFit(this.named, width - l - r, measured(font.size, font.family), height - t - b, font.size);
  }

  measure() {
    this.size = { width: this.cell.clientWidth, height: this.cell.clientHeight };
    return this.size;
  }

  // Follow the size of the cell, if that has changed.
  resize() {
    const { clientWidth, clientHeight } = this.cell;
    if (!clientWidth || (clientWidth === this.size.width && clientHeight === this.size.height)) return;
    const rows = this.settings.offsetHeight; // of boxes, which a narrower cell may have more of
    const sizes = this.measure();
    if (rows) this.layout.margin = { ...this.layout.margin, t: this.top + rows };
    const layout = { ...sizes, ...(rows && { margin: this.layout.margin }), ...this.fittingNames() };
    // All at once: Plotly draws every matrix of a comparison anew for each change.
    const traces = [...this.digits.keys()].filter((i) => this.digits[i]);
    const digits = {};
    this.writeCells(digits, traces, traces.map((i) => this.div.data[i]?.z));
    this.plot(-1, () => window.Plotly.update(this.div, digits, layout, traces));
  }

  close() {
    this.observer.disconnect();
    this.placing?.close();
    this.marking?.close();
    this.cell.remove(); // while the chart is whole: what had the focus hears that it has gone
    // Not while Plotly is drawing: when it has drawn it calls its listeners, and fails if they are gone.
    const purge = () => window.Plotly.purge(this.div);
    if (this.plotting) this.plotting.finally(purge); else purge();
  }
}
