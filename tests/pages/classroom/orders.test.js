import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { NOWHERE } from "../../../pages/classroom/commands.js";
import { checked } from "../../../pages/classroom/messages.js";
import { Orders } from "../../../pages/classroom/orders.js";

const table = JSON.parse(readFileSync(new URL("../../../pages/classroom/messages.json", import.meta.url), "utf8"));

function console() {
  const it = { now: 0, said: [] };
  it.orders = new Orders((message) => it.said.push(checked(table, "teacher", { type: "command", ...message })), () => it.now);
  it.pass = (ms) => { it.now += ms; it.said = []; it.news = it.orders.watch(); return it.said.map(({ order }) => order); };
  return it;
}

test("an order is said until the projector has done it", () => {
  const it = console();
  it.orders.give("ask", NOWHERE);
  const [{ id }] = it.said;
  assert.deepEqual([it.pass(900), it.pass(200)], [[], ["ask"]]);
  assert.deepEqual([it.said[0].id, it.orders.notice], [id, ""]);
  assert.equal(it.news, false);
  it.pass(2000);
  assert.deepEqual([it.news, it.orders.notice], [true, "The projector has not answered yet: Ask. It is asked again."]);
  it.orders.done("0".repeat(32)); // another one
  assert.deepEqual(it.pass(1100), ["ask"]);
  it.orders.done(id);
  assert.deepEqual([it.pass(1100), it.orders.notice], [[], ""]);
});

test("the newest of each kind waits, as they were said, and the console says what became too old", () => {
  const it = console();
  for (const page of ["compare", "step_by_step"]) it.orders.give("line", { ...NOWHERE, page });
  it.orders.give("show", NOWHERE);
  it.orders.give("line", { ...NOWHERE, page: "teach" });
  assert.deepEqual([it.pass(1100), it.said.at(-1).page], [["show", "line"], "teach"]);
  it.pass(15_000);
  it.orders.give("ask", NOWHERE);
  assert.deepEqual(it.pass(4000), ["ask"]);
  it.orders.done(it.said[0].id);
  assert.equal(it.orders.notice, "Not done: Show, the line. The projector did not answer.");
  it.orders.give("ask", NOWHERE);
  assert.equal(it.orders.notice, "");
  it.orders.clear();
  assert.deepEqual(it.pass(30_000), []);
});
