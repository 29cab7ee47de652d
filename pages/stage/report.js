// What Python hears of the player. A busy server hears the last word only, so each says all there is.

const AGAIN_MS = 5000; // without an answer: the server may have been away

export class Report {
  // `view` gives what there is to say.
  constructor(view, again = AGAIN_MS) {
    this.view = view;
    this.again = again;
    this.question = 0; // number of the question that is not answered yet
    this.quietUntil = 0;
  }

  // A question stays open until it is answered, whatever else is said meanwhile; it is asked again if nobody answers.
  ask(run) {
    if (this.question) return;
    this.question = 1 + Math.floor(Math.random() * 2 ** 30);
    this.insist(run, this.question);
  }

  insist(run, question) {
    if (question !== this.question) return;
    this.tell(run);
    clearTimeout(this.insisting);
    this.insisting = setTimeout(() => this.insist(run, question), this.again);
  }

  answered(number) {
    if (number === this.question) this.question = 0;
  }

  tell(run) {
    const wait = this.quietUntil - performance.now();
    clearTimeout(this.telling);
    if (wait > 0) { this.telling = setTimeout(() => this.tell(run), wait); return; }
    const view = this.view();
    this.said = view.position;
    this.setState("view", { ...view, run, have: run ? view.have : 0, question: this.question });
  }

  keepQuiet(ms) { this.quietUntil = performance.now() + ms; }

  close() {
    clearTimeout(this.telling);
    clearTimeout(this.insisting);
  }
}
