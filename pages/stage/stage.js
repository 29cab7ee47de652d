// What Streamlit calls: there is one player for each mounted stage.

import { freeFingers } from "./fingers.js";
import { unpack } from "./frames.js";
import { whenGone } from "./gone.js";
import { Player } from "./player.js";

const players = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector('[data-testid="stage"]');
  freeFingers();
  if (!players.has(root)) players.set(root, new Player(root));
  const player = players.get(root);
  player.report.setState = setStateValue;
  player.report.setTrigger = setTriggerValue;
  player.receive(data instanceof Uint8Array ? unpack(data) : data); // in a page as a file it is unpacked already
  return whenGone(root, () => {
    player.close();
    players.delete(root);
  });
}
