import assert from "node:assert/strict";
import test, { afterEach } from "node:test";

import { Report } from "../../../pages/stage/report.js";

const open = [];
afterEach(() => open.splice(0).forEach((report) => report.close()));

function listened(may = () => true) {
  const heard = [];
  const report = new Report(() => ({ position: 5, have: 3, jump: 1 }), may);
  open.push(report);
  report.setState = (name, value) => heard.push(value);
  report.setTrigger = (name, value) => heard.push([name, value]);
  return [report, heard];
}

test("a question is asked once, until its answer", () => {
  const [report, heard] = listened();
  report.ask("a");
  report.ask("a");
  assert.equal(heard.length, 1);
  assert.ok(heard[0].question > 0);
  report.answered(0); // of another one
  report.ask("a");
  assert.equal(heard.length, 1);
  report.answered(heard[0].question);
  report.ask("a");
  assert.equal(heard.length, 2);
});

test("an open question is said again with whatever else is said", () => {
  const [report, heard] = listened();
  report.ask("a");
  report.tell("a");
  assert.deepEqual(heard[1], heard[0]);
  assert.deepEqual(heard[1], { position: 5, have: 3, jump: 1, run: "a", question: report.question });
  assert.equal(report.said, 5);
});

test("what was pressed is said with each press until it is heard", () => {
  const [report, heard] = listened(() => false); // not even while the page is being left a press waits
  report.presses.press("action", "Pin this run");
  report.presses.press("choice", "decision");
  const [first, second] = heard[1].map(([number]) => number);
  assert.ok(first < second);
  assert.deepEqual(heard[1].map(([, ...said]) => said), [["action", "Pin this run"], ["choice", "decision"]]);
  report.presses.heard(first);
  report.presses.press("action", "Unpin");
  assert.deepEqual(heard[2].map(([, , value]) => value), ["decision", "Unpin"]);
});

test("of no run it has nothing", () => {
  const [report, heard] = listened();
  report.ask("");
  assert.equal(heard[0].have, 0);
});

test("while the page is being left nothing is said, and afterwards the last word once", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let left = true;
  const [report, heard] = listened(() => !left);
  report.tell("a");
  report.tell("b");
  context.mock.timers.tick(150);
  assert.deepEqual(heard, []);
  left = false;
  context.mock.timers.tick(1000);
  assert.deepEqual(heard.map(({ run }) => run), ["b"]);
});

test("closed, it says nothing more", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let left = true;
  const [report, heard] = listened(() => !left);
  report.tell("a");
  report.close();
  left = false;
  context.mock.timers.tick(1000);
  assert.deepEqual(heard, []);
});

test("a question that nobody answers is asked again every five seconds, the same one, until it is answered", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const [report, heard] = listened();
  report.ask("a");
  context.mock.timers.tick(4999);
  assert.equal(heard.length, 1);
  context.mock.timers.tick(1);
  assert.equal(heard.length, 2);
  context.mock.timers.tick(5000);
  assert.equal(heard.length, 3);
  assert.equal(new Set(heard.map(({ question }) => question)).size, 1);
  report.answered(heard[0].question);
  context.mock.timers.tick(20_000);
  assert.equal(heard.length, 3);
});
