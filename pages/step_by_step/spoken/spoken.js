// The step page for the ear and the keyboard: what Next showed is said, and its letters act where the focus is alone.

const LETTERS = /^[abn]$/i;

export default function ({ data, parentElement }) {
  const said = parentElement.querySelector(".spoken");
  if (said.textContent !== data.said) said.textContent = data.said;
  const part = said.closest("[data-testid=stMain]");
  // Streamlit takes a button's letter anywhere on the page. Before it does, this takes it back from everywhere else.
  const guard = (event) => {
    if (LETTERS.test(event.key) && !part?.contains(event.target)) event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", guard, { capture: true });
  return () => window.removeEventListener("keydown", guard, { capture: true });
}
