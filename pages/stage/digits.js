// Which digits the cells of a matrix show.

import { fixed, inCell } from "./numbers.js";

const SMALL = 0.001; // of numbers below this, four decimals show one digit at most
const POWER_WIDTH = 54 / 17; // width of a cell for two digits and a power of ten, by the height of a line

// The text of the cells: as many decimals as the cells are wide enough for, or none. If all numbers are so small that
// every cell would read 0.0000, they are written with powers of ten.
export function digitsOf(cells, { share = [1, 1], height, decimals }, size, margin) {
  // `share`: the part of the plot's width and height that this matrix has, if there are several.
  const wide = ((size.width - margin.l - margin.r) * share[0]) / cells[0].length;
  const high = ((size.height - margin.t - margin.b) * share[1]) / cells.length;
  const largest = cells.reduce((most, row) => row.reduce((m, value) => Math.max(m, Math.abs(value)), most), 0);
  const choices = largest > 0 && largest < SMALL ? [[POWER_WIDTH * height, null]] : decimals;
  const fitting = choices.find(([need]) => wide >= need && high >= height);
  if (!fitting) return { texttemplate: "", text: null };
  const write = (value) => (fitting[1] === null ? inCell(value) : fixed(value, fitting[1]));
  // Before the first epoch some matrices have no values yet.
  const text = cells.map((row) => Array.from(row, (value) => (value === null ? "" : write(value))));
  return { texttemplate: "%{text}", text };
}
