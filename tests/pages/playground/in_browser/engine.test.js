import assert from "node:assert/strict";
import test from "node:test";

import { Engine } from "../../../../pages/playground/in_browser/engine.js";

const threads = [];
globalThis.Worker = class {
  constructor() { this.asked = []; threads.push(this); }
  postMessage(said) { this.asked.push(said); }
  terminate() { this.ended = true; }
  tell(data) { this.onmessage({ data }); }
  get last() { return JSON.parse(this.asked.at(-1)); }
};
URL.createObjectURL = () => "blob:";

function made() {
  const [text, far, bar, button] = [{}, {}, {}, {}];
  const root = { dataset: { state: "off" }, querySelector: (name) => ({ span: text, b: far, progress: bar, button })[name] };
  root.toggleAttribute = (name, on) => { root[name] = on; };
  const heard = [];
  const setup = { idle: "An edit fetches Python.", files: [{ size: 30 }, { size: 10 }] };
  const given = { program: "", setup, begin: () => ["begin", "lr=1"], question: () => ({ view: {} }), failed: () => heard.push("failed"), hear: (bytes) => heard.push(bytes) };
  return { engine: new Engine(root, given), root, text, far, bar, button, heard, thread: () => threads.at(-1) };
}

test("nothing is fetched before something is asked, and what was done waits and is not lost", () => {
  const { engine, root, bar, text, thread } = made();
  const before = threads.length;
  assert.deepEqual([engine.state, text.textContent], ["idle", "An edit fetches Python."]);
  assert.equal(threads.length, before);
  engine.act("text", "epochs", "2");
  engine.act("text", "epochs", "20");
  engine.act("text", "seed", "7");
  assert.equal(root.dataset.state, "loading");
  thread().tell({ bytes: 20 });
  assert.equal(bar.value, 0.5);
  assert.match(text.textContent, /fetched.*waits/);
  thread().tell({ bytes: 40 });
  assert.match(text.textContent, /starting.*waits/);
  assert.ok(engine.waits("seed"));
  thread().tell({ ready: true });
  assert.equal(root.dataset.state, "ready");
  assert.deepEqual(thread().last.acts, [["begin", "lr=1"], ["text", "epochs", "20"], ["text", "seed", "7"]]);
  assert.ok(!engine.waits("seed"));
});

test("one question at a time; what is done meanwhile is asked together", () => {
  const { engine, heard, thread } = made();
  engine.ask();
  thread().tell({ ready: true });
  engine.act("table", { version: 1 });
  engine.act("table", { version: 2 });
  engine.act("rate", "1");
  engine.act("rate", "2");
  assert.equal(thread().asked.length, 2); // what to fetch, and the first question
  thread().tell({ bytes: "one" });
  assert.deepEqual(heard, ["one"]);
  assert.deepEqual(thread().last.acts, [["table", { version: 2 }], ["rate", "1"], ["rate", "2"]]);
  thread().tell({ bytes: "two" });
  assert.equal(thread().asked.length, 3);
});

test("a failure is said, and the edit is there at the next try", () => {
  const { engine, root, text, button, heard, thread } = made();
  engine.act("text", "seed", "7");
  const first = thread();
  first.tell({ failed: "numpy: 404" });
  assert.equal(root.dataset.state, "failed");
  assert.match(text.textContent, /numpy: 404.*plays on; your edit is kept/);
  assert.ok(first.ended);
  assert.deepEqual(heard, ["failed"]);
  engine.act("text", "epochs", "9");
  assert.equal(thread(), first);
  button.onclick();
  assert.notEqual(thread(), first);
  thread().tell({ ready: true });
  assert.deepEqual(thread().last.acts, [["begin", "lr=1"], ["text", "seed", "7"], ["text", "epochs", "9"]]);
});

test("what Python stopped at is asked again, before what was done since", () => {
  const { engine, text, button, thread } = made();
  engine.act("text", "seed", "7");
  thread().tell({ ready: true });
  engine.act("text", "epochs", "9");
  thread().tell({ failed: "MemoryError" });
  assert.match(text.textContent, /^Python stopped \(MemoryError\)\..*your edit is kept/);
  button.onclick();
  thread().tell({ ready: true });
  assert.deepEqual(thread().last.acts, [["begin", "lr=1"], ["text", "seed", "7"], ["text", "epochs", "9"]]);
  thread().tell({ bytes: "one" });
  engine.act("text", "seed", "8");
  thread().tell({ failed: "MemoryError" });
  button.onclick();
  thread().tell({ ready: true });
  assert.deepEqual(thread().last.acts, [["begin", "lr=1"], ["text", "seed", "8"]]);
});

test("a long training shows how far it is", () => {
  const { engine, root, far, bar } = made();
  engine.training(500, 2000, false);
  assert.deepEqual([root["data-busy"], bar.value, far.textContent], [true, 0.25, "500 of 2000 trained"]);
  engine.training(2000, 2000, true);
  assert.deepEqual([root["data-busy"], far.textContent], [false, ""]);
});
