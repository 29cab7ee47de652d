import assert from "node:assert/strict";
import test from "node:test";

import { Lesson } from "../../../pages/classroom/lesson.js";

test("a line's question is ready on its page until it is asked, also after a reload", () => {
  const kept = {};
  const store = { read: (name) => structuredClone(kept[name] ?? null), write: (name, value) => { kept[name] = structuredClone(value); } };
  const lines = [{ page: "", question: { text: "one" } }, { page: "compare", question: { text: "two" } }, { page: "", question: null }];
  const lesson = new Lesson(store);
  lesson.hear(lines);
  assert.equal(lesson.question(""), null);
  lesson.go(1);
  lesson.hear(undefined); // a page that holds no lesson
  assert.deepEqual([lesson.question(""), lesson.question("compare")], [null, lines[1].question]);
  const again = new Lesson(store);
  again.hear(lines);
  again.took({ text: "another" });
  assert.deepEqual(again.question("compare"), { text: "two" });
  again.took(again.question("compare"));
  assert.deepEqual([again.question("compare"), new Lesson(store).question("compare")], [null, null]);
  again.go(2);
  assert.equal(again.question(""), null);
  again.hear(lines.slice(1)); // the second lesson
  assert.equal(again.line, null);
});
