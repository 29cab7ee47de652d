// Which digits the cells of a matrix show.

import { small } from "./numbers.js";

const SMALL = 0.001; // and below: four decimals say next to nothing
const SMALL_WIDTH = 54; // pixels of a cell for two digits and a power

// Digits only where they fit: the widest template whose cells are wide enough, or none. Where every cell would read
// 0.0000 though it has a colour, the power of ten is said instead.
export function digitsOf(cells, digits, size, margin) {
  const [across, down] = digits.share ?? [1, 1]; // of the plot, where several matrices share it
  const width = ((size.width - margin.l - margin.r) * across) / cells[0].length;
  const height = ((size.height - margin.t - margin.b) * down) / cells.length;
  const largest = cells.reduce((most, row) => row.reduce((m, value) => Math.max(m, Math.abs(value)), most), 0);
  const powers = largest > 0 && largest < SMALL;
  const templates = powers ? [[SMALL_WIDTH, "%{text}"]] : digits.templates;
  const fitting = templates.find(([need]) => width >= need && height >= digits.height);
  return { texttemplate: fitting ? fitting[1] : "", ...(powers && { text: cells.map((row) => Array.from(row, small)) }) };
}
