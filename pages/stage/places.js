// Where the values of an axis stand, in pixels of the plot.

// The ranges of a figure's axes, by the name of each axis: none of one that follows what is drawn.
export function rangesOf(layout) {
  return Object.fromEntries(Object.entries(layout).flatMap(([name, axis]) =>
    (/^[xy]axis\d*$/.test(name) && (axis.autorange || axis.range) ? [[name, axis.autorange ? [] : [...axis.range]]] : [])));
}

export function sameRanges(one, other) {
  return Object.entries(one).every(([axis, ends]) => ends.length === other[axis]?.length && ends.every((end, i) => end === other[axis][i]));
}

// Both axes of a trace.
export function axesOf(layout, { xaxis = "x", yaxis = "y" }) {
  return [layout[xaxis.replace("x", "xaxis")], layout[yaxis.replace("y", "yaxis")]];
}

// The part of the plot's width and height that a trace's axes have.
export function shareOf(layout, trace) {
  return axesOf(layout, trace).map((axis) => {
    const [from, to] = axis?.domain ?? [0, 1];
    return to - from;
  });
}

// Whether the grid of a trace reaches from edge to edge: the chart is not zoomed into. Without an x of its own it does.
export function covers(layout, trace) {
  return axesOf(layout, trace).every((axis, k) => {
    const points = k ? trace.y : trace.x;
    const ends = points && [points[0], points[points.length - 1]];
    return !ends || ends.every((end, i) => Math.abs(end - axis.range[i]) <= 1e-9 * Math.abs(ends[1] - ends[0]));
  });
}

export function placesOn({ range: [from, to], type }, length, upward) {
  const share = (value) => ((type === "log" ? Math.log10(value) : value) - from) / (to - from);
  return upward ? (value) => length * (1 - share(value)) : (value) => length * share(value);
}

// The plot that a trace is drawn in, as the pointer finds it; null if there is none.
export const plotOf = (div, { xaxis = "x", yaxis = "y" } = {}) => div.querySelector(`.draglayer > .${xaxis}${yaxis} > .nsewdrag`);

// Where that plot stands in its chart and how large it is, and the places of values in it; null if there is none.
export function placesOf(div, trace = {}) {
  const plot = plotOf(div, trace);
  const axes = axesOf(div.layout, trace);
  if (!plot || axes.some((axis) => axis?.range?.length !== 2)) return null;
  const [left, top, width, height] = ["x", "y", "width", "height"].map((name) => Number(plot.getAttribute(name)));
  const holds = (x, y) => x >= 0 && x <= width && y >= 0 && y <= height;
  return { left, top, width, height, holds, x: placesOn(axes[0], width, false), y: placesOn(axes[1], height, true) };
}
