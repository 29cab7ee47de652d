// The line to Streamlit's server. While it is cut, Streamlit lays a box over half a phone, with words for whoever started
// the server. A line of ours stands in its place.

import { element } from "../stage/element.js";

const SHORT_MS = 1500; // so short a cut is not worth a word
const FOREVER = "The connection to the server is lost. Reload the page.";
const LOST = "The connection to the server is lost. It is being made again. What you see stays.";

export class Lost {
  constructor(layer) {
    this.line = element("p", { className: "class-lost", hidden: true, role: "status" });
    this.was = false; // connected before: a page that is being loaded has lost nothing
    layer.append(this.line);
  }

  // Called all the time. `said`: the bar of the class says it already.
  look(said, now = performance.now()) {
    const state = document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState;
    const isCut = state !== undefined && state !== "CONNECTED";
    this.was ||= !isCut;
    this.since = isCut ? this.since ?? now : null;
    this.line.hidden = !isCut || said || !this.was || now - this.since < SHORT_MS;
    document.documentElement.toggleAttribute("data-cut", isCut); // for the style sheet, which hides Streamlit's box
    if (isCut) this.say(state);
  }

  say(state) {
    const words = state === "DISCONNECTED_FOREVER" ? FOREVER : LOST;
    if (this.line.textContent !== words) this.line.textContent = words;
    document.querySelector('[data-testid="stDialog"] button[aria-label="Close"]')?.click();
  }
}
