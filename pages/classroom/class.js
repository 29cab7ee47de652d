// What Streamlit calls. There is one class for the whole visit: its socket stays open while pages come and go.

import { whenGone } from "../stage/gone.js";
import { Page } from "./page.js";

const PLACE = Symbol.for("backprop.class");

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector('[data-testid="class"]');
  const page = (window[PLACE] ??= new Page());
  page.mount(root, data, setStateValue);
  return whenGone(root, () => page.unmount(root));
}
