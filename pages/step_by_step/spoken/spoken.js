// The step page for the ear and the keyboard: what Next showed is said, and its letters act where the focus is alone.

const LETTERS = /^[abn]$/i;

let said = null; // what is on the page now, or was last

// Streamlit takes a button's letter anywhere on the page. Before it does, this takes it back from everywhere else.
function guard(event) {
  const part = said.isConnected && said.closest("[data-testid=stMain]");
  if (part && LETTERS.test(event.key) && !part.contains(event.target)) event.stopImmediatePropagation();
}

export default function ({ data, parentElement }) {
  said = parentElement.querySelector(".spoken");
  if (said.textContent !== data.said) said.textContent = data.said;
  window.addEventListener("keydown", guard, { capture: true }); // the same at every call: heard once
}
