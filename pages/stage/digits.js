// Which digits the cells of a matrix show.

import { fixed, inCell, roughly } from "./numbers.js";

const SMALL = 0.001; // of numbers below this, four decimals show one digit at most
const SPARE = 2; // pixels between the digits of neighbours
const NARROW = ".·⁻⁰¹²³⁴⁵⁶⁷⁸⁹";

// The width of a text, as a part of the height of its line: measured in the app's font, and a little more.
const widthOf = (text) => Array.from(text).reduce((sum, sign) => sum + (NARROW.includes(sign) ? 0.23 : 0.42), 0);

// The ways to write the numbers, the one with the most digits first.
function* waysFrom(decimals) {
  if (decimals === null) yield* [inCell, roughly];
  else for (let count = decimals; count >= 0; count--) yield (value) => fixed(value, count);
}

// The text of the cells: as many decimals as the cells are wide enough for, or none. If all numbers are so small that
// every cell would read 0.0000 or 0.00, they are written with powers of ten. Where a number is longer than was foreseen, all
// have fewer digits, so that none reaches into its neighbour.
export function digitsOf(cells, { share = [1, 1], height, decimals }, size, margin) {
  // `share`: the part of the plot's width and height that this matrix has, if there are several.
  const wide = ((size.width - margin.l - margin.r) * share[0]) / cells[0].length;
  const high = ((size.height - margin.t - margin.b) * share[1]) / cells.length;
  const largest = cells.reduce((most, row) => row.reduce((m, value) => Math.max(m, Math.abs(value)), most), 0);
  const fitting = decimals.find(([need]) => wide >= need);
  const isSmall = largest > 0 && largest < Math.max(SMALL, 10 ** -(fitting?.[1] ?? Infinity));
  if (high < height || !(fitting || isSmall)) return { texttemplate: "", text: null };
  // Before the first epoch some matrices have no values yet.
  const written = (write) => cells.map((row) => Array.from(row, (value) => (value === null ? "" : write(value))));
  for (const write of waysFrom(isSmall ? null : fitting[1])) {
    const text = written(write);
    if (text.flat().every((one) => widthOf(one) * height <= wide - SPARE)) return { texttemplate: "%{text}", text };
  }
  return { texttemplate: "", text: null };
}
