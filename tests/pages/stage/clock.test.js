import assert from "node:assert/strict";
import test from "node:test";

import { Clock, frameAt, speedsFor, usualSpeed } from "../../../pages/stage/clock.js";

const POSITIONS = Int32Array.of(0, 1, 2, 4, 8, 16);

function clockWith(have, speed = 2) {
  const clock = new Clock();
  clock.begin({ positions: POSITIONS, have });
  clock.speed = speed;
  return clock;
}

test("the frame of a position is the last one that is not beyond it", () => {
  const frames = [-1, 0, 0.9, 1, 3, 4, 15.9, 16, Infinity].map((position) => frameAt(POSITIONS, 5, position));
  assert.deepEqual(frames, [0, 0, 0, 1, 2, 3, 4, 5, 5]);
  assert.equal(frameAt(POSITIONS, 3, 16), 3); // the run ended there
});

test("speeds go with the length of the run", () => {
  assert.deepEqual(speedsFor(3), [1, 2, 5, 10]);
  assert.equal(speedsFor(2000).at(-1), 2000);
  assert.equal(speedsFor(10 ** 7).at(-1), 500000);
  assert.equal(usualSpeed(speedsFor(2000), 2000), 100);
  assert.equal(usualSpeed(speedsFor(3), 3), 1);
});

test("playing goes by the time that has passed, and shows recorded positions only", () => {
  const clock = clockWith(6);
  clock.play(true, 1000);
  const shown = [1000, 1250, 1450, 1500, 1740, 1990, 2000].map((now) => { clock.advance(now); return clock.position; });
  assert.deepEqual(shown, [0, 0, 0, 1, 1, 1, 2]);
  assert.equal(clock.epochs, 2);
});

test("a late picture is not made up for in one jump, and time never runs back", () => {
  const clock = clockWith(6);
  clock.play(true, 0);
  clock.advance(60_000);
  assert.equal(clock.epochs, 0.5); // a quarter of a second
  clock.advance(50_000);
  assert.equal(clock.epochs, 0.5);
});

test("at the last frame it stops, on that frame", () => {
  const clock = clockWith(6, 1000);
  clock.play(true, 0);
  assert.equal(clock.advance(250), false);
  assert.deepEqual([clock.playing, clock.frame, clock.epochs], [false, 5, 16]);
});

test("a run that ended before its last position stops there", () => {
  const clock = clockWith(4, 1000);
  clock.end = 3;
  clock.play(true, 0);
  assert.equal(clock.advance(250), false);
  assert.deepEqual([clock.position, clock.complete, clock.starved], [4, true, false]);
});

test("where frames run out it waits on the last one, no further than to the next", () => {
  const clock = clockWith(3, 1000);
  clock.play(true, 0);
  assert.equal(clock.advance(250), true);
  assert.deepEqual([clock.frame, clock.epochs, clock.starved, clock.complete], [2, 4, true, false]);
  clock.frames.have = 6;
  clock.advance(251);
  assert.equal(clock.position, 4);
});

test("what is left to play is told in seconds", () => {
  const clock = clockWith(5);
  assert.equal(clock.ahead, 4); // eight epochs at two a second
  clock.play(true, 10_000);
  assert.deepEqual([clock.late, clock.starved], [false, false]);
  clock.advance(10_250);
  assert.deepEqual([clock.epochs, clock.ahead, clock.late, clock.starved], [0.5, 3.75, false, false]);
  assert.equal(clock.at(10_500), 1);
  clock.play(false, 10_500);
  assert.equal(clock.at(12_000), clock.position); // whoever pauses stands
});

test("a run is complete with its last frame, and not one sooner", () => {
  assert.deepEqual([4, 5, 6].map((have) => clockWith(have).complete), [false, false, true]);
});

test("a goal that has not arrived is waited for", () => {
  const clock = clockWith(3);
  assert.equal(clock.seek(4), false);
  assert.deepEqual([clock.position, clock.stands, clock.waiting, clock.starved], [2, 8, true, true]);
  clock.frames.have = 5;
  assert.equal(clock.pursue(), true);
  assert.deepEqual([clock.position, clock.stands, clock.waiting], [8, 8, false]);
});

test("seeking stays within the run", () => {
  const clock = clockWith(6);
  clock.seek(-1);
  assert.equal(clock.frame, 0);
  clock.seek(99);
  assert.equal(clock.frame, 5);
});

test("whoever plays or pauses has no goal any more, and goes on from what is shown", () => {
  const clock = clockWith(3);
  clock.seek(4);
  clock.play(false, 0);
  assert.deepEqual([clock.waiting, clock.stands, clock.epochs, clock.playing], [false, 2, 2, false]);
});

test("who follows is where the other is, however late a picture comes", () => {
  const clock = clockWith(6);
  assert.equal(clock.follow(1.5, true, 4, 1000), true);
  clock.then = 1000;
  clock.advance(2500); // a second and a half later, in one picture
  assert.deepEqual([clock.epochs, clock.position, clock.late], [7.5, 4, false]);
  assert.equal(clock.at(2500), 7.5);
  clock.advance(2600);
  assert.equal(clock.position, 4);
  assert.equal(clock.advance(9000), false); // to the end, as the other
  assert.deepEqual([clock.position, clock.playing, clock.course], [16, false, null]);
});

test("a position that is followed is gone to as soon as it has arrived, and a hand takes the lead", () => {
  const clock = clockWith(3);
  assert.equal(clock.follow(8, false, 4, 0), false);
  assert.deepEqual([clock.position, clock.stands, clock.waiting], [2, 8, true]);
  clock.frames.have = 6;
  clock.pursue();
  assert.equal(clock.position, 8);
  clock.frames.have = 3;
  clock.follow(8, false, 4, 0);
  assert.equal(clock.waiting, true);
  clock.follow(1, true, 4, 0);
  assert.equal(clock.waiting, false);
  clock.frames.have = 6;
  clock.seek(4);
  clock.follow(1, true, 4, 0);
  clock.play(true, 0);
  clock.advance(100); // from where it stood, by its own speed
  assert.ok(clock.epochs > 8 && clock.epochs < 9);
});

test("it says when it left time out, and where it is between two pictures", () => {
  const clock = clockWith(6);
  clock.play(true, 0);
  clock.advance(200);
  assert.equal(clock.late, false);
  assert.equal(clock.at(700), 1.4);
  clock.advance(1000);
  assert.equal(clock.late, true);
});
