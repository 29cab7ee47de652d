import assert from "node:assert/strict";
import test from "node:test";

import { Player } from "../../../pages/stage/player.js";

test("a player that is led before it has a run will begin at a position, of which Python hears whole numbers alone", () => {
  const player = { run: null };
  Player.prototype.follow.call(player, { position: 7, playing: true, speed: 100, since: performance.now() - 515 });
  assert.ok(Number.isInteger(player.ledTo) && player.ledTo >= 58, player.ledTo);
});
