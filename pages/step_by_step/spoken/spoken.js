// The step page for screen readers and keys: what Next shows is announced, and its letters act only in the page.

const LETTERS = /^[abn]$/i;

let said = null; // what is on the page now, or was last

// Streamlit would take a button's letter anywhere. This comes first, and stops it outside of the main part of the page.
// While nothing has the focus, as on a page just opened, the body hears it.
function guard(event) {
  const { key, target } = event;
  const part = said.isConnected && said.closest("[data-testid=stMain]");
  if (part && LETTERS.test(key) && target !== document.body && !part.contains(target)) event.stopImmediatePropagation();
}

export default function ({ data, parentElement }) {
  said = parentElement.querySelector(".spoken");
  if (said.textContent !== data.said) said.textContent = data.said;
  window.addEventListener("keydown", guard, { capture: true }); // the same at every call: heard once
}
