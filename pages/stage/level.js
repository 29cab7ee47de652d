// The line on which a grid of values has one value, while a run plays: written over Plotly's own, which is drawn at rest.

import { shape } from "./element.js";
import { covers } from "./places.js";

// The segments of the line in a grid, as pairs of places on its sides: straight between neighbours.
export function levelLines(rows, level) {
  const segments = [];
  for (let j = 0; j + 1 < rows.length; j++) {
    for (let i = 0; i + 1 < rows[j].length; i++) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const values = corners.map(([column, row]) => rows[row][column] - level);
      const ends = [];
      corners.forEach(([column, row], k) => {
        const [next, from, to] = [corners[(k + 1) % 4], values[k], values[(k + 1) % 4]];
        if (from < 0 === to < 0) return;
        const share = from / (from - to);
        ends.push([column + share * (next[0] - column), row + share * (next[1] - row)]);
      });
      for (let k = 0; k + 1 < ends.length; k += 2) segments.push([ends[k], ends[k + 1]]);
    }
  }
  return segments;
}

// See moving.js. The grid covers the plot from edge to edge, its first row below.
export function levelOf(chart, number, { z }, { width, height }) {
  const { contours, line } = chart.div.data[number];
  const drawn = chart.div.querySelectorAll(".subplot.xy .contour");
  if (!z || drawn.length !== 1) return null;
  let path = null;
  return {
    stands: () => covers(chart.div.layout, chart.div.data[number]),
    write(values) {
      const rows = values(z);
      path ??= lineOver(drawn[0], line);
      const x = (column) => ((column / (rows[0].length - 1)) * width).toFixed(1);
      const y = (row) => ((1 - row / (rows.length - 1)) * height).toFixed(1);
      const points = levelLines(rows, contours.start).map(([a, b]) => `M${x(a[0])},${y(a[1])}L${x(b[0])},${y(b[1])}`);
      path.setAttribute("d", points.join(""));
    },
    close() {
      drawn[0].style.visibility = "";
      path?.remove();
    },
  };
}

function lineOver(drawn, { color, width }) {
  const path = shape("path", { fill: "none", stroke: color, "stroke-width": width, "stroke-linecap": "round" });
  drawn.after(path);
  drawn.style.visibility = "hidden";
  return path;
}
