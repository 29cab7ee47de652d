// The distribution of answers: a dot for each number, equal ones above each other; a bar for each choice.

import { isRight } from "./questions.js";

const BINS = 40;
const REACH = 6; // how far from the right value an answer is shown, in distances of the median answer

// Text as Plotly shows it: there it is a kind of HTML.
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
export const plain = (text) => text.replace(/[&<>]/g, (sign) => SIGNS[sign]);

// The ends of the axis: it shows the right value and most answers, but no answer that is very far off.
export function reach(answers, right, within = 0) {
  const off = (value) => (isRight(value, right, within) ? 0 : Math.abs(value - right)); // right ones that are rounded do not spread
  const sorted = answers.map(off).sort((a, b) => a - b);
  const most = REACH * (sorted[Math.floor((sorted.length - 1) / 2)] || Math.abs(right) / 2 || 1);
  const near = [...answers.filter((value) => off(value) <= most), right];
  const [low, high] = [Math.min(...near), Math.max(...near)];
  const room = (high - low || Math.abs(right) || 1) / 10;
  return [low - room, high + room];
}

// Answers that fall into the same bin stand on top of each other. Those out of reach have no dot; they are counted in
// `beyond`, the ones below the axis and those above.
export function numberDots(answers, right, mine, within = 0, [low, high] = reach(answers, right, within)) {
  const step = (high - low) / BINS;
  const heights = new Map();
  let left = mine;
  const good = (value) => isRight(value, right, within);
  const wrong = answers.filter((value) => !good(value));
  const beyond = [wrong.filter((value) => value < low).length, wrong.filter((value) => value > high).length];
  const dots = answers.filter((value) => good(value) || (value >= low && value <= high)).map((value) => {
    // Right answers have a bin of their own, at the right value; with a tolerance only those that are near it.
    const bin = Math.round((value - right) / step);
    const key = good(value) && !(within && bin) ? "right" : bin || (value < right ? -0.5 : 0.5);
    heights.set(key, (heights.get(key) ?? 0) + 1);
    const isMine = left !== null && value === left;
    if (isMine) left = null; // of several equal answers, one is the viewer's own
    return { x: key === "right" ? right : right + key * step, y: heights.get(key), isMine, isRight: good(value), value };
  });
  return { dots, beyond, range: [low - step, high + step] };
}

// How often each choice was made, and that as it is written beside its bar.
export function choiceCounts(choices, answers) {
  const counts = choices.map((choice) => answers.filter((answer) => answer === choice).length);
  return { counts, words: counts.map((count) => `${count} · ${Math.round((100 * count) / (answers.length || 1))} %`) };
}

// A text in lines of about so many letters, for the names at an axis.
export function inLines(text, longest) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length > longest && lines.at(-1)) lines.push(word); else lines[lines.length - 1] = line;
  }
  return lines;
}

// What a screen reader says of the chart. `good`: how many are right, if there is a right answer.
export function spokenAnswers(count, good, beyond = 0, first = null) {
  const right = good === null ? "" : `, ${good} of them right`;
  const far = beyond ? `, ${beyond} of them beyond the chart` : "";
  const before = first === null ? "" : `; before that ${first} right`;
  return `What the class answered: ${count} ${count === 1 ? "answer" : "answers"}${right}${far}${before}`;
}
