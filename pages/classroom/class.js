// There is one class for the whole visit: its socket stays open while pages come and go.

import { whenGone } from "../stage/gone.js";
import { Page } from "./page.js";

const PLACE = Symbol.for("backprop.class");

export function classOfVisit() { return (window[PLACE] ??= new Page()); }

// At every rerun. Gives what Streamlit is to call when the page goes.
export function mountClass(root, data, setStateValue) {
  const page = classOfVisit();
  page.mount(root, data, setStateValue);
  return whenGone(root, () => page.unmount(root));
}
