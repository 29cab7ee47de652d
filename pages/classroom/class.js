// There is one class for the whole visit: its socket stays open while pages come and go.

import { whenGone } from "../stage/gone.js";
import { Page } from "./page.js";

const PLACE = Symbol.for("backprop.class");

// At every rerun. Gives what Streamlit is to call when the page goes.
export function mountClass(root, data, setStateValue) {
  const page = (window[PLACE] ??= new Page());
  page.mount(root, data, setStateValue);
  return whenGone(root, () => page.unmount(root));
}
