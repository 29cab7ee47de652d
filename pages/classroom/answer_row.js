// The question of a class, for the teacher and for the students, and the answers once they are revealed.

import { button } from "./button.js";
import { DistributionChart } from "./distribution_chart.js";
import { element } from "../stage/element.js";
import { isLong, isRight, isTooShort, readAnswer } from "./questions.js";
import { significant } from "./six_digits.js";
import { tie } from "./tied.js";

const UNMARKED = {
  "": "The run before had no loss that is a number, so no answer is marked.",
  "the same": "The loss is the same as before, so no answer is marked.",
};

const FIELDS = "input, textarea, select, button, a, [contenteditable]";

const asText = (value) => (typeof value === "number" ? significant(value) : value);

export class AnswerRow {
  constructor(page) {
    this.page = page;
    const { questions } = page.classroom;
    this.questions = questions;
    this.text = element("p", { className: "class-question" });
    this.field = element("input", { type: "text", inputMode: "text", autocomplete: "off", maxLength: 40, ariaLabel: "Your answer" });
    this.send = element("button", { type: "submit", textContent: "Send" });
    this.form = element("form", { onsubmit: (event) => this.submit(event) }, this.field, this.send, element("span", { textContent: "Three digits are enough." }));
    this.choices = element("div", { className: "class-choices", role: "group", ariaLabel: "Your answer" });
    this.said = element("p", { className: "class-said", id: "class-answer-said" });
    this.result = element("p", { className: "class-result" });
    this.chart = new DistributionChart(page);
    this.reveal = button("Reveal", () => questions.reveal(), { className: "class-main" });
    this.withdraw = button("", () => questions.withdraw());
    // Focusable, because on a small screen it scrolls, and the keyboard must be able to scroll it.
    this.box = element("div", { className: "class-asked", hidden: true, role: "group", ariaLabel: "Question to the class", tabIndex: 0 },
      this.text, this.form, this.choices, this.said, this.result, this.chart.div, element("div", { className: "class-row" }, this.reveal, this.withdraw));
    // What has the focus; it gets it back when another page or a pause has moved the box.
    this.box.addEventListener("focusin", ({ target }) => { this.focused = target; });
    this.box.addEventListener("focusout", ({ target }) => setTimeout(() => {
      if (target.isConnected && document.activeElement !== target) this.focused = null;
    }));
  }

  submit(event) {
    event.preventDefault();
    const { value, wrong = "" } = readAnswer(this.field.value);
    this.wrong = wrong;
    if (!wrong) this.questions.send(value);
    this.page.draw();
  }

  // Stand in a bar, or in the pause. What is typed goes along, because one row serves all pages.
  standIn(place) {
    if (this.box.parentElement === place) return;
    const { focused } = this;
    place.insertBefore(this.box, place.lastElementChild);
    if (focused?.isConnected && !document.activeElement?.matches(FIELDS)) focused.focus({ preventScroll: true });
  }

  draw({ role, present, isOver }) {
    const { asked, revealed } = this.questions;
    this.box.hidden = asked === null || isOver;
    if (!asked) { this.number = null; this.chart.clear(); return; }
    if (asked.question !== this.number) this.begin(asked);
    this.text.textContent = asked.text;
    const teaches = role === "teacher";
    const open = !revealed;
    this.drawAnswer(!teaches && open);
    const lack = this.questions.mayReveal ? this.questions.lack(asked) : "";
    this.reveal.hidden = !teaches || !this.questions.mayReveal || lack !== "";
    this.withdraw.hidden = !teaches;
    this.withdraw.textContent = open ? "Withdraw" : "Put away";
    // How many have answered is not said aloud with each of them.
    this.said.ariaLive = teaches ? "off" : "polite";
    tie(this.field, this.said, this.wrong !== "");
    this.result.hidden = open;
    if (open) {
      this.chart.clear();
      this.said.textContent = teaches ? `${this.questions.answers} of ${Math.max(present, this.questions.answers)} have answered. ${lack}`.trim() : this.answerSaid();
    } else {
      this.said.textContent = "";
      this.drawRevealed(revealed);
    }
  }

  // The page is left.
  close() { this.chart.clear(); } // it listens to the window's size

  begin({ question, choices }) {
    Object.assign(this, { number: question, wrong: "" });
    this.field.value = "";
    this.choices.replaceChildren(...choices.map((choice) => button(choice, () => { this.questions.send(choice); this.page.draw(); })));
  }

  drawAnswer(answering) {
    const { asked, answer } = this.questions;
    this.form.hidden = !answering || asked.kind !== "number";
    this.choices.hidden = !answering || asked.kind !== "choice";
    for (const choice of this.choices.children) choice.setAttribute("aria-pressed", String(choice.textContent === answer?.value));
  }

  answerSaid() {
    const { answer, isNoted } = this.questions;
    if (this.wrong) return this.wrong;
    if (!answer) return "";
    const then = isNoted ? "You can change it until the answers are revealed." : "It is on its way to the class.";
    return `Your answer: ${asText(answer.value)}. ${then}`;
  }

  drawRevealed({ right, answers }) {
    const { answer, isNoted } = this.questions;
    const mine = isNoted ? answer.value : null;
    const good = answers.filter((answer) => isRight(answer, right)).length;
    const rounded = isLong(right) ? ", also rounded to three digits or more" : "";
    const known = UNMARKED[right] ?? `Right is ${asText(right)}${rounded}: ${good} of ${answers.length}.`;
    const lacks = !isNoted ? ", which came too late" : isTooShort(mine, right) ? ", which has too few digits" : "";
    this.result.textContent = known + (answer ? ` Your answer: ${asText(answer.value)}${lacks}.` : "");
    this.chart.draw(this.questions.asked, { right, answers, mine });
  }
}
