// The options of a box.

import { element } from "../stage/element.js";

const offered = new WeakMap(); // by the box: its options, written

// Offer these, as pairs of value and text. A box that offers them already is left alone: it may be open.
export function offer(select, options) {
  const written = JSON.stringify(options);
  if (offered.get(select) === written) return;
  offered.set(select, written);
  select.replaceChildren(...options.map(([value, textContent]) => element("option", { value, textContent })));
}
