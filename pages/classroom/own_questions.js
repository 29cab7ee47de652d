// A teacher's own questions: drawn up before the lesson, kept in the browser, asked on any page.

import { button } from "./button.js";
import { EXACT, NONE, readAnswer } from "./questions.js";
import { element } from "../stage/element.js";
import { tie } from "./tied.js";

const MOST = 100; // questions that are kept
const CHOICES = { least: 2, most: 5 };

// What was kept, without anything that is no question: the browser's storage may hold whatever.
export function readKept(kept) {
  const isText = (text) => typeof text === "string" && text !== "";
  const isChoice = ({ choices, right }) => choices.length >= CHOICES.least && choices.length <= CHOICES.most && choices.every(isText) && isText(right);
  const isNumber = ({ right, within }) => Number.isFinite(right) && within >= 0;
  const isQuestion = (each) => isText(each?.text) && Array.isArray(each.choices) && (each.kind === "number" ? isNumber(each) : each.kind === "choice" && isChoice(each));
  return Array.isArray(kept) ? kept.filter(isQuestion).slice(0, MOST) : [];
}

// The question that a form says, or what is wrong with it.
export function drawnUp(form) {
  const { text, kind } = form;
  if (!text.trim()) return { wrong: "Write the question." };
  const { wrong, ...answer } = kind === "choice" ? ofChoices(form) : ofNumber(form);
  return wrong ? { wrong } : { question: { kind, text: text.trim(), ...answer } };
}

function ofChoices({ choices, right }) {
  const said = choices.map((choice) => choice.trim()).filter(Boolean);
  if (said.length < CHOICES.least || new Set(said).size < said.length) return { wrong: "A question has two to five choices, all different." };
  return { choices: said, right: choices[right]?.trim() || NONE, within: 0 };
}

function ofNumber({ number, within }) {
  const [right, apart] = [number, within.trim() || "0"].map(readAnswer);
  if (right.wrong) return { wrong: `The right number: ${right.wrong}` };
  if (apart.wrong || apart.value < 0) return { wrong: "Give or take a number, 0 or more." };
  return { choices: [], right: right.value, within: within.trim() ? apart.value || EXACT : 0 };
}

export class OwnQuestions {
  page; store; kept; changing;

  constructor(page, store) {
    Object.assign(this, { page, store, kept: readKept(store.read("questions")), changing: null });
    this.list = element("ul", { className: "class-kept" });
    this.text = element("textarea", { rows: 2, maxLength: 400, ariaLabel: "Question" });
    this.kinds = ["choice", "number"].map((value) => element("input", { type: "radio", name: "class-kind", value, checked: value === "choice", onchange: () => this.drawKind() }));
    this.choices = Array.from({ length: CHOICES.most }, (_, i) => element("input", { type: "text", maxLength: 80, ariaLabel: `Choice ${i + 1}` }));
    this.rights = Array.from({ length: CHOICES.most + 1 }, (_, i) => element("input", { type: "radio", name: "class-right", checked: i === CHOICES.most, ariaLabel: i < CHOICES.most ? `Choice ${i + 1} is right` : "" }));
    const rows = this.choices.map((field, i) => element("div", { className: "class-row" }, field, element("label", {}, this.rights[i], "right")));
    this.ofChoices = element("div", { className: "class-part" }, ...rows, element("label", {}, this.rights[CHOICES.most], "No choice is right: the class is asked what it thinks"));
    this.number = element("input", { type: "text", maxLength: 40 });
    this.within = element("input", { type: "text", maxLength: 40 });
    this.ofNumber = element("div", { className: "class-part" },
      element("label", {}, "Right is ", this.number), element("label", {}, "give or take ", this.within),
      element("p", { textContent: "Left empty: right within the digits given, three or more." }));
    this.wrong = element("p", { id: "class-question-wrong", role: "alert" });
    this.now = button("Ask now", () => this.keep(true), { className: "class-main" });
    this.title = element("p");
    const kinds = this.kinds.map((kind, i) => element("label", {}, kind, ["choices", "a number"][i]));
    this.form = element("form", { className: "class-part", onsubmit: (event) => { event.preventDefault(); this.keep(false); } },
      this.title, this.text, element("div", { className: "class-row" }, "The answer is one of", ...kinds), this.ofChoices, this.ofNumber, this.wrong,
      element("div", { className: "class-row" }, this.now, element("button", { type: "submit", textContent: "Keep" }), button("Close", () => this.dialog.close())));
    this.dialog = element("dialog", { className: "class-own", ariaLabel: "Your questions" }, this.list, this.form);
    this.dialog.addEventListener("keydown", (event) => event.stopPropagation());
    this.change(null);
  }

  // The page is another one: what is half written goes along.
  standIn(root) { root.append(this.dialog); }

  open() {
    this.draw();
    this.dialog.showModal();
  }

  get mayAsk() {
    const { role, leads, questions, isOver } = this.page.classroom;
    return role === "teacher" && leads && !isOver && !questions.asked;
  }

  ask(question) {
    this.dialog.close();
    this.page.classroom.questions.put(question);
  }

  // Take what is written among those that are kept.
  keep(now) {
    const { question, wrong = "" } = drawnUp({
      text: this.text.value, kind: this.kinds.find(({ checked }) => checked).value, choices: this.choices.map(({ value }) => value),
      right: this.rights.findIndex(({ checked }) => checked), number: this.number.value, within: this.within.value,
    });
    const full = !wrong && this.changing === null && this.kept.length >= MOST;
    this.say(full ? `${MOST} questions are kept. Delete one first.` : wrong);
    if (wrong || full) return;
    if (this.changing === null) this.kept.push(question); else this.kept[this.changing] = question;
    this.write();
    this.change(null);
    if (now) this.ask(question);
  }

  write() {
    this.store.write("questions", this.kept);
    this.draw();
  }

  // Put a question that is kept into the form, or none.
  change(at) {
    this.changing = at;
    const { text = "", kind = "choice", choices = [], right = NONE, within = 0 } = this.kept[at] ?? {};
    this.title.textContent = at === null ? "A new question" : "Change the question";
    this.text.value = text;
    this.kinds.forEach((radio) => { radio.checked = radio.value === kind; });
    this.choices.forEach((field, i) => { field.value = choices[i] ?? ""; });
    const chosen = kind === "choice" ? choices.indexOf(right) : -1;
    this.rights.at(chosen).checked = true; // the last one says that none is right
    this.number.value = kind === "number" ? String(right) : "";
    this.within.value = within > 0 ? String(within === EXACT ? 0 : within) : "";
    this.say("");
    this.drawKind();
  }

  say(wrong) {
    this.wrong.textContent = wrong;
    this.wrong.hidden = !wrong;
    tie(this.text, this.wrong, wrong !== "");
  }

  drawKind() {
    this.ofChoices.hidden = !this.kinds[0].checked;
    this.ofNumber.hidden = this.kinds[0].checked;
  }

  // No right answer stands in the list: it may be on the projector.
  draw() {
    this.list.replaceChildren(...this.kept.map((question, at) => element("li", {}, element("span", { textContent: question.text }),
      button("Ask", () => this.ask(question), { hidden: !this.mayAsk }),
      button("Change", () => { this.change(at); this.text.focus(); }),
      button("Delete", () => this.remove(at)))));
    this.now.hidden = !this.mayAsk;
  }

  // One that was deleted by mistake stands in the form, and can be kept again.
  remove(at) {
    this.change(at);
    this.kept.splice(at, 1);
    this.changing = null;
    this.title.textContent = "Deleted. Keep it again?";
    this.write();
  }
}
