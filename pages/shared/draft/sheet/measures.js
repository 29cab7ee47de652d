// How much of the table is drawn, how far it is scrolled, and how wide its columns are.

export const ROW = 26; // pixels, as in sheet.css
export const WINDOW = 24; // rows drawn at once; more than fit, so that scrolling meets drawn rows
const BEFORE = 6; // of the drawn rows, so many are above those in sight
const SLACK = 4; // rows that may be scrolled before others are drawn

// The first of the drawn rows, kept within the table.
export const firstWithin = (first, rows) => Math.max(0, Math.min(first, rows - WINDOW));

// The first row to draw when scrolled so far; the present one, if that is near enough. At the ends it is always exact.
export function firstAt(scrolled, rows, present) {
  const first = firstWithin(Math.floor(scrolled / ROW) - BEFORE, rows);
  const atEnd = first === 0 || first === firstWithin(rows, rows);
  return Math.abs(first - present) < SLACK && !atEnd ? present : first;
}

// The rows to draw, in order: a window of them, and the active one wherever it is, for the focus may be in it.
export function drawnRows(first, rows, active) {
  const drawn = Array.from({ length: Math.min(WINDOW, rows - first) }, (_, i) => first + i);
  if (active < 0 || active >= rows || drawn.includes(active)) return drawn;
  return active < first ? [active, ...drawn] : [...drawn, active];
}

// How far to scroll so that a part from `start` on, of some size, is in sight in the room there is.
export const scrolledTo = (start, size, scrolled, room) => Math.min(start, Math.max(scrolled, start + size - room));

// Letters of the longer line of a name, which may go on in a second one at a space.
function inTwoLines(name) {
  const words = name.split(" ");
  const breaks = words.map((_, i) => [words.slice(0, i).join(" "), words.slice(i).join(" ")]);
  return Math.min(...breaks.map((lines) => Math.max(...lines.map((line) => line.length))));
}

// Pixels of each column: the number's, then the texts'.
export function columnWidths({ headings, rows }) {
  const lengths = headings.map(inTwoLines);
  for (const row of rows) row.forEach((text, i) => { lengths[i] = Math.max(lengths[i], text.length); });
  const number = 10 + 8 * String(rows.length).length;
  return [Math.max(24, number), ...lengths.map((length) => Math.min(Math.max(32, 8 * length + 10), 104))];
}
