// A button of the class.

import { element } from "../stage/element.js";

let lastPressed = []; // the button that was pressed last, and what it was called

// Buttons come and go under the pointer: the second click of a double click counts only where the first one did.
export function button(label, act, properties = {}) {
  const onclick = ({ detail, currentTarget }) => {
    const pressed = [currentTarget, currentTarget.textContent];
    if (detail > 1 && pressed.some((each, i) => each !== lastPressed[i])) return;
    lastPressed = pressed;
    act();
  };
  return element("button", { type: "button", textContent: label, onclick, ...properties });
}
