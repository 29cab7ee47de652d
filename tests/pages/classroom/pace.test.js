import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { Pace } from "../../../pages/classroom/pace.js";

const { limits } = JSON.parse(readFileSync(new URL("../../../pages/classroom/messages.json", import.meta.url), "utf8"));

test("whoever has not spoken for a while is heard at once", () => {
  let time = 5000;
  const acted = [];
  const pace = new Pace(() => acted.push(time), { now: () => time, wait: () => assert.fail("there is nothing to wait for") });
  pace.ask();
  time += 80;
  pace.ask();
  assert.deepEqual(acted, [5000, 5080]);
});

test("a slider that is dragged for a second says less than a class may hear, and its last word always", () => {
  let time = 0;
  const acted = [];
  const waiting = [];
  const pace = new Pace(() => acted.push(time), { now: () => time, wait: (then, ms) => waiting.push([time + ms, then]) });
  for (; time <= 1000; time += 4) {
    while (waiting.length && waiting[0][0] <= time) waiting.shift()[1]();
    pace.ask();
  }
  const last = time - 4;
  while (waiting.length) { [time] = waiting[0]; waiting.shift()[1](); }
  assert.equal(acted[0], 0);
  assert.ok(acted.length < limits.frames_a_second * 0.75, `${acted.length} times`);
  assert.ok(acted.at(-1) >= last);
});
