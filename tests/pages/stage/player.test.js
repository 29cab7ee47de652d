import assert from "node:assert/strict";
import test from "node:test";

import { Player } from "../../../pages/stage/player.js";
import { Report } from "../../../pages/stage/report.js";

test("a player that is led before it has a run will begin at a position, of which Python hears whole numbers alone", (t) => {
  t.mock.method(performance, "now", () => 1000);
  const player = { run: null };
  Player.prototype.follow.call(player, { position: 7, playing: true, speed: 100, since: 485 });
  assert.equal(player.ledTo, 58);
});

test("it begins where it was led, unless it goes on where it stood, and then stands where it is", () => {
  const goal = (player, ...said) => Player.prototype.goal.call({ clock: { stands: 9 }, run: null, ...player }, ...said);
  assert.equal(goal({}, 3, null, false), 3);
  assert.equal(goal({ ledTo: 7 }, 3, null, false), 7); // charts that are drawn at once where the teacher is are not drawn twice
  assert.equal(goal({ ledTo: 7 }, 3, { position: 5 }, false), 5);
  assert.equal(goal({ ledTo: 7, run: {} }, 3, null, false), 9);
  assert.equal(goal({ ledTo: 7, run: {} }, 3, null, true), 3); // Python says so
});

test("a run whose message was lost is asked for by a new question, because that message answered the open one", () => {
  const said = [];
  const report = new Report(() => ({ have: 3 }), () => true);
  report.setState = (_, view) => said.push(view);
  report.ask("before");
  const player = { run: { run: "before", jump: 0 }, clock: {}, report, goal: () => 0 };
  Player.prototype.apply.call(player, { run: "after", jump: 0, answer: said[0].question });
  report.close();
  assert.equal(said.length, 2);
  assert.notEqual(said[1].question, said[0].question);
  assert.deepEqual([said[1].run, said[1].have], ["", 0]);
});

test("no picture is drawn of a run whose first frames have not come, as when their message was lost", () => {
  const player = { pending: 1, grid: { placed: new Map() }, clock: { frames: { have: 0 } } };
  Player.prototype.tick.call(player);
  assert.equal(player.pending, null);
});
