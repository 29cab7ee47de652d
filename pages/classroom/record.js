// What a class has answered and what became of its runs, as a table for its teacher. It is kept in the teacher's browser
// until the next class begins; the server keeps nothing, and there are no names.

import { isRight } from "./questions.js";

const HEAD = ["what", "number", "text", "round", "value", "count", "per cent", "right", "loss"];
// Where a spreadsheet would begin a formula: also where it takes another sign than the comma to part cells.
const FORMULA = /(?:^|(?<=[;\t|]))(?=\s*[=+\-@\t\r\n＝＋－＠])/g;
const NUMERIC = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

// A cell that begins like a formula is none once an apostrophe stands before it.
export function csvCell(value) {
  const text = String(value ?? "");
  const safe = NUMERIC.test(text) ? text : text.replace(FORMULA, "'");
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// The rows of one round of a question: one for each value that was answered, and for each choice that nobody took.
// Its number tells it from another with the same words.
function countRows({ question, text, choices, right, within }, answers, round) {
  const values = [...new Set([...choices, ...answers])];
  return values.map((value) => {
    const count = answers.filter((answer) => answer === value).length;
    const marked = right === undefined ? "" : isRight(value, right, within) ? "yes" : "no";
    return ["question", question, text, round, value, count, Math.round((100 * count) / (answers.length || 1)), marked, ""];
  });
}

export function csvOf({ questions, runs }) {
  const asked = questions.flatMap((each) => [
    ...(each.round > 1 ? countRows(each, each.first, 1) : []), ...countRows(each, each.answers, each.round),
  ]);
  const became = runs.map(({ kind, value, loss, right }) => ["run", "", kind, "", value, "", "", right ? "yes" : "no", loss === "nan" ? "not a number" : loss]);
  return [HEAD, ...asked, ...became].map((row) => row.map(csvCell).join(",")).join("\r\n").concat("\r\n");
}

export class Record {
  store; questions; runs;

  constructor(store) {
    this.store = store;
    const { questions = [], runs = [] } = store.read("record") ?? {};
    Object.assign(this, { questions, runs });
  }

  get isEmpty() { return !this.questions.length && !this.runs.length; }

  clear() { this.keep([], []); }

  // A question whose answers were revealed; once more, if it was asked again.
  note({ text, choices, round }, { question, right, within, first, answers }) {
    const said = { question, text, choices, round, right, within, first, answers };
    this.keep([...this.questions.filter((each) => each.question !== question), said], this.runs);
  }

  // Everybody's own runs, as far as they are known; another experiment's come after them.
  noteRuns(name, runs) {
    const said = runs.map((run) => ({ name, ...run }));
    const known = this.runs.filter((each) => each.name === name);
    if (!runs.length || JSON.stringify(known) === JSON.stringify(said)) return; // asked at every message of the class
    this.keep(this.questions, [...this.runs.filter((each) => each.name !== name), ...said]);
  }

  keep(questions, runs) {
    Object.assign(this, { questions, runs });
    this.store.write("record", this.isEmpty ? null : { questions, runs });
  }

  get csv() { return csvOf(this); }
}
