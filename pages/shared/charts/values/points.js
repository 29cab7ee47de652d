// What can be hovered over in a chart, from what Plotly has calculated for it, in rows.

const axisOf = (div, id) => div._fullLayout[`${id[0]}axis${id.slice(1)}`];
const isInside = (axis, pixel, rim) => pixel >= rim && pixel <= axis._length - rim;

// Plotly gives the edges of a heatmap's cells, whose middles lie between them; of a contour it gives the places of values.
const middles = (edges, count) => Array.from({ length: count }, (_, i) => edges.length > count ? (edges[i] + edges[i + 1]) / 2 : edges[i]);

// `hover` in a place is what Plotly is asked to show: a point by its number, a cell by its coordinates.
function cells({ x, y, z }, curveNumber, place) {
  const across = middles(x, z[0].length);
  const rows = z.map((row, i) => {
    const yval = middles(y, z.length)[i];
    return Array.from(row, (value, j) => value !== undefined && place(across[j], yval, { curveNumber, xval: across[j], yval }));
  });
  const shown = rows.map((row) => row.filter(Boolean)).filter((row) => row.length);
  return shown.sort((one, other) => one[0].y - other[0].y);
}

// A line is one row; marks that stand side by side are one, as in a table.
function marks(points, curveNumber, place, isLine) {
  const rows = [];
  points.forEach((point, pointNumber) => {
    const at = place(point.x, point.y, { curveNumber, pointNumber });
    if (!at) return;
    const row = rows.at(-1);
    if (row && (isLine || Math.abs(row[0].y - at.y) < 0.5)) row.push(at); else rows.push([at]);
  });
  return rows;
}

export function rowsOf(div) {
  return (div.calcdata ?? []).flatMap((calculated, curveNumber) => {
    const [first] = calculated;
    const trace = first?.trace;
    if (!trace || trace.visible !== true || trace.hoverinfo === "skip") return [];
    const x = axisOf(div, trace.xaxis);
    const y = axisOf(div, trace.yaxis);
    const place = (across, up, hover) => {
      const at = { x: x.c2p(across), y: y.c2p(up), plot: trace.xaxis + trace.yaxis, hover };
      // Plotly shows no label for the lines of a contour that lie on the rim of its chart.
      const rim = trace.type === "contour" ? 0.5 : 0;
      return isInside(x, at.x, rim) && isInside(y, at.y, rim) ? at : null;
    };
    if (first.z) return cells(first, curveNumber, place);
    return marks(calculated, curveNumber, place, trace.mode.includes("lines"));
  });
}

// What the hover labels of a chart say, a line after the other.
export function labelOf(div) {
  const texts = [...div.querySelectorAll(".hoverlayer .hovertext text")];
  const lines = texts.flatMap((text) => {
    const parts = [...text.querySelectorAll(".line")];
    return (parts.length ? parts : [text]).map((part) => part.textContent.trim());
  });
  return lines.filter(Boolean).join(" · ");
}
