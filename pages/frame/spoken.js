// The step page for screen readers and keys: what Next shows is announced, and its letters act only in the page.

const LETTERS = /^[abn]$/i;

let line = null; // what is on the page now, or was last

// Streamlit would take a button's letter anywhere. This comes first, and stops it outside of the main part of the page.
// While nothing has the focus, as on a page just opened, the body hears it.
function guard(event) {
  const { target } = event;
  const isElsewhere = line.isConnected && line.textContent && target !== document.body && !target.closest?.("[data-testid=stMain]");
  if (isElsewhere && LETTERS.test(event.key)) event.stopImmediatePropagation();
}

export function speak(element, text) {
  line = element;
  if (line.textContent !== text) line.textContent = text;
  window.addEventListener("keydown", guard, { capture: true }); // the same at every call: heard once
}
