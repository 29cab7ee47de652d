// While a run plays, or is led to other positions, what moves is written straight into the SVG that Plotly has drawn.
// Plotly's own redraw also makes axes, titles and the data for hovering anew, which takes nine tenths of its time. This
// is done only where our places agree with those of Plotly's drawing. At rest, and under a pointer, Plotly draws.

import { levelOf } from "./level.js";
import { mapOf } from "./map.js";
import { matrixOf } from "./matrix.js";
import { setPath } from "./paths.js";
import { axesOf, placesOf } from "./places.js";

const NEAR = 0.6; // pixels by which Plotly's place may differ from ours, because Plotly rounds
const SAME = 0.25; // pixels: a point of a line that is nearer than this to the one before is left out

// The points of a line in pixels, as the `d` of an SVG path. Later points are appended to it.
export class Line {
  x; y; // pixels of the last point

  constructor() { this.begin(); }

  begin() {
    this.count = 0;
    this.kept = "";
    this.end = ""; // the last point, if it is left out of what is kept
    this.pen = "M";
  }

  // Where no point is, the line has a gap.
  d(x, y, places) {
    if (x.length < this.count) this.begin();
    for (; this.count < x.length; this.count++) this.add(places.x(x[this.count]), places.y(y[this.count]));
    return this.kept + this.end;
  }

  add(x, y) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      this.kept += this.end;
      this.end = "";
      this.pen = "M";
      return;
    }
    const point = `${this.pen}${x.toFixed(2)},${y.toFixed(2)}`;
    const same = this.pen === "L" && Math.abs(x - this.x) < SAME && Math.abs(y - this.y) < SAME;
    this.end = same ? point : "";
    if (same) return;
    this.kept += point;
    [this.x, this.y, this.pen] = [x, y, "L"];
  }
}

const numbers = (text) => (text?.match(/-?[\d.]+/g) ?? []).map(Number);

function near(places, others) {
  return places.length === others.length && places.every((place, i) => Math.abs(place - others[i]) <= NEAR);
}

// Each of these gives two functions for a trace: `write` shows a frame, `stands` says whether that frame is what is
// drawn. Null if the trace is not drawn as expected.
function lineOf(trace, { x, y }, places) {
  const path = trace.querySelector(".js-line");
  const line = new Line();
  return path && {
    stands: (values) => near(numbers(line.d(values(x), values(y), places)).slice(-2), numbers(path.getAttribute("d")).slice(-2)),
    write: (values) => path.setAttribute("d", line.d(values(x), values(y), places)),
  };
}

// Many lines of which some are shown, with gaps between them: Plotly draws a path for each, this writes all into one.
function linesOf(trace, { y }, places, { x }) {
  const paths = [...trace.querySelectorAll(".js-line")];
  return paths[0] && {
    stands: (values) => near(numbers(paths[0].getAttribute("d")).slice(0, 2), [places.x(x[0]), places.y(values(y)[0])]),
    write(values) {
      paths.forEach((path, i) => { if (i) path.style.display = "none"; });
      paths[0].setAttribute("d", new Line().d(x, values(y), places));
    },
    close: () => paths.forEach((path) => { path.style.display = ""; }),
  };
}

function marksOf(trace, { x, y }, places) {
  const points = [...trace.querySelectorAll(".points > .point")];
  const put = (values) => {
    const [across, up] = [values(x), values(y)];
    return points.map((_, i) => [places.x(across[i]), places.y(up[i])]);
  };
  return {
    stands: (values) => values(x).length === points.length
      && put(values).every((place, i) => near(place, numbers(points[i].getAttribute("transform")))),
    write: (values) => put(values).forEach(([across, up], i) => {
      points[i].setAttribute("transform", `translate(${across.toFixed(2)},${up.toFixed(2)})`);
      // Outside of a plot that is zoomed into; a mark at its edge is whole.
      points[i].setAttribute("display", places.holds(across, up) ? "inline" : "none");
    }),
  };
}

function opacityOf(trace, { "marker.opacity": opacity }) {
  const points = [...trace.querySelectorAll(".points > .point")];
  return {
    stands: (values) => near(Array.from(values(opacity)), points.map((point) => Number(point.style.opacity))),
    write: (values) => values(opacity).forEach((value, i) => { points[i].style.opacity = value; }),
  };
}

// Which of them a trace needs, by the attributes that move.
function kindOf({ mode }, moves) {
  const key = Object.keys(moves).sort().join();
  if (key === "x,y") return mode === "lines" ? lineOf : mode === "markers" ? marksOf : null;
  if (key === "y" && mode === "lines") return linesOf;
  return key === "marker.opacity" ? opacityOf : null;
}

// What moves in a chart that Plotly has drawn at `frame`; null if only Plotly can draw it.
export function movingOf(chart, frames, frame) {
  const moving = new Moving(chart, frames);
  return moving.parts.every((part) => part?.stands((binding) => frames.value(binding, frame))) ? moving : null;
}

class Moving {
  constructor(chart, frames) {
    this.div = chart.div;
    this.frames = frames;
    // A trace of the whole run does not move, and what hovering shows is needed only under a pointer.
    this.bindings = chart.bindings.filter(({ how, attribute }) => how !== "all" && attribute !== "customdata");
    const traces = [...new Set(this.bindings.map(({ trace }) => trace))];
    this.parts = traces.map((trace) => this.partOf(chart, trace));
    this.fitted = this.bindings.filter((binding) => this.axisOf(binding)?.autorange);
    this.held = new Map(); // how many values of each of those are known to be in sight
  }

  // The axis along which an array stands.
  axisOf({ trace, attribute }) {
    return axesOf(this.div.layout, this.div.data[trace])[["x", "y"].indexOf(attribute)];
  }

  // Whether an axis that Plotly fits to what is drawn has all of it in sight as it is.
  holds(values) {
    return this.fitted.every((binding) => {
      const { range: [low, high], type } = this.axisOf(binding);
      const all = values(binding);
      const known = binding.how === "up_to" ? Math.min(this.held.get(binding) ?? 0, all.length) : 0;
      this.held.set(binding, all.length);
      return all.slice(known).every((value) => {
        const place = type === "log" ? Math.log10(value) : value;
        return !Number.isFinite(place) || (place >= low && place <= high);
      });
    });
  }

  partOf(chart, number) {
    const trace = this.div.data[number];
    const mine = this.bindings.filter((binding) => binding.trace === number);
    /** @type {any} */
    const moves = Object.fromEntries(mine.map((binding) => [binding.attribute, binding]));
    const places = placesOf(this.div, trace);
    if (!places) return null;
    if (trace.type === "heatmap") return (chart.digits[number] ? matrixOf : mapOf)(chart, number, moves, places);
    if (trace.type === "contour") return trace.contours.coloring === "none" ? levelOf(chart, number, moves, places) : null;
    const node = this.div.querySelector(`.trace${trace.uid}`);
    return node && (kindOf(trace, moves)?.(node, moves, places, trace) ?? null);
  }

  // Says whether it has written: it cannot before every array has values.
  write(frame) {
    if (this.bindings.some(({ first }) => frame < first)) return false;
    const found = new Map(this.bindings.map((binding) => [binding, this.frames.value(binding, frame)]));
    const values = (binding) => found.get(binding);
    if (!this.holds(values)) return false;
    // The chart's data are kept equal to what is seen, for those who read them.
    found.forEach((value, { trace, attribute }) => setPath(this.div.data[trace], attribute, value));
    this.parts.forEach((part) => part.write(values));
    return true;
  }

  // Plotly draws next.
  close() { this.parts.forEach((part) => part.close?.()); }
}
