// A button of the class.

import { element } from "../stage/element.js";

export function button(label, act, properties = {}) {
  return element("button", { type: "button", textContent: label, onclick: act, ...properties });
}
