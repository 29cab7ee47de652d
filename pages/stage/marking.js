// A press on a unit or a link of a network marks where it stands in the matrices of other charts: the cell of a weight, the
// row of a unit, the column of an input. By keyboard the units are a list: arrow keys mark the next or the last one.

import { focus, shape } from "./element.js";
import { placesOf, plotOf } from "./places.js";

const NEARBY = 7; // pixels around a link in which it is pressed
const STILL_PX = 5; // that a press may move
const ALONG = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

// The square of the distance between a point and the nearest place of a line of points.
export function squareTo(line, x, y) {
  const squares = line.slice(1).map(([x2, y2], i) => {
    const [x1, y1] = line[i];
    const [across, up] = [x2 - x1, y2 - y1];
    const along = Math.min(Math.max(((x - x1) * across + (y - y1) * up) / (across ** 2 + up ** 2 || 1), 0), 1);
    return (x - x1 - along * across) ** 2 + (y - y1 - along * up) ** 2;
  });
  return Math.min(...squares);
}

// The unit at a place of a network, in parts of its plot: the layer of [W | b], from 0, its row there, or the column of an
// input, and the rectangle that it has. `units`: layer, 0 for the inputs, number and rectangle of each.
export function unitAt(units, x, y) {
  const found = units.find(([, , left, low, right, high]) => x >= left && x <= right && y >= low && y <= high);
  return found ? markOf(found) : null;
}

export function markOf([layer, unit, ...box]) {
  return layer ? { layer: layer - 1, row: unit, box } : { layer: 0, column: unit, box };
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// The nearest link, if one is near enough. `columns`: of each layer's [W | b].
export function linkAt({ points, cells }, xs, columns, [x, y], [width, height]) {
  const size = points.length / cells.length;
  const lines = cells.map((_, i) => Array.from({ length: size }, (_, k) => [xs[3 + i * (size + 1) + k], points[i * size + k]]));
  const squares = lines.map((line) => squareTo(line.map(([across, up]) => [across * width, up * height]), x * width, y * height));
  const nearest = squares.indexOf(Math.min(...squares));
  if (!(squares[nearest] <= NEARBY ** 2)) return null;
  const [layer, place] = cells[nearest];
  return { layer, row: Math.floor(place / columns[layer]), column: place % columns[layer], line: lines[nearest] };
}

export class Marking {
  pressed = [NaN, NaN]; // where

  constructor(chart) {
    this.chart = chart;
    this.marks = shape("svg", { "class": "stage-marks", role: "listbox", tabindex: 0, "aria-label": "Units, whose weights can be marked" });
    this.marks.addEventListener("keydown", (event) => this.key(event));
    chart.cell.insertBefore(this.marks, chart.whole);
    chart.div.addEventListener("pointerdown", ({ clientX, clientY }) => { this.pressed = [clientX, clientY]; }, true);
    chart.div.addEventListener("click", (event) => this.press(event));
  }

  press({ clientX, clientY }) {
    const { chart: { player } } = this;
    const [x, y] = this.pressed;
    this.pressed = [NaN, NaN]; // after a finger's click Plotly tells a second one
    if (!(Math.hypot(clientX - x, clientY - y) <= STILL_PX)) return;
    const found = this.at(clientX, clientY);
    player.mark(isSame(found, player.marked) ? null : found);
  }

  get units() { return this.chart.div.layout.meta.marks; }

  key(event) {
    const { units, chart: { player } } = this;
    const step = ALONG[event.key];
    if (!step && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation(); // the player's keys
    if (!step) { player.mark(null); return focus(player.root); }
    const at = units.findIndex((unit) => isSame(markOf(unit), player.marked));
    player.mark(markOf(units.at(at < 0 && step < 0 ? -1 : Math.min(Math.max(at + step, 0), units.length - 1))));
  }

  at(clientX, clientY) {
    const { units, chart: { bindings, div: { data }, player } } = this;
    const { left, top, width, height } = plotOf(this.chart.div).getBoundingClientRect();
    const [x, y] = [(clientX - left) / width, 1 - (clientY - top) / height];
    const { links, array } = bindings.find((binding) => binding.links) ?? {};
    if (!links) return null;
    const columns = array.map((name) => player.clock.frames.arrays.get(name).item[1]);
    return unitAt(units, x, y) ?? linkAt(links, data[0].x, columns, [x, y], [width, height]);
  }

  // In the network.
  show(marked) {
    const plot = plotOf(this.chart.div);
    this.marks.replaceChildren();
    if (!plot) return;
    const [left, top, width, height] = ["x", "y", "width", "height"].map((name) => Number(plot.getAttribute(name)));
    const at = ([x, y]) => `${(left + x * width).toFixed(1)},${(top + (1 - y) * height).toFixed(1)}`;
    const path = (corners, attributes) => shape("path", { d: `M${corners.map(at).join("L")}`, ...attributes });
    const { units } = this;
    units.forEach(([layer, unit, x1, y1, x2, y2], i) => this.marks.append(path([[x1, y1], [x2, y1], [x2, y2], [x1, y2], [x1, y1]], {
      id: `stage-unit-${i}`,
      role: "option",
      "aria-label": layer ? `Layer ${layer}, unit ${unit + 1}` : `Input ${unit + 1}`,
      "aria-selected": isSame(markOf(units[i]), marked),
    })));
    if (marked?.line) this.marks.append(path(marked.line, { "aria-hidden": "true" }));
    this.marks.setAttribute("aria-activedescendant", this.marks.querySelector("[aria-selected=true]")?.id ?? "");
  }

  close() { this.marks.remove(); }
}

// The places of a mark in a matrix of so many rows and columns: its first and its last end along both.
export function endsIn([rows, columns], { row, column }) {
  const along = (place, count) => (place === undefined ? [-0.5, count - 0.5] : [place - 0.5, place + 0.5]);
  return [along(column, columns), along(row, rows)];
}

// The rectangle of a mark in a chart of matrices, one trace a layer; null if it is not in sight.
export function cellIn(div, what) {
  const trace = div.data?.[what.layer];
  const places = trace?.z && placesOf(div, trace);
  if (!places) return null;
  const [across, down] = endsIn([trace.z.length, trace.z[0].length], what);
  const [left, right] = across.map(places.x);
  const [top, bottom] = down.map(places.y);
  if (!places.holds((left + right) / 2, (top + bottom) / 2)) return null;
  return { x: places.left + left, y: places.top + top, width: right - left, height: bottom - top };
}
