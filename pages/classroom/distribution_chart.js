// The answers of a class as a Plotly chart.

import { choiceCounts, inLines, numberDots, plain, reach, spokenAnswers } from "./distribution.js";
import { element } from "../stage/element.js";
import { isRight } from "./questions.js";
import { significant } from "./six_digits.js";

const KINDS = [
  ["an answer", (dot) => !dot.isRight && !dot.isMine, "circle-open", "--st-text-color"],
  ["right", (dot) => dot.isRight && !dot.isMine, "circle", "--st-primary-color"],
  ["your answer", (dot) => dot.isMine, "star", "--st-primary-color"],
];
const AT_AXIS = { wide: 28, narrow: 18 }; // letters of a choice in a line beside its bar
const NARROW = 36; // so many times the size of the letters: what a bar counts then stands below its name
const ROUNDS = ["first", "again"];

export class DistributionChart {
  constructor(page) {
    this.page = page;
    this.div = element("div", { className: "class-chart", hidden: true, role: "img", tabIndex: 0 });
    this.drawn = "";
  }

  async draw(asked, revealed) {
    this.div.hidden = false;
    const { fontSize, color } = getComputedStyle(this.div); // larger while the page is presented, another colour in the dark theme
    const drawn = JSON.stringify([asked, revealed, fontSize, color, this.div.clientWidth < NARROW * parseFloat(fontSize)]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    if (await this.page.plotly() && this.drawn === drawn && this.div.isConnected) this.plot(asked, revealed);
  }

  plot(asked, revealed) {
    const style = getComputedStyle(this.div);
    const size = parseFloat(style.fontSize);
    const color = (name) => style.getPropertyValue(name).trim();
    // The answers of the round before, if the question was asked again
    const rounds = asked.round > 1 ? [revealed.first, revealed.answers] : [revealed.answers];
    const drawing = { asked, ...revealed, rounds, size, color };
    const { traces, layout, beyond = 0 } = asked.kind === "number" ? this.numbers(drawing) : this.choices(drawing);
    const { right, within, answers, first } = revealed;
    const good = (given) => given.filter((answer) => isRight(answer, right, within)).length;
    const isMarked = asked.kind === "number" || asked.choices.includes(right);
    this.div.dataset.figure = "class_answers"; // only a chart that is drawn has a name
    this.div.setAttribute("aria-label", spokenAnswers(
      answers.length, isMarked ? good(answers) : null, beyond, isMarked && rounds.length > 1 ? good(first) : null,
    ));
    this.div.style.height = `${layout.height}px`;
    window.Plotly.react(this.div, traces, {
      template: "none", paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { size, color: color("--st-text-color"), family: style.fontFamily },
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", yref: "paper" }, showlegend: true, hovermode: "closest", ...layout,
    }, { displayModeBar: false, responsive: true });
  }

  // A bar for each choice, with its count and share; above it the one of the round before.
  choices({ asked: { choices }, rounds, right, mine, size, color }) {
    const isNarrow = this.div.clientWidth < NARROW * size;
    const said = rounds.map((answers, i) => {
      const { counts, words } = choiceCounts(choices, answers);
      return { counts, words: words.map((word) => (rounds.length > 1 ? `${ROUNDS[i]} ${word}` : word)) };
    });
    const marks = (choice) => [choice === right && "right", choice === mine && "your answer"].filter(Boolean).join(", ");
    const beside = (at) => (isNarrow ? said.map(({ words }) => words[at]) : []);
    const names = choices.map((choice, at) => [
      ...inLines(choice, isNarrow ? AT_AXIS.narrow : AT_AXIS.wide).map(plain), marks(choice), ...beside(at),
    ].filter(Boolean));
    const shade = (choice) => color(choice === right ? "--st-primary-color" : "--st-text-color");
    const traces = said.map(({ counts, words }, i) => ({
      type: "bar", orientation: "h", name: ROUNDS[i], x: counts, y: choices.map((_, at) => at), text: isNarrow ? undefined : words,
      textposition: "outside", cliponaxis: false, hoverinfo: "skip", offsetgroup: String(i), showlegend: false,
      marker: { color: choices.map(shade), opacity: i === rounds.length - 1 ? 1 : 0.45 },
    }));
    const highest = Math.max(1, ...said.flatMap(({ counts }) => counts));
    const height = 1.25 * names.reduce((sum, name) => sum + Math.max(name.length, 1.2 * rounds.length) + 0.5, 0);
    // Bars are equally high. The first name and the last may be higher than theirs, and Plotly leaves out what is cut.
    const [above, below] = [names[0], names.at(-1)].map((name) => Math.max(0, (1.3 * name.length - height / names.length) / 2));
    const layout = {
      height: size * (height + above + below + 0.5), bargap: 0.25, margin: { l: 0, r: 0, t: size * above, b: size * (below + 0.3) },
      xaxis: { visible: false, fixedrange: true, range: [0, isNarrow ? highest : 1.4 * highest] },
      yaxis: { fixedrange: true, automargin: "left", ticklabeloverflow: "allow", autorange: "reversed", zeroline: false, showgrid: false, tickvals: choices.map((_, at) => at), ticktext: names.map((name) => name.join("<br>")) },
    };
    return { traces, layout };
  }

  // A dot for each number; the round before has an axis of its own, of the same length, to the left.
  numbers({ rounds, right, within, mine, size, color }) {
    const ends = reach(rounds.flat(), right, within);
    const drawn = rounds.map((answers, i) => numberDots(answers, right, i === rounds.length - 1 ? mine : null, within, ends));
    const highest = Math.max(4, ...drawn.flatMap(({ dots }) => dots.map(({ y }) => y)));
    const dot = Math.max(3, Math.min(0.7 * size, (5.5 * size) / highest)); // 200 in a column
    const layout = {
      height: 11 * size, annotations: [], yaxis: { visible: false, fixedrange: true, range: [0, highest + 0.8] },
      margin: { l: 1.5 * size, r: 1.5 * size, t: 3.2 * size, b: 2 * size },
    };
    const named = new Set();
    const traces = drawn.flatMap(({ dots, range, beyond }, i) => {
      const number = i ? String(i + 1) : "";
      const domain = rounds.length > 1 ? [0.53 * i, 0.47 + 0.53 * i] : [0, 1];
      const title = rounds.length > 1 ? { text: ROUNDS[i], standoff: 0 } : undefined;
      // No line at 0: it has no meaning here.
      layout[`xaxis${number}`] = { fixedrange: true, zeroline: false, gridcolor: color("--st-border-color"), range, nticks: 6, domain, title, anchor: "y" };
      this.countBeyond(layout, beyond, domain, size);
      // Named in the legend, as the dots are: a name that stands above them would stand above wrong ones, too.
      const line = { color: color("--st-primary-color"), width: 2, dash: "dot" };
      const where = { xaxis: `x${number}`, type: "scatter" };
      const marks = KINDS.map(([name, belongs, symbol, shade]) => {
        const these = dots.filter(belongs);
        const showlegend = name !== "right" && these.length > 0 && !named.has(name);
        if (showlegend) named.add(name);
        const marker = { symbol, color: color(shade), size: symbol === "star" ? size : dot, line: { width: 1.5 } };
        return {
          ...where, mode: "markers", name, marker, showlegend, x: these.map(({ x }) => x), y: these.map(({ y }) => y),
          text: these.map(({ value }) => significant(value)), hovertemplate: "%{text}<extra></extra>",
        };
      }).filter(({ x }) => x.length);
      return [{ ...where, mode: "lines", name: "right", x: [right, right], y: [0, highest + 0.8], hoverinfo: "skip", line, showlegend: i === 0 }, ...marks];
    });
    if (rounds.length > 1) layout.margin.b = 3 * size;
    const { beyond } = drawn[drawn.length - 1];
    return { traces, layout, beyond: beyond[0] + beyond[1] };
  }

  // Those beyond an axis are counted beside it.
  countBeyond({ annotations, margin }, beyond, domain, size) {
    ["below", "above"].forEach((where, i) => {
      if (!beyond[i]) return;
      margin[i ? "r" : "l"] = 4 * size;
      annotations.push({ text: `${beyond[i]}<br>${where}`, x: domain[i], xanchor: i ? "left" : "right", y: 0.5, xref: "paper", yref: "paper", showarrow: false });
    });
  }

  clear() {
    this.div.hidden = true;
    if (this.drawn && window.Plotly) window.Plotly.purge(this.div);
    delete this.div.dataset.figure;
    this.drawn = "";
  }
}
