// The losses of everybody's own runs as a Plotly chart: one point a student.

import { element } from "../stage/element.js";
import { significant } from "./six_digits.js";

export const DIFFERS = { seed: "seed", lr: "learning rate", initial: "seed of the initial weights" };
const BECAME = [
  ["every ŷ right", ({ right }) => right, "circle", "--st-primary-color"],
  ["something wrong", ({ right, loss }) => !right && loss !== "nan", "circle-open", "--st-text-color"],
  ["not a number", ({ loss }) => loss === "nan", "x", "--st-text-color"],
];
const ABOVE = 3; // times the highest loss: there stand those that have none

// Powers of ten, where there are two at least: what lies between them would be written over them.
export function ticks(values) {
  return Math.max(...values) >= 100 * Math.min(...values) ? { dtick: 1 } : { nticks: 5 };
}

// A run without a loss stands above all others.
export function heights(runs) {
  const losses = runs.map(({ loss }) => loss).filter((loss) => loss !== "nan");
  return runs.map(({ loss }) => (loss === "nan" ? ABOVE * Math.max(...losses, 1) : loss));
}

export class RunsChart {
  page; open; drawn;

  // `open` is called with the number of the run whose point was pressed.
  constructor(page, open) {
    Object.assign(this, { page, open, drawn: "" });
    this.div = element("div", { className: "class-runs-chart", hidden: true, role: "img", tabIndex: 0 });
  }

  async draw(kind, runs) {
    this.div.hidden = runs.length === 0;
    if (this.div.hidden) return;
    const { fontSize, color } = getComputedStyle(this.div);
    const drawn = JSON.stringify([kind, runs, fontSize, color, this.div.clientWidth]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    if (!(await this.page.plotly()) || this.drawn !== drawn || !this.div.isConnected) return;
    this.plot(kind, runs);
  }

  plot(kind, runs) {
    const style = getComputedStyle(this.div);
    const size = parseFloat(style.fontSize);
    const color = (name) => style.getPropertyValue(name).trim();
    const at = heights(runs);
    const traces = BECAME.map(([name, belongs, symbol, shade]) => {
      const these = runs.map((run, i) => ({ ...run, y: at[i] })).filter(belongs);
      const text = these.map(({ value, loss }) => `${DIFFERS[kind]} ${value}<br>loss ${loss === "nan" ? "not a number" : significant(loss)}`);
      const marker = { symbol, color: color(shade), size: 0.7 * size, line: { width: 1.5 } };
      return { type: "scatter", mode: "markers", name, x: these.map(({ value }) => value), y: these.map(({ y }) => y), customdata: these.map(({ number }) => number), text, hovertemplate: "%{text}<extra></extra>", marker, cliponaxis: false };
    }).filter(({ x }) => x.length);
    const axis = { fixedrange: true, zeroline: false, gridcolor: color("--st-border-color") };
    const values = runs.map(({ value }) => value);
    const linear = { ...axis, dtick: Math.max(1, Math.ceil((Math.max(...values) - Math.min(...values)) / 6)) };
    const log = (each) => ({ ...axis, type: "log", ...ticks(each) });
    const title = (text) => ({ title: { text, standoff: 4, font: { size } } });
    const layout = {
      template: "none", width: this.div.clientWidth, height: 12 * size, margin: { l: 4 * size, r: size, t: 2 * size, b: 3 * size }, hovermode: "closest", showlegend: true,
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: { size, color: color("--st-text-color"), family: style.fontFamily },
      xaxis: { ...(kind === "lr" ? log(values) : linear), ...title(DIFFERS[kind]) }, yaxis: { ...log(at), ...title("loss"), exponentformat: "power", automargin: true },
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", yref: "paper" },
    };
    this.div.style.height = `${layout.height}px`;
    this.div.dataset.figure = "own_runs";
    this.div.setAttribute("aria-label", `Loss of everybody’s own run over the ${DIFFERS[kind]}: ${runs.length} ${runs.length === 1 ? "run" : "runs"}`);
    window.Plotly.react(this.div, traces, layout, { displayModeBar: false });
    this.div.removeAllListeners("plotly_click");
    this.div.on("plotly_click", ({ points: [{ customdata }] }) => this.open(customdata));
  }

  clear() {
    this.div.hidden = true;
    if (this.drawn && window.Plotly) window.Plotly.purge(this.div);
    delete this.div.dataset.figure;
    this.drawn = "";
  }
}
