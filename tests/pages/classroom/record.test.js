import assert from "node:assert/strict";
import test from "node:test";

import { Record, csvCell, csvOf } from "../../../pages/classroom/record.js";
import cases from "./cases.json" with { type: "json" };

test("no cell begins a formula, and each is one cell", () => {
  assert.deepEqual(["=1+1", "+1 up", "-x", "@a", "-0.5", "1e-9", 'a "b", c', "", null, "q;=1"].map(csvCell), ["'=1+1", "'+1 up", "'-x", "'@a", "-0.5", "1e-9", '"a ""b"", c"', "", "", '"q;\'=1"']);
});

test("a cell is written as the history's table writes it", () => {
  for (const [text, cell] of Object.entries(cases.cells)) assert.equal(csvCell(text), cell);
});

test("runs that are known already are not kept again", () => {
  let writes = 0;
  const record = new Record({ read: () => null, write: () => { writes += 1; } });
  const run = { kind: "seed", value: "1", loss: 0.5, right: true };
  for (const runs of [[run], [run], [run, { ...run, value: "2" }], [run, { ...run, value: "2" }]]) record.noteRuns("seed x", runs);
  assert.deepEqual([writes, record.runs.length], [2, 2]);
  record.clear();
  record.noteRuns("seed x", [run]);
  assert.equal(record.runs.length, 1);
});

test("questions with counts of both rounds, and runs, without any name", () => {
  const kept = {};
  const store = { read: (name) => structuredClone(kept[name] ?? null), write: (name, value) => { kept[name] = structuredClone(value); } };
  const record = new Record(store);
  assert.equal(record.isEmpty, true);
  const asked = { text: "Which?", choices: ["a", "b", "c"], round: 2 };
  record.note({ ...asked, round: 1 }, { question: 1, right: "b", within: 0, first: [], answers: ["a"] });
  record.note(asked, { question: 1, right: "b", within: 0, first: ["a", "b"], answers: ["b", "b"] });
  record.note({ ...asked, round: 1 }, { question: 2, right: "b", within: 0, first: [], answers: ["b"] }); // the same words again
  record.note({ text: "How much?", choices: [], round: 1 }, { question: 3, right: 0.5, within: 0.1, first: [], answers: [0.45, 2] });
  record.noteRuns("lr x", [{ kind: "learning rate", value: "0.1", loss: 0.25, right: true }]);
  record.noteRuns("lr x", [{ kind: "learning rate", value: "0.1", loss: 0.25, right: true }, { kind: "learning rate", value: "3", loss: "nan", right: false }]);
  record.noteRuns("lr x", []);
  assert.deepEqual(new Record(store).csv.split("\r\n"), [
    "what,number,text,round,value,count,per cent,right,loss",
    "question,1,Which?,1,a,1,50,no,", "question,1,Which?,1,b,1,50,yes,", "question,1,Which?,1,c,0,0,no,",
    "question,1,Which?,2,a,0,0,no,", "question,1,Which?,2,b,2,100,yes,", "question,1,Which?,2,c,0,0,no,",
    "question,2,Which?,1,a,0,0,no,", "question,2,Which?,1,b,1,100,yes,", "question,2,Which?,1,c,0,0,no,",
    "question,3,How much?,1,0.45,1,50,yes,", "question,3,How much?,1,2,1,50,no,",
    "run,,learning rate,,0.1,,,yes,0.25", "run,,learning rate,,3,,,no,not a number", "",
  ]);
  record.clear();
  assert.deepEqual([kept.record, csvOf(record)], [null, "what,number,text,round,value,count,per cent,right,loss\r\n"]);
});
