// A button of the class.

import { element } from "../stage/element.js";

let lastPressed = ""; // what the button that was pressed last was called

// Buttons come and go under the pointer: the second click of a double click counts only where the first one did.
export function button(label, act, properties = {}) {
  const onclick = ({ detail, currentTarget }) => {
    const { textContent } = currentTarget;
    if (detail > 1 && textContent !== lastPressed) return;
    lastPressed = textContent;
    act();
  };
  return element("button", { type: "button", textContent: label, onclick, ...properties });
}
