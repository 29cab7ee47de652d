import assert from "node:assert/strict";
import test from "node:test";

import { Neighbours } from "../../../pages/stage/neighbours.js";

function standing(t) {
  const heard = [];
  const followed = [];
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  t.after(() => { delete globalThis.window; delete globalThis.document; });
  const root = new EventTarget();
  root.addEventListener("backprop:view", ({ detail, bubbles }) => heard.push({ ...detail, bubbles }));
  const clock = { at: () => 7.5, playing: true, speed: 100, late: false, frames: { have: 3 } };
  const player = { root, run: {}, clock, follow: (detail) => followed.push(detail) };
  const neighbours = new Neighbours(player);
  return { neighbours, player, clock, heard, followed, tell: (detail) => window.dispatchEvent(new CustomEvent("backprop:follow", { detail })) };
}

test("what the viewer does is told to whoever listens", (t) => {
  const { neighbours, player, heard } = standing(t);
  neighbours.tell("hand");
  assert.deepEqual(heard, [{ position: 7.5, playing: true, speed: 100, by: "hand", bubbles: true }]);
  document.hidden = true; // nothing is drawn there, so nothing goes on
  document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(heard[1].playing, false);
  player.run = null;
  neighbours.tell("run");
  assert.equal(heard.length, 2);
});

test("while it plays it says so every two seconds, and at once if time was left out", (t) => {
  const { neighbours, clock, heard } = standing(t);
  neighbours.tell("hand");
  neighbours.beat(neighbours.told + 1999);
  assert.equal(heard.length, 1);
  neighbours.beat(neighbours.told + 2001);
  assert.equal(heard.length, 2);
  clock.late = true;
  neighbours.beat(neighbours.told + 1);
  assert.equal(heard.length, 3);
});

test("it follows what makes sense, and no longer once a hand was at it", (t) => {
  t.mock.method(performance, "now", () => 1000);
  const { neighbours, followed, tell } = standing(t);
  for (const wrong of [undefined, {}, { position: NaN, speed: 1 }, { position: -1, speed: 1 }, { position: 1, speed: "1" }]) tell(wrong);
  assert.deepEqual([followed, neighbours.led], [[], false]);
  tell({ position: 3, playing: true, speed: 100, age: 40, views: ["loss.log"] });
  assert.equal(followed.length, 1);
  assert.deepEqual(followed[0], { position: 3, playing: true, speed: 100, views: ["loss.log"], since: 960 });
  assert.equal(neighbours.led, true);
  neighbours.tell("hand");
  assert.equal(neighbours.led, false);
});

test("whoever came later may ask, and nobody is heard after the end", (t) => {
  const { neighbours, heard, followed, tell } = standing(t);
  window.dispatchEvent(new Event("backprop:ask"));
  assert.equal(heard[0].by, "run");
  neighbours.close();
  window.dispatchEvent(new Event("backprop:ask"));
  tell({ position: 3, playing: true, speed: 100 });
  assert.deepEqual([heard.length, followed.length], [1, 0]);
});
