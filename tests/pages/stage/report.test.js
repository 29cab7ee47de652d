import assert from "node:assert/strict";
import test from "node:test";

import { Report } from "../../../pages/stage/report.js";

function listened() {
  const heard = [];
  const report = new Report(() => ({ first: 0, position: 5, have: 3, jump: 1 }));
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

test("it is sending until the task that Streamlit sends in is over", async () => {
  const [report, heard] = listened();
  report.send("action", "Pin");
  assert.deepEqual(heard, [["action", "Pin"]]);
  assert.equal(report.sending, true);
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  assert.equal(report.sending, false);
});
