import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { NOWHERE, consoleLink, lineCommand, obey, secretIn } from "../../../pages/classroom/commands.js";
import { Lesson } from "../../../pages/classroom/lesson.js";
import { checked } from "../../../pages/classroom/messages.js";

const table = JSON.parse(readFileSync(new URL("../../../pages/classroom/messages.json", import.meta.url), "utf8"));
const SECRET = "0f".repeat(16);

function projector(may = {}) {
  const done = [];
  const note = (name) => (...what) => done.push([name, ...what]);
  const questions = { asked: null, lack: () => "", mayReveal: true, mayAskAgain: true, mayConceal: true, reveal: note("reveal"), again: note("again"), conceal: note("conceal"), ...may };
  const page = {
    lesson: new Lesson({ read: () => null, write() {} }), question: { text: "?" }, along: () => ({ present: "1" }),
    classroom: { questions, paused: false, free: true, order: note("order") }, open: note("open"), ask: note("ask"), presses: { press: note("press") },
  };
  return { page, done };
}

test("the projector goes on to a line, and has its question ready", () => {
  const { page, done } = projector();
  const question = { text: "Will it?", kind: "choice", choices: ["yes", "no"], right: "no" };
  const said = lineCommand({ title: "A line", page: "compare", address: "vary=lr&unseen=1&position=0", question });
  obey(page, checked(table, "server", { type: "command", order: "line", ...said, id: SECRET }));
  assert.deepEqual(done, [["open", "./compare?vary=lr&unseen=1&position=0&present=1"]]);
  assert.deepEqual(page.lesson.question("compare"), question);
  obey(page, { order: "line", ...said, question: "{" });
  assert.equal(page.lesson.question("compare"), null);
});

test("it does what the console says, as far as that can be done", () => {
  const { page, done } = projector();
  for (const order of ["ask", "reveal", "again", "conceal", "pause", "free", "show", "toString"]) obey(page, { order, ...NOWHERE });
  assert.deepEqual(done, [["ask"], ["reveal"], ["again"], ["conceal"], ["order", { paused: true }], ["order", { free: false }], ["press", "show", ""]]);
  const other = projector({ asked: {}, mayReveal: false, mayAskAgain: false, mayConceal: false });
  for (const order of ["ask", "reveal", "again", "conceal"]) obey(other.page, { order, ...NOWHERE });
  assert.deepEqual(other.done, []);
  const waiting = projector({ lack: () => "The run is trained" });
  obey(waiting.page, { order: "reveal", ...NOWHERE });
  assert.deepEqual(waiting.done, []);
});

test("the secret stands behind the # of the link alone", () => {
  const link = new URL(consoleLink(SECRET, "http://host/app/compare?x=1"));
  assert.deepEqual([link.pathname, link.search, secretIn(link.hash)], ["/app/teach", "", SECRET]);
  for (const hash of ["", "#console=", `#console=${SECRET}0`, `#other=${SECRET}`]) assert.equal(secretIn(hash), "");
});
