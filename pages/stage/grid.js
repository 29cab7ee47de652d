// The charts side by side: which there are, and which are to be drawn next.

import { Chart } from "./chart.js";
import { focus } from "./element.js";
import { isDark } from "./recolour.js";

const DRAW_BUDGET_MS = 30; // of one animation frame; the page answers between two of them

export class Grid {
  constructor(box, player) {
    this.box = box;
    this.player = player;
    this.charts = new Map();
    this.placed = new Map(); // those that have their place, and are not drawn yet
  }

  // Have the run's figures, in their order, and no others. The first `most` of them are drawn.
  settle(run, frames, frame, most = Infinity) {
    const dark = isDark(getComputedStyle(this.box).getPropertyValue("--st-background-color"));
    const twins = dark ? run.dark : {};
    const focused = this.dropOthers(run.figures);
    const entries = Object.entries(run.figures);
    const made = entries.map(([name, figure], i) => this.place(name, figure, i)).findLast(Boolean);
    for (const [name, figure] of entries.slice(0, most)) {
      if (!this.charts.has(name)) this.charts.set(name, this.placed.get(name));
      this.placed.delete(name);
      const bindings = run.bindings.filter((binding) => binding.figure === name);
      // The run is part of the signature: equal figures of two runs show different numbers.
      this.charts.get(name).settle(figure, bindings, frames, frame, twins, [dark, run.run]);
    }
    if (focused) focus(made?.buttons.firstChild); // so that the keyboard can choose again
  }

  // Make a chart that is not there yet, and put it where it will stand.
  place(name, { layout }, i) {
    if (this.charts.has(name) || this.placed.has(name)) return null;
    const made = new Chart(name, this.player);
    made.cell.style.setProperty("--span", layout.meta?.span ?? 1);
    this.box.insertBefore(made.cell, this.box.children[i]);
    this.placed.set(name, made);
    return made;
  }

  // Says whether the focus was on one of them.
  dropOthers(figures) {
    const others = [...this.charts, ...this.placed].filter(([name]) => !(name in figures));
    const focused = others.some(([, chart]) => chart.buttons.contains(document.activeElement));
    for (const [name, chart] of others) {
      chart.close();
      this.charts.delete(name);
      this.placed.delete(name);
    }
    return focused;
  }

  // Give each chart the view that an address names, or else its first one.
  look(views) {
    for (const [name, chart] of this.charts) {
      const wanted = chart.views.find((view) => views.includes(`${name}.${view}`)) ?? chart.views[0];
      if (wanted && wanted !== chart.view) chart.look(wanted);
    }
  }

  viewOf(figure) { return this.charts.get(figure)?.view; }

  grown() { this.charts.forEach((chart) => chart.grown()); }

  stale(frame, moving) {
    return [...this.charts.values()].filter((chart) => chart.visible && chart.stale(frame, moving));
  }

  // Draw stale charts, as many as there is time for since `now`; none if it gives way. Those that do not show the
  // position at which the player rests are all drawn. Says whether some are left over.
  draw({ frames, frame, playing }, moving, now, givesWay) {
    const isThere = (chart) => Number(chart.drawn === frame);
    // The one that was drawn longest ago comes first.
    const stale = this.stale(frame, moving).sort((a, b) => isThere(a) - isThere(b) || (a.at ?? 0) - (b.at ?? 0));
    this.resize();
    for (const chart of givesWay ? [] : stale) {
      const mayWait = playing || isThere(chart);
      chart.draw(frames, frame, moving);
      chart.at = performance.now();
      if (mayWait && (chart.at - now > DRAW_BUDGET_MS || navigator.scheduling?.isInputPending())) break;
    }
    return this.stale(frame, moving).length > 0;
  }

  mark(what) { this.charts.forEach((chart) => chart.mark(what)); }

  resize() { this.charts.forEach((chart) => chart.resize()); }

  close() { [...this.charts.values(), ...this.placed.values()].forEach((chart) => chart.close()); }
}
