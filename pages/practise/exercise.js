// A problem to do by hand: what is given, a field for each number asked, and how each was marked. What was typed is kept
// in this browser alone, by problem.

import { element } from "../stage/element.js";

const KEPT = "practise";
const TRIES = 2; // then the solution may be seen
const OPEN = { state: "", text: "", mistakes: [] };
const STATES = ["right", "carried", "wrong"];

export class Exercise {
  root; store; send; problem; fields; typed; tries; shown;

  constructor(root, store) {
    Object.assign(this, { root, store });
    // Streamlit's and the page's shortcuts must not hear what is typed into a field.
    for (const kind of ["keydown", "keyup", "keypress"]) root.addEventListener(kind, (event) => event.stopPropagation());
  }

  // Called at every rerun with what Python has, which may be out of date.
  receive(data, send) {
    this.send = send;
    if (data.problem !== this.problem) this.open(data);
    this.mark(data);
  }

  open({ problem, given, notes, groups }) {
    this.problem = problem;
    const { typed = {}, tries = {}, shown = [] } = this.kept()[problem] ?? {};
    Object.assign(this, { typed, tries, shown, fields: new Map() });
    this.end = element("p", { className: "end", role: "status" });
    const forget = element("button", { type: "button", textContent: "Throw away all that is kept", onclick: () => this.forget() });
    this.root.ariaLabel = "Problem " + problem;
    this.root.replaceChildren(
      element("div", { className: "given" }, ...given.map(([name, rows]) => this.matrix(name, rows)),
        ...notes.map((textContent) => element("p", { textContent }))),
      element("div", { className: "asked" }, ...groups.map(([name, names]) => this.group(name, names))),
      this.end,
      element("div", { className: "kept" }, forget,
        element("span", { textContent: "What you type stays in this browser." })),
    );
    if (Object.keys(typed).length) this.tell();
  }

  matrix(name, rows) {
    const cells = rows.map((row) => element("tr", {}, ...row.map((textContent) => element("td", { textContent }))));
    return element("table", {}, element("caption", { textContent: name }), element("tbody", {}, ...cells));
  }

  group(name, names) {
    return element("div", { role: "group", ariaLabel: name }, ...names.map((each) => this.entry(each)));
  }

  entry(name) {
    const id = "entry-" + this.fields.size;
    const input = element("input", { id, type: "text", value: this.typed[name] ?? "", autocomplete: "off", maxLength: 200, inputMode: "text" });
    input.setAttribute("aria-describedby", id + "-told");
    const told = element("p", { id: id + "-told", className: "told", ariaLive: "polite" });
    const onclick = () => { this.shown.push(name); this.tell(); };
    const show = element("button", { type: "button", textContent: "Show me", ariaLabel: "Show me " + name, hidden: true, onclick });
    input.addEventListener("change", () => this.answer(name, input.value));
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") this.answer(name, input.value); });
    const line = element("div", { className: "entry" }, element("label", { htmlFor: id, textContent: name }), input, show, told);
    this.fields.set(name, { line, input, told, show });
    return line;
  }

  answer(name, text) {
    if ((this.typed[name] ?? "") === text) return;
    this.typed[name] = text;
    this.tell();
  }

  tell() {
    this.keep({ ...this.kept(), [this.problem]: { typed: this.typed, tries: this.tries, shown: this.shown } });
    this.send({ problem: this.problem, typed: { ...this.typed }, shown: [...this.shown] });
  }

  mark({ marks, worked, end }) {
    const states = [...this.fields.keys()].map((name) => this.show(name, marks[name], worked[name]));
    for (const state of STATES) this.root.dataset[state] = String(states.filter((each) => each === state).length);
    this.root.dataset.open = String(states.filter((each) => !STATES.includes(each)).length);
    if (this.end.textContent !== end) this.end.textContent = end;
  }

  // Show how an entry was marked, and give its state. A mark of a text that was changed since is out of date.
  show(name, mark, solution = "") {
    const { line, input, told, show } = this.fields.get(name);
    const { state, text, mistakes } = mark?.said === this.typed[name] && mark ? mark : OPEN;
    line.dataset.state = state;
    input.setAttribute("aria-invalid", String(state === "wrong" || state === "unread"));
    if (mistakes.length) told.dataset.mistake = mistakes.join(" ");
    else delete told.dataset.mistake;
    show.hidden = state !== "wrong" || solution !== "" || this.tried(name, mark.said) < TRIES;
    const full = [text, solution].filter(Boolean).join(" ");
    if (told.textContent !== full) told.textContent = full; // announced once
    return state;
  }

  // Count the wrong answers to an entry, this one among them.
  tried(name, said) {
    const before = this.tries[name] ?? [];
    this.tries[name] = before.includes(said) ? before : [...before, said];
    return this.tries[name].length;
  }

  kept() {
    try { return JSON.parse(this.store.getItem(KEPT) ?? "{}") ?? {}; } catch { return {}; }
  }

  // A browser may refuse to keep anything; the problem can be done all the same.
  keep(all) {
    try { this.store.setItem(KEPT, JSON.stringify(all)); } catch { /* not kept */ }
  }

  forget() {
    try { this.store.removeItem(KEPT); } catch { /* nothing was kept */ }
    Object.assign(this, { typed: {}, tries: {}, shown: [] });
    for (const { input } of this.fields.values()) input.value = "";
    this.send({ problem: this.problem, typed: {}, shown: [] });
  }
}

const exercises = new WeakMap();

// A browser can refuse it, as in a frame of another site. Then nothing is kept.
function storage() {
  try { return localStorage; } catch { return null; }
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".practise");
  if (!exercises.has(root)) exercises.set(root, new Exercise(root, storage()));
  exercises.get(root).receive(data, (answers) => setStateValue("answers", answers));
}
