import assert from "node:assert/strict";
import test from "node:test";

import { drawnUp, readKept } from "../../../pages/classroom/own_questions.js";
import { EXACT, NONE } from "../../../pages/classroom/questions.js";

const CHOICES = { kind: "choice", text: " Which? ", choices: [" a", "", "b", "", ""], right: 2, number: "", within: "" };
const NUMBER = { kind: "number", text: "How much?", choices: [], right: -1, number: "1,5", within: "" };

test("a question of one's own is a text with two to five choices, or a number with a tolerance", () => {
  assert.deepEqual(drawnUp(CHOICES).question, { kind: "choice", text: "Which?", choices: ["a", "b"], right: "b", within: 0 });
  assert.equal(drawnUp({ ...CHOICES, right: 5 }).question.right, NONE);
  for (const [within, kept] of [["", 0], ["0.1", 0.1], ["0", EXACT]]) {
    assert.deepEqual(drawnUp({ ...NUMBER, within }).question, { kind: "number", text: "How much?", choices: [], right: 1.5, within: kept });
  }
});

test("what is wrong with one is said", () => {
  const wrong = (form) => drawnUp(form).wrong;
  const few = "A question has two to five choices, all different.";
  assert.deepEqual([wrong({ ...CHOICES, text: " " }), wrong({ ...CHOICES, choices: ["a"] }), wrong({ ...CHOICES, choices: ["a", " a"] })], ["Write the question.", few, few]);
  assert.deepEqual([wrong({ ...NUMBER, number: "x" }), wrong({ ...NUMBER, within: "-1" }), wrong({ ...NUMBER, within: "x" })],
    ["The right number: That is no number.", "Give or take a number, 0 or more.", "Give or take a number, 0 or more."]);
});

test("of what a browser's storage holds only questions are read", () => {
  const good = [drawnUp(CHOICES).question, drawnUp(NUMBER).question];
  const forged = [null, 1, {}, { ...good[0], choices: ["a"] }, { ...good[0], choices: [1, 2] }, { ...good[1], right: "x" }, { ...good[1], within: -1 }, { ...good[1], kind: "x" }];
  assert.deepEqual(readKept([...forged, ...good]), good);
  for (const nothing of [null, {}, "x"]) assert.deepEqual(readKept(nothing), []);
});
