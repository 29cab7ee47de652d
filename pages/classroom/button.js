// A button of the class.

import { element } from "../stage/element.js";

let lastPressed = null;

// Buttons come and go under the pointer: the second click of a double click counts only where the first one did.
export function button(label, act, properties = {}) {
  const onclick = ({ detail, currentTarget }) => {
    if (detail > 1 && currentTarget !== lastPressed) return;
    lastPressed = currentTarget;
    act();
  };
  return element("button", { type: "button", textContent: label, onclick, ...properties });
}
