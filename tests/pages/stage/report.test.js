import assert from "node:assert/strict";
import test, { afterEach } from "node:test";

import { Report } from "../../../pages/stage/report.js";

const open = [];
afterEach(() => open.splice(0).forEach((report) => report.close()));

function listened(again) {
  const heard = [];
  const report = new Report(() => ({ first: 0, position: 5, have: 3, jump: 1 }), again);
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
  assert.deepEqual(heard[1], { first: 0, position: 5, have: 3, jump: 1, run: "a", question: report.question });
  assert.equal(report.said, 5);
});

test("of no run it has nothing", () => {
  const [report, heard] = listened();
  report.ask("");
  assert.equal(heard[0].have, 0);
});

test("while it is quiet nothing is said, and afterwards the last word once", async () => {
  const [report, heard] = listened();
  report.keepQuiet(30);
  report.tell("a");
  report.tell("b");
  assert.deepEqual(heard, []);
  await new Promise((resolve) => { setTimeout(resolve, 60); });
  assert.deepEqual(heard.map(({ run }) => run), ["b"]);
});

test("closed, it says nothing more", async () => {
  const [report, heard] = listened();
  report.keepQuiet(10);
  report.tell("a");
  report.close();
  await new Promise((resolve) => { setTimeout(resolve, 30); });
  assert.deepEqual(heard, []);
});

const after = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

test("a question that nobody answers is asked again, the same one, until it is answered", async () => {
  const [report, heard] = listened(10);
  report.ask("a");
  await after(60);
  assert.ok(heard.length > 2);
  assert.equal(new Set(heard.map(({ question }) => question)).size, 1);
  report.answered(heard[0].question);
  const asked = heard.length;
  await after(40);
  assert.equal(heard.length, asked);
  report.close();
});
