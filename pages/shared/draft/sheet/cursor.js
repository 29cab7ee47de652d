// Where keys lead in the table, and what else they mean there. A place is [row, column]; row −1 is the headings.

export const OVER = "over"; // typing replaces the cell's text: arrows lead to other cells
export const IN = "in"; // the cell's text is being edited: the arrows left and right move in it

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const between = (least, number, most) => Math.max(least, Math.min(number, most));

/** The nearest place that the table has.
 * @returns {[number, number]} */
export const within = ([row, column], { rows, headings }) =>
  [between(-1, row, rows.length - 1), between(0, column, headings.length - 1)];

/** The place that a key leads to from an active cell, or null. `page` is the number of rows in sight.
 * @returns {[number, number] | null} */
export function leads({ key, altKey, ctrlKey, metaKey }, [row, column], table, page) {
  if (altKey) return null;
  const whole = ctrlKey || metaKey;
  const end = table.headings.length - 1;
  if (key === "Home") return whole ? [0, 0] : [row, 0];
  if (key === "End") return [whole ? table.rows.length - 1 : row, end];
  if (whole) return null;
  if (key === "PageUp") return within([Math.max(0, row - page), column], table);
  if (key === "PageDown") return within([row + page, column], table);
  return key in ARROWS ? within([row + ARROWS[key][0], column + ARROWS[key][1]], table) : null;
}

/** The same from a cell whose text is open. A place ends the editing; null leaves the key to the text.
 * @returns {[number, number] | null} */
export function leadsOn({ key, shiftKey, altKey, ctrlKey, metaKey }, [row, column], table, mode) {
  if (altKey || ctrlKey || metaKey) return null;
  if (key === "Enter") return within([row + (shiftKey ? -1 : 1), column], table);
  if (key === "Tab") return following([row, column], table, shiftKey ? -1 : 1);
  if (mode === IN && (key === "ArrowLeft" || key === "ArrowRight")) return null;
  return key in ARROWS ? within([row + ARROWS[key][0], column + ARROWS[key][1]], table) : null;
}

/** The next cell in reading order, null behind the last: there Tab leaves the table.
 * @returns {[number, number] | null} */
function following([row, column], { rows, headings: { length } }, way) {
  const place = row * length + column + way;
  return place < -length || place >= rows.length * length ? null : [Math.floor(place / length), (place + length) % length];
}

// "undo", "redo" or null.
export function travels({ key, shiftKey, altKey, ctrlKey, metaKey }) {
  if (altKey || !(ctrlKey || metaKey)) return null;
  if (key.toLowerCase() === "z") return shiftKey ? "redo" : "undo";
  return key.toLowerCase() === "y" && !shiftKey ? "redo" : null;
}

// A key that writes. On some keyboards Ctrl and Alt together write further characters.
export const writes = ({ key, altKey, ctrlKey, metaKey }) =>
  ([...key].length === 1 && !metaKey && altKey === ctrlKey) || ["Dead", "Process"].includes(key);
