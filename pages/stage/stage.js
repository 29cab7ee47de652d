// What Streamlit calls: there is one player for each mounted stage, or charts alone.

import { freeFingers } from "./fingers.js";
import { unpack } from "./frames.js";
import { whenGone } from "./gone.js";
import { Player } from "./player.js";
import { Still } from "./still.js";

const players = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector("section");
  const told = data instanceof Uint8Array ? unpack(data) : data; // in a page as a file it is unpacked already
  freeFingers();
  if (!players.has(root)) players.set(root, "run" in told ? new Player(root) : new Still(root));
  const player = players.get(root);
  player.report.setState = setStateValue;
  player.report.setTrigger = setTriggerValue;
  player.receive(told);
  return whenGone(root, () => {
    player.close();
    players.delete(root);
  });
}
