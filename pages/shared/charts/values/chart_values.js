// Every chart of the page has a role, a name and a place in the order of the Tab key. Enter on it begins to read its
// values, arrows move through them, Escape ends: Plotly shows its own hover label, which is said and shown as text.

import { moved } from "./cursor.js";
import { labelOf, rowsOf } from "./points.js";
import { freeFingers } from "../../../stage/fingers.js";

const HINT = "Enter reads the values of this chart.";
const EMPTY = "This chart has no values yet.";
const BEGIN = [0, 0];
const state = { caption: null, chart: null, at: BEGIN, plot: null, isAsked: false };

const tell = (text) => { if (state.caption.textContent !== text) state.caption.textContent = text; };

// Plotly draws a label a moment after it was asked for, and while a chart plays perhaps not at all. Only a label that
// is there is read out.
function hear() {
  const text = state.chart && labelOf(state.chart);
  if (text && state.isAsked) { state.isAsked = false; tell(text); }
}

// Streamlit's copy of Plotly cannot be reached from here. But the handler for the pointer passes its argument on to
// Plotly.Fx.hover, which takes a list of points as well as an event. So this shows the label of a point in every copy.
function hover({ plot, hover: point }) {
  const area = state.chart.querySelector(`.draglayer .${plot} .nsewdrag`);
  if (!area) return;
  state.plot = area;
  state.isAsked = true;
  area.onmousemove([point]);
}

function end(text) {
  state.labels.disconnect();
  state.plot?.onmouseout?.(new MouseEvent("mouseout"));
  Object.assign(state, { chart: null, plot: null, isAsked: false });
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

function name() {
  for (const chart of document.getElementsByClassName("js-plotly-plot")) {
    const label = chart.layout?.meta?.label;
    if (label && chart.getAttribute("aria-label") !== label) chart.setAttribute("aria-label", label);
    if (chart.tabIndex === 0) continue;
    chart.setAttribute("role", "img");
    chart.tabIndex = 0;
  }
}

export function readValues(caption) {
  state.caption = caption;
  freeFingers();
  // For the whole visit: they are the same on every page.
  window.addEventListener("keydown", press, { capture: true });
  document.addEventListener("focusin", enter);
  document.addEventListener("focusout", leave);
  // Charts come and go as pages do; Streamlit draws one anew when its figure changes.
  state.charts ??= new MutationObserver(name);
  state.labels ??= new MutationObserver(hear);
  state.charts.observe(document.body, { childList: true, subtree: true });
  name();
}
