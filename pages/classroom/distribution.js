// The distribution of answers: a dot for each, equal ones above each other.

import { isRight } from "./questions.js";

const BINS = 40;
const REACH = 6; // how far from the right value an answer is shown, in distances of the median answer

// Text as Plotly shows it: there it is a kind of HTML.
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
export const plain = (text) => text.replace(/[&<>]/g, (sign) => SIGNS[sign]);

// The ends of the axis: it shows the right value and most answers, but no answer that is very far off.
export function reach(answers, right) {
  const off = (value) => (isRight(value, right) ? 0 : Math.abs(value - right)); // right ones that are rounded do not spread
  const sorted = answers.map(off).sort((a, b) => a - b);
  const most = REACH * (sorted[Math.floor((sorted.length - 1) / 2)] || Math.abs(right) / 2 || 1);
  const within = [...answers.filter((value) => off(value) <= most), right];
  const [low, high] = [Math.min(...within), Math.max(...within)];
  const room = (high - low || Math.abs(right) || 1) / 10;
  return [low - room, high + room];
}

// Answers that fall into the same bin stand on top of each other. Those out of reach have no dot; they are counted in
// `beyond`, the ones below the axis and those above.
export function numberDots(answers, right, mine) {
  const [low, high] = reach(answers, right);
  const step = (high - low) / BINS;
  const heights = new Map();
  let left = mine;
  const wrong = answers.filter((value) => !isRight(value, right));
  const beyond = [wrong.filter((value) => value < low).length, wrong.filter((value) => value > high).length];
  const dots = answers.filter((value) => isRight(value, right) || (value >= low && value <= high)).map((value) => {
    // Right answers have a bin of their own, at the right value.
    const bin = Math.round((value - right) / step);
    const key = isRight(value, right) ? "right" : bin || (value < right ? -0.5 : 0.5);
    heights.set(key, (heights.get(key) ?? 0) + 1);
    const isMine = left !== null && value === left;
    if (isMine) left = null; // of several equal answers, one is the viewer's own
    return { x: key === "right" ? right : right + key * step, y: heights.get(key), isMine, isRight: key === "right", value };
  });
  return { dots, beyond, range: [low - step, high + step] };
}

/** What a screen reader says of the dots. No choice is right if the run is not trained to its end, or the loss is the same.
 * @param {any[]} dots
 * @param {boolean} isMarked
 * @param {number[]} beyond */
export function spokenDots(dots, isMarked, [below, above] = [0, 0]) {
  const count = dots.length + below + above;
  const many = `${count} ${count === 1 ? "answer" : "answers"}`;
  const beyond = below + above ? `, ${below + above} of them beyond the chart` : "";
  return `What the class answered: ${many}${isMarked ? `, ${dots.filter((dot) => dot.isRight).length} of them right` : ""}${beyond}`;
}

export function choiceDots(choices, answers, right, mine) {
  const heights = new Map();
  let left = mine;
  return answers.map((value) => {
    heights.set(value, (heights.get(value) ?? 0) + 1);
    const isMine = left !== null && value === left;
    if (isMine) left = null;
    return { x: choices.indexOf(value), y: heights.get(value), isMine, isRight: value === right, value };
  });
}
