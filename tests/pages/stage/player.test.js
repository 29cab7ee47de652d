import assert from "node:assert/strict";
import test from "node:test";

import { Player } from "../../../pages/stage/player.js";

test("a player that is led before it has a run will begin at a position, of which Python hears whole numbers alone", () => {
  const player = { run: null };
  Player.prototype.follow.call(player, { position: 7, playing: true, speed: 100, since: performance.now() - 515 });
  assert.ok(Number.isInteger(player.ledTo) && player.ledTo >= 58, player.ledTo);
});

test("it begins where it was led, unless it goes on where it stood, and then stands where it is", () => {
  const goal = (player, ...said) => Player.prototype.goal.call({ clock: { stands: 9 }, run: null, ...player }, ...said);
  assert.equal(goal({}, 3, null, false), 3);
  assert.equal(goal({ ledTo: 7 }, 3, null, false), 7); // charts that are drawn at once where the teacher is are not drawn twice
  assert.equal(goal({ ledTo: 7 }, 3, { position: 5 }, false), 5);
  assert.equal(goal({ ledTo: 7, run: {} }, 3, null, false), 9);
  assert.equal(goal({ ledTo: 7, run: {} }, 3, null, true), 3); // Python says so
});
