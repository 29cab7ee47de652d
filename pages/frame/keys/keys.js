// The page's keys of one letter, on or off. The browser remembers it.

const NAME = "backprop.keys";
const OFF = "off";
const marked = () => document.documentElement.dataset;

function remembered() {
  try { return localStorage.getItem(NAME) ?? ""; } catch { return marked().keys ?? ""; }
}

export const isOn = () => marked().keys !== OFF;

export function turn(on) {
  marked().keys = on ? "" : OFF;
  try { localStorage.setItem(NAME, marked().keys); } catch { /* it lasts as long as the page */ }
}

// Streamlit listens for its keys on the document. What is stopped here, on the body, does not get there.
function stop(event) {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (!isOn() && key.length === 1 && !(ctrlKey || metaKey || altKey)) event.stopPropagation();
}

export function guardKeys() {
  marked().keys = remembered();
  document.body.addEventListener("keydown", stop); // for the whole visit: it is the same on every page
}
