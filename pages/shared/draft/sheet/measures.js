// How much of the table is drawn, and how wide its columns are.

export const ROW = 26; // pixels, as in sheet.css
export const WINDOW = 24; // rows drawn at once; more than fit, so that scrolling meets drawn rows
const BEFORE = 6; // of them, above those in sight
const SLACK = 4; // rows that may be scrolled before others are drawn

// The first of the drawn rows, kept within the table.
export const firstWithin = (first, rows) => Math.max(0, Math.min(first, rows - WINDOW));

// The first row to draw when scrolled so far; the present one, if that is near enough.
export function firstAt(scrolled, rows, present) {
  const first = firstWithin(Math.floor(scrolled / ROW) - BEFORE, rows);
  return Math.abs(first - present) < SLACK && first !== 0 ? present : first;
}

// Pixels of each column: the number's, the texts', the button's.
export function columnWidths({ headings, rows }) {
  const lengths = headings.map((name) => name.length);
  for (const row of rows) row.forEach((text, i) => { lengths[i] = Math.max(lengths[i], text.length); });
  const number = 10 + 8 * String(rows.length).length;
  return [Math.max(24, number), ...lengths.map((length) => Math.min(Math.max(32, 8 * length + 10), 104)), 22];
}
