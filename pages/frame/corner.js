// What Streamlit calls for all that stands around a page: the class, what is said to screen readers, keys, paper.

import { announce } from "./announced.js";
import { Departure } from "./leaving/departure.js";
import { guardKeys } from "./keys/keys.js";
import { classOfVisit, mountClass } from "../classroom/class.js";
import { preparePaper } from "./paper.js";
import { readValues } from "../shared/charts/values/chart_values.js";
import { speak } from "./spoken.js";

const STYLE = "presented-style";
const DEPARTURE = Symbol.for("backprop.departure");

// Put into the document and not into the page, so that it stays when pages change.
function dress(text) {
  // At the end of the body, so that it comes after the style of every page.
  const style = document.getElementById(STYLE) ?? document.body.appendChild(Object.assign(document.createElement("style"), { id: STYLE }));
  if (style.textContent !== text) style.textContent = text;
}

let opened = null; // the page that was scrolled to its place
let grows = null;

// Formulas above it come later, and grow. Once the visitor does something, the page is theirs to scroll.
function open(page, place) {
  const heading = document.getElementById(place);
  if (page === opened) return;
  opened = page;
  grows?.disconnect();
  if (!heading) return;
  grows = new ResizeObserver(() => heading.scrollIntoView());
  grows.observe(heading.closest('[data-testid="stMainBlockContainer"]'));
  for (const type of ["wheel", "pointerdown", "keydown"]) {
    window.addEventListener(type, () => grows?.disconnect(), { once: true, capture: true });
  }
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const part = (name) => parentElement.querySelector(name);
  if (window.top !== window) document.documentElement.dataset.framed = "";
  dress(data.style);
  guardKeys();
  preparePaper();
  readValues(part(".chart-values"));
  speak(part(".spoken"), data.spoken);
  announce(part(".announced"), data.announced);
  classOfVisit(); // hears of a click before the departure, which may keep it to itself
  const departure = (window[DEPARTURE] ??= new Departure(window)); // for the whole visit, whatever page is shown
  departure.receive(data.leaving, (number) => setStateValue("asked", number), (way) => setTriggerValue("leave", way));
  open(data.leaving.page, data.place);
  return mountClass(part('[data-testid="class"]'), data.class, setStateValue);
}
