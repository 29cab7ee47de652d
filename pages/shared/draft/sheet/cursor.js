// Where a key leads from a cell: [rows down, columns right], or null if it stays with the text.

export function leads({ key, shiftKey }, { selectionStart: start, selectionEnd: end, value }) {
  const whole = start === 0 && end === value.length;
  if (key === "ArrowUp") return [-1, 0];
  if (key === "Enter" || key === "ArrowDown") return [shiftKey ? -1 : 1, 0];
  if (key === "ArrowLeft" && (whole || end === 0)) return [0, -1];
  if (key === "ArrowRight" && (whole || start === value.length)) return [0, 1];
  return null;
}

// Row −1 is the headings.
export const isInside = (row, column, { rows, headings }) =>
  row >= -1 && row < rows.length && column >= 0 && column < headings.length;
