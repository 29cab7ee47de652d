// The cells of a matrix while a run plays: rectangles in the place of Plotly's picture, with Plotly's own texts on them.

import { shape, write } from "./element.js";

const channels = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));

// The colour of a value between the ends of a scale of [share, #rrggbb].
export function colouring(scale, low, high) {
  const stops = scale.map(([share, colour]) => [share, channels(colour)]);
  return (value) => {
    const share = Math.min(Math.max((value - low) / (high - low), 0), 1);
    const above = Math.max(stops.findIndex(([stop]) => stop >= share), 1);
    const [[from, start], [to, end]] = [stops[above - 1], stops[above]];
    const part = (share - from) / (to - from);
    return `rgb(${start.map((channel, i) => Math.round(channel + part * (end[i] - channel))).join()})`;
  };
}

// The ends of so many cells along a length: whole pixels, and a gap between two of them.
export function edges(length, count, gap = 0) {
  return Array.from({ length: count }, (_, i) => {
    const [start, stop] = [i, i + 1].map((cell) => Math.round((cell * length) / count));
    return [start + gap / 2, stop - start - gap];
  });
}

// See moving.js.
export function matrixOf(chart, number, { z, zmin, zmax }, { width, height }) {
  const { xaxis = "x", yaxis = "y", ...trace } = chart.div.data[number];
  const groups = chart.div.querySelectorAll(`.subplot.${xaxis}${yaxis} .hm`);
  const picture = groups[0]?.querySelector("image");
  if (!z || groups.length !== 1 || !picture) return null;
  const texts = [...groups[0].querySelectorAll(".heatmap-label > text")];
  const [left, top, wide, high] = ["x", "y", "width", "height"].map((name) => Number(picture.getAttribute(name)));
  let cells = null;
  const digitsOf = (values) => (chart.digits[number] ? chart.digitsOf(number, values) : {});
  return {
    stands(values) {
      const told = digitsOf(values(z)).text?.flat() ?? [];
      return [left, top, width - wide, height - high].every((off) => Math.abs(off) <= 1) // whole, not zoomed into
        && told.length === texts.length && told.every((text, i) => text === texts[i].textContent);
    },
    write(values) {
      const rows = values(z);
      const colour = colouring(trace.colorscale, zmin ? values(zmin) : trace.zmin, zmax ? values(zmax) : trace.zmax);
      cells ??= cellsIn(picture, trace, rows, wide, high);
      let cell = 0;
      for (const row of rows) for (const value of row) cells.children[cell++].setAttribute("fill", colour(value));
      const digits = digitsOf(rows);
      Object.assign(chart.div.data[number], digits);
      digits.text?.flat().forEach((text, i) => { write(texts[i], text); });
    },
    close() {
      picture.style.visibility = "";
      cells?.remove();
    },
  };
}

function cellsIn(picture, { xgap, ygap }, rows, width, height) {
  const cells = shape("g");
  const across = edges(width, rows[0].length, xgap);
  for (const [y, high] of edges(height, rows.length, ygap)) {
    for (const [x, wide] of across) {
      cells.append(shape("rect", { x, y, width: wide, height: high }));
    }
  }
  picture.after(cells);
  picture.style.visibility = "hidden";
  return cells;
}
