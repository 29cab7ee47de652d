// Enter on a chart of the page begins to read its values, arrows move through them, Escape ends: Plotly shows its own
// hover label, which is said and shown as text.

import { moved } from "./cursor.js";
import { labelOf, rowsOf } from "./points.js";
import { freeFingers } from "../../../stage/fingers.js";

const HINT = "Enter reads the values of this chart.";
const EMPTY = "This chart has no values yet.";
const BEGIN = [0, 0];
const state = { caption: null, chart: null, at: BEGIN, isAsked: false };

const tell = (text) => { if (state.caption.textContent !== text) state.caption.textContent = text; };

// Plotly draws a label a moment after it was asked for, and while a chart plays perhaps not at all. Only a label that
// is there is read out.
function hear() {
  const text = state.chart && labelOf(state.chart);
  if (text && state.isAsked) { state.isAsked = false; tell(text); }
}

// Plotly takes a list of points in the place of an event.
function hover({ plot, hover: point }) {
  state.isAsked = true;
  window.Plotly.Fx.hover(state.chart, [point], plot);
}

function end(text) {
  state.labels.disconnect();
  if (state.chart) window.Plotly.Fx.unhover(state.chart);
  Object.assign(state, { chart: null, isAsked: false });
  tell(text);
}

function begin(chart) {
  const rows = rowsOf(chart);
  if (!rows.length) return tell(EMPTY);
  Object.assign(state, { chart, at: BEGIN });
  state.labels.observe(chart.querySelector(".hoverlayer"), { childList: true, subtree: true, characterData: true });
  hover(rows[0][0]);
}

// True if the key was for the chart that is read.
function pressed(key) {
  if (key === "Escape") { end(HINT); return true; }
  const rows = rowsOf(state.chart);
  const at = rows.length ? moved(rows, state.at, key) : null;
  if (!at) return false;
  state.at = at;
  hover(rows[at[0]][at[1]]);
  return true;
}

// Before the player and the page get the key: the arrows are theirs as long as no chart is being read.
function press(event) {
  const chart = event.target;
  if (!chart.matches?.(".js-plotly-plot") || event.ctrlKey || event.metaKey || event.altKey) return;
  const isBegin = event.key === "Enter" && state.chart !== chart;
  if (isBegin) begin(chart);
  if (!isBegin && !(state.chart === chart && pressed(event.key))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function enter(event) {
  if (event.target.matches(".js-plotly-plot:focus-visible")) tell(HINT);
}

function leave(event) {
  if (event.target.matches(".js-plotly-plot")) end("");
}

export function readValues(caption) {
  state.caption = caption;
  freeFingers();
  // For the whole visit: they are the same on every page.
  window.addEventListener("keydown", press, { capture: true });
  document.addEventListener("focusin", enter);
  document.addEventListener("focusout", leave);
  state.labels ??= new MutationObserver(hear);
}
