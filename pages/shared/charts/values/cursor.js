// A cursor through the values of a chart: rows of points, each at a place { x, y } in pixels.

const TENTH = 10; // the Page keys move by a tenth of a row

// The point of a row that is nearest across.
function nearest(row, x) {
  const distances = row.map((point) => Math.abs(point.x - x));
  return distances.indexOf(Math.min(...distances));
}

function along(rows, [row, place], by) {
  const to = place + by;
  // Over the end of a row into the next one, as in a text.
  if (to < 0 && row > 0) return [row - 1, rows[row - 1].length - 1];
  if (to >= rows[row].length && row + 1 < rows.length) return [row + 1, 0];
  return [row, Math.max(0, Math.min(to, rows[row].length - 1))];
}

function across(rows, [row, place], by) {
  const to = Math.max(0, Math.min(row + by, rows.length - 1));
  return to === row ? [row, place] : [to, nearest(rows[to], rows[row][place].x)];
}

const MOVES = {
  ArrowLeft: (rows, at) => along(rows, at, -1),
  ArrowRight: (rows, at) => along(rows, at, 1),
  ArrowUp: (rows, at) => across(rows, at, -1),
  ArrowDown: (rows, at) => across(rows, at, 1),
  Home: (rows, [row]) => [row, 0],
  End: (rows, [row]) => [row, rows[row].length - 1],
  PageUp: (rows, [row, place]) => [row, Math.max(0, place - Math.ceil(rows[row].length / TENTH))],
  PageDown: (rows, [row, place]) => [row, Math.min(rows[row].length - 1, place + Math.ceil(rows[row].length / TENTH))],
};

/** Where a key leads from [row, place]; null if it is none of the cursor's. The chart may have changed since.
 * @param {any[][]} rows
 * @param {number[]} at
 * @param {string} key */
export function moved(rows, [row, place], key) {
  if (!Object.hasOwn(MOVES, key)) return null;
  const there = Math.min(row, rows.length - 1);
  return MOVES[key](rows, [there, Math.min(place, rows[there].length - 1)]);
}
