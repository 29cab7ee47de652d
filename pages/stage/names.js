// Which names stand below the columns of a matrix, and beside its rows.

const LINES = /<br>/;
const GAP = 3; // between two names, in pixels

// The axes that have names. Their names are those that Python chose for a chart of the usual width.
export function namedAxes(layout) {
  return Object.entries(layout).filter(([key, axis]) => /^[xy]axis/.test(key) && axis.tickangle === 0 && axis.ticktext?.length > 1);
}

// The smallest n so that the names do not touch if only every n-th is written: each other, or after the last one the
// first of the matrix beside this one, which begins `beside` pixels after the first of this.
function everyOne(widths, column, beside) {
  const touches = (every) => widths.some((width, i) => {
    const isLast = i + every >= widths.length;
    const [next, apart] = isLast ? [widths[0], beside - column * i] : [widths[i + every], column * every];
    return i % every === 0 && (width + next) / 2 + GAP > apart;
  });
  let every = 1;
  while (every < widths.length && touches(every)) every += 1;
  return every;
}

// In a narrow or low chart only every second, third, … name is written: all of them would overlap. `line`: the height of one.
export function namesThatFit(axes, wide, widthOf, high = Infinity, line = 1) {
  const update = {};
  const across = axes.filter(([key]) => key.startsWith("x"));
  const starts = [...new Set(across.map(([, { domain = [0, 1] }]) => domain[0]))].sort((a, b) => a - b);
  const beside = starts.length > 1 ? wide * (starts[1] - starts[0]) : Infinity;
  for (const [key, { tickvals, ticktext, range, domain = [0, 1] }] of axes) {
    const long = key.startsWith("x") ? wide : high;
    const apart = Math.abs((long * (domain[1] - domain[0]) * (tickvals[1] - tickvals[0])) / (range[1] - range[0]));
    const widths = ticktext.map((text) => Math.max(...text.split(LINES).map(widthOf)));
    const every = key.startsWith("x") ? everyOne(widths, apart, beside) : Math.ceil(line / apart) || 1;
    const kept = (_, i) => i % every === 0;
    update[`${key}.tickvals`] = tickvals.filter(kept);
    update[`${key}.ticktext`] = ticktext.filter(kept);
  }
  return update;
}

let pen;

// How wide a text is in letters of a size.
export function measured(size, family) {
  pen ??= document.createElement("canvas").getContext("2d");
  return (text) => {
    pen.font = `${size}px ${family}`;
    return pen.measureText(text.replace(/&[a-z#0-9]+;/g, "x")).width;
  };
}
