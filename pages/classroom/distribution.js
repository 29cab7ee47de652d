// How answers lie: a dot for each, those that are equal above each other.

import { isRight } from "./questions.js";

const BINS = 40;
const REACH = 6; // in times the distance between the quarters

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

// From where to where the axis goes: the right value and most answers, not one that is off by a thousand.
export function reach(answers, right) {
  const sorted = answers.toSorted((a, b) => a - b);
  const middle = quantile(sorted, 0.5) ?? right;
  const spread = (quantile(sorted, 0.75) ?? right) - (quantile(sorted, 0.25) ?? right);
  const most = REACH * (spread || Math.abs(middle - right) || Math.abs(right) / 2 || 1);
  const within = [...sorted.filter((value) => Math.abs(value - middle) <= most), right];
  const [low, high] = [Math.min(...within), Math.max(...within)];
  const room = (high - low || Math.abs(right) || 1) / 10;
  return [low - room, high + room];
}

// Dots on top of each other where answers fall into one place; those out of reach stand at its end.
export function numberDots(answers, right, mine) {
  const [low, high] = reach(answers, right);
  const step = (high - low) / BINS;
  const heights = new Map();
  let left = mine;
  const dots = answers.map((value) => {
    const shown = Math.min(high, Math.max(low, value));
    // The right place is a bin of its own, between its neighbours.
    const bin = Math.round((shown - right) / step);
    const key = isRight(value, right) ? "right" : bin || (shown < right ? -0.5 : 0.5);
    heights.set(key, (heights.get(key) ?? 0) + 1);
    const isMine = left !== null && value === left;
    if (isMine) left = null; // of equal ones one is one's own
    return { x: key === "right" ? right : right + key * step, y: heights.get(key), isMine, isRight: key === "right", value };
  });
  return { dots, range: [low - step, high + step] };
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
