// The page's keys of one letter, on or off. The browser remembers it.

const NAME = "backprop.keys";
const OFF = "off";
const marks = () => document.documentElement.dataset;

function remembered() {
  try { return localStorage.getItem(NAME) ?? ""; } catch { return marks().keys ?? ""; }
}

function remember(state) {
  marks().keys = state;
  try { localStorage.setItem(NAME, state); } catch { /* it lasts as long as the page */ }
}

// Streamlit listens for its keys on the document. What is stopped here, on the body, does not get there.
function guard(event) {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (marks().keys === OFF && key.length === 1 && !(ctrlKey || metaKey || altKey)) event.stopPropagation();
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".keys");
  marks().keys = remembered();
  root.hidden = !data.shown;
  const box = root.querySelector("input");
  box.checked = marks().keys !== OFF;
  box.onchange = () => remember(box.checked ? "" : OFF);
  document.body.addEventListener("keydown", guard); // for the whole visit: it is the same on every page
}
