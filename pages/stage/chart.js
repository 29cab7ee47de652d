// One chart: a Plotly figure, the arrays that are bound to it, and the buttons over it.

import { digitsOf } from "./digits.js";
import { element } from "./element.js";
import { recolour } from "./recolour.js";

// Put `value` at a dotted path: setPath(trace, "marker.opacity", …)
export function setPath(target, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  for (const key of keys) target = target[key] ??= {};
  target[last] = value;
}

export class Chart {
  constructor(name, player) {
    this.name = name;
    this.player = player;
    this.buttons = element("div", { className: "stage-views" });
    this.div = element("div");
    this.empty = element("div", { className: "stage-empty" });
    this.cell = element("div", { className: "stage-chart" }, this.buttons, this.div, this.empty);
    this.div.dataset.figure = name;
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
    this.redraw = () => this.settle(figure, bindings, frames, this.drawn, twins, signature);
    const { data, layout } = recolour(structuredClone(figure), twins);
    this.furnish(layout.meta ?? {});
    for (const [path, value] of Object.entries(layout.meta?.views?.[this.view] ?? {})) setPath(layout, path, value);
    this.layout = layout;
    Object.assign(layout, this.measure());
    this.digits = data.map((trace) => trace.meta?.digits);
    for (const binding of bindings) {
      const value = frames.value(binding, frame);
      if (value !== undefined) setPath(data[binding.trace], binding.attribute, value);
    }
    data.forEach((trace, i) => this.digits[i] && trace.z?.length && Object.assign(trace, this.digitsOf(i, trace.z)));
    const config = { displayModeBar: false, doubleClick: "reset" };
    window.Plotly.react(this.div, data, layout, config);
    this.all = frames.have;
    this.drawn = frame;
    this.tellEmpty(frame);
  }

  // What stands around the figure.
  furnish({ span = 1, label = this.name, empty = "", views = {}, rows, choice }) {
    this.cell.style.setProperty("--span", span);
    this.div.setAttribute("aria-label", label);
    this.empty.textContent = empty;
    const names = Object.keys(views);
    this.views = names;
    this.view = names.includes(this.view) ? this.view : names[0];
    const focused = this.buttons.contains(document.activeElement);
    this.buttons.replaceChildren(...(rows ? this.rowButtons(rows) : choice ? this.choiceBox(choice) : this.viewButtons(names)));
    if (focused && choice) this.buttons.firstChild.focus();
  }

  // Words in place of values that do not exist before some frame.
  tellEmpty(frame) {
    this.empty.hidden = !this.bindings.length || this.bindings.some((binding) => binding.first <= frame);
  }

  viewButtons(names) {
    return names.map((name) => {
      const button = element("button", { type: "button", textContent: name });
      button.setAttribute("aria-pressed", name === this.view);
      button.onclick = () => {
        this.look(name);
        this.player.looked();
        this.buttons.children[names.indexOf(name)].focus();
      };
      return button;
    });
  }

  look(name) {
    this.view = name;
    this.redraw();
  }

  // More of the run has arrived: what shows all of it is out of date.
  grown() {
    if (this.bindings.some((binding) => binding.how === "all")) this.drawn = -1;
  }

  rowButtons(rows) {
    const turn = (label, text, first) => {
      const button = element("button", { type: "button", textContent: text, title: label });
      button.setAttribute("aria-label", label);
      button.disabled = first < 0 || first >= rows.total;
      button.onclick = () => this.player.turnTo(first);
      return button;
    };
    const shown = element("span", { textContent: `${rows.first + 1}–${rows.first + rows.count} of ${rows.total}` });
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
    this.writeCells(update, traces);
    window.Plotly.restyle(this.div, update, traces);
  }

  // The digits of new values go along with them: one drawing for both.
  writeCells(update, traces) {
    traces.forEach((trace, i) => {
      const cells = update.z?.[i];
      if (!this.digits[trace] || !cells?.length) return;
      for (const [attribute, value] of Object.entries(this.digitsOf(trace, cells))) {
        (update[attribute] ??= new Array(traces.length).fill(undefined))[i] = value;
      }
    });
  }

  fitDigits() {
    this.digits.forEach((digits, i) => {
      const cells = this.div.data[i]?.z;
      if (!digits || !cells?.length) return;
      const { texttemplate, text } = this.digitsOf(i, cells);
      window.Plotly.restyle(this.div, { texttemplate, text: [text] }, [i]);
    });
  }

  digitsOf(trace, cells) {
    return digitsOf(cells, this.digits[trace], this.size, this.layout.margin ?? {});
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
