// The question of a class, for the teacher and for the students, and the answers once they are revealed.

import { button } from "./button.js";
import { DistributionChart } from "./distribution_chart.js";
import { element } from "../stage/element.js";
import { EXACT, NONE, fallen, isLong, isRight, isTooShort, readAnswer } from "./questions.js";
import { significant } from "./six_digits.js";
import { tie } from "./tied.js";

const UNMARKED = {
  "": "The run before had no loss that is a number, so no answer is marked.",
  [NONE]: "No answer is marked as right.",
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
    this.again = button("Ask again", () => questions.again());
    this.conceal = button("Hide the answers", () => questions.conceal());
    this.withdraw = button("", () => questions.withdraw());
    // Focusable, because on a small screen it scrolls, and the keyboard must be able to scroll it.
    this.box = element("div", { className: "class-asked", hidden: true, role: "group", ariaLabel: "Question to the class", tabIndex: 0 },
      this.text, this.form, this.choices, this.said, this.result, this.chart.div, element("div", { className: "class-row" }, this.reveal, this.again, this.conceal, this.withdraw));
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
    if (!asked) { this.asking = null; this.chart.clear(); return; }
    const asking = `${asked.question}.${asked.round}`;
    if (asking !== this.asking) this.begin(asked, asking);
    this.text.textContent = asked.text;
    const teaches = role === "teacher";
    const open = !revealed;
    this.drawAnswer(!teaches && open);
    const lack = this.questions.offer && this.questions.mayReveal ? this.questions.lack(this.questions.offer) : "";
    this.drawOrders(teaches, lack);
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

  // What a teacher can do with it.
  drawOrders(teaches, lack) {
    const { mayReveal, mayAskAgain, mayConceal, revealed } = this.questions;
    this.reveal.hidden = !teaches || !mayReveal || lack !== "";
    this.again.hidden = !teaches || !mayAskAgain;
    this.conceal.hidden = !teaches || !mayConceal;
    this.withdraw.hidden = !teaches;
    this.withdraw.textContent = revealed ? "Put away" : "Withdraw";
  }

  // The page is left.
  close() { this.chart.clear(); } // it listens to the window's size

  begin({ choices }, asking) {
    Object.assign(this, { asking, wrong: "" });
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

  // Only the window that has asked knows the mistakes.
  cameOut(answers, right, within) {
    const fell = fallen(this.questions.offer?.slips ?? [], answers, right, within).map(([count, said]) => `${count} ${said}`);
    return fell.length ? ` What came out: ${fell.join("; ")}.` : "";
  }

  drawRevealed({ right, within, first, answers }) {
    const { answer, isNoted, asked } = this.questions;
    const mine = isNoted ? answer.value : null;
    const good = (given) => `${given.filter((answer) => isRight(answer, right, within)).length} of ${given.length}`;
    const rounded = within > EXACT ? `, give or take ${significant(within)}` : !within && isLong(right) ? ", also rounded to three digits or more" : "";
    const counts = asked.round > 1 ? `${good(first)} at first, ${good(answers)} when asked again` : good(answers);
    const known = UNMARKED[right] ?? `Right is ${asText(right)}${rounded}: ${counts}.`;
    const lacks = !isNoted ? ", which came too late" : isTooShort(mine, right, within) ? ", which has too few digits" : "";
    this.result.textContent = known + this.cameOut(answers, right, within) + (answer ? ` Your answer: ${asText(answer.value)}${lacks}.` : "");
    this.chart.draw(asked, { right, within, first, answers, mine });
  }
}
