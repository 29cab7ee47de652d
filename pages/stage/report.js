// What Python is told of the player. A busy server gets only the last message, so each one says everything.

import { maySpeak } from "./may_speak.js";
import { Presses } from "./presses.js";

const AGAIN_MS = 5000; // a question is repeated after this long without an answer
const WAIT_MS = 100; // until the next try, while nothing may be sent

export class Report {
  setState; setTrigger; // Streamlit's, of the newest message
  view; may;

  // `view` gives what is to be told.
  constructor(view, may = maySpeak) {
    Object.assign(this, { view, may });
    this.question = 0; // number of the question that is not answered yet
    this.presses = new Presses((all) => this.setState("pressed", all));
  }

  // A question stays open until it is answered, whatever else is told meanwhile, and is repeated until then.
  ask(run) {
    if (this.question) return;
    this.question = 1 + Math.floor(Math.random() * 2 ** 30);
    this.insist(run, this.question);
  }

  insist(run, question) {
    if (question !== this.question) return;
    this.tell(run);
    clearTimeout(this.insisting);
    this.insisting = setTimeout(() => this.insist(run, question), AGAIN_MS);
  }

  answered(number) {
    if (number === this.question) this.question = 0;
  }

  tell(run) {
    clearTimeout(this.telling);
    if (!this.may()) { this.telling = setTimeout(() => this.tell(run), WAIT_MS); return; }
    const view = this.view();
    this.said = view.position;
    this.setState("view", { ...view, run, have: run ? view.have : 0, question: this.question });
  }

  close() {
    clearTimeout(this.telling);
    clearTimeout(this.insisting);
  }
}
