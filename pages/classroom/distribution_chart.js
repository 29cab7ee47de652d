// The answers of a class as a Plotly chart.

import { choiceDots, numberDots, plain, spokenDots } from "./distribution.js";
import { element } from "../stage/element.js";
import { significant } from "./six_digits.js";

const KINDS = [
  ["an answer", (dot) => !dot.isRight && !dot.isMine, "circle-open", "--st-text-color"],
  ["right", (dot) => dot.isRight && !dot.isMine, "circle", "--st-primary-color"],
  ["your answer", (dot) => dot.isMine, "star", "--st-primary-color"],
];

export class DistributionChart {
  constructor(page) {
    this.page = page;
    this.div = element("div", { className: "class-chart", hidden: true });
    this.div.setAttribute("role", "img");
    this.drawn = "";
  }

  async draw(asked, revealed) {
    this.div.hidden = false;
    const { fontSize, color } = getComputedStyle(this.div); // larger while the page is presented, another colour in the dark theme
    const drawn = JSON.stringify([asked, revealed, fontSize, color]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    try {
      if (!window.Plotly) await import(new URL(this.page.data.plotly, document.baseURI).href);
    } catch { /* the numbers are beside it */ }
    if (this.drawn === drawn && window.Plotly && this.div.isConnected) this.plot(asked, revealed);
  }

  plot({ kind, choices }, { right, answers, mine }) {
    const numeric = kind === "number";
    const { dots, range, beyond = [0, 0] } = numeric ? numberDots(answers, right, mine) : { dots: choiceDots(choices, answers, right, mine) };
    const style = getComputedStyle(this.div);
    const color = (name) => style.getPropertyValue(name).trim();
    const size = parseFloat(style.fontSize);
    /** @type {any[]} */
    const traces = KINDS.map(([name, belongs, symbol, shade]) => {
      const these = dots.filter(belongs);
      const text = these.map(({ value }) => (numeric ? significant(value) : plain(value)));
      const marker = { symbol, color: color(shade), size: symbol === "star" ? size : 0.7 * size, line: { width: 1.5 } };
      return { type: "scatter", mode: "markers", name, x: these.map(({ x }) => x), y: these.map(({ y }) => y), text, hovertemplate: "%{text}<extra></extra>", marker, showlegend: !numeric || name !== "right" };
    }).filter(({ x }) => x.length);
    const highest = Math.max(4, ...dots.map(({ y }) => y));
    const ticks = numeric ? { range, nticks: 6 } : { range: [-0.6, choices.length - 0.4], tickvals: choices.map((_, i) => i), ticktext: choices.map(plain) };
    // Named in the legend, as the dots are: a name that stands above them would stand above wrong ones, too.
    const line = { color: color("--st-primary-color"), width: 2, dash: "dot" };
    if (numeric) traces.unshift({ type: "scatter", mode: "lines", name: "right", x: [right, right], y: [0, highest + 0.8], hoverinfo: "skip", line });
    // Those beyond the axis are counted beside it.
    const annotations = ["below", "above"].map((where, i) => ({
      text: `${beyond[i]}<br>${where}`, x: i, xanchor: i ? "left" : "right", y: 0.5, xref: "paper", yref: "paper", showarrow: false,
    })).filter((_, i) => beyond[i]);
    const room = beyond.map((count) => (count ? 4 : 1.5) * size);
    const layout = {
      template: "none", height: 11 * size, annotations, margin: { l: room[0], r: room[1], t: 3.2 * size, b: 2 * size },
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: { size, color: color("--st-text-color"), family: style.fontFamily },
      // No line at 0: it has no meaning here, and the first choice stands there.
      xaxis: { fixedrange: true, zeroline: false, gridcolor: color("--st-border-color"), ...ticks }, yaxis: { visible: false, fixedrange: true, range: [0, highest + 0.8] },
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", yref: "paper" }, showlegend: true, hovermode: "closest",
    };
    this.div.dataset.figure = "class_answers"; // only a chart that is drawn has a name
    this.div.setAttribute("aria-label", spokenDots(dots, numeric || choices.includes(right), beyond));
    window.Plotly.react(this.div, traces, layout, { displayModeBar: false, responsive: true });
  }

  clear() {
    this.div.hidden = true;
    if (this.drawn && window.Plotly) window.Plotly.purge(this.div);
    delete this.div.dataset.figure;
    this.drawn = "";
  }
}
