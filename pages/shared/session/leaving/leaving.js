// What Streamlit calls. There is one departure for each tab, whatever page it shows.

import { Departure } from "./departure.js";

const departures = new WeakMap();

export default function ({ data, setStateValue }) {
  if (!departures.has(window)) departures.set(window, new Departure(window));
  departures.get(window).receive(data, (number) => setStateValue("asked", number));
}
