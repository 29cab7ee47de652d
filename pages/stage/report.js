// What Python hears of the player. A busy server hears the last word only, so each says all there is.

export class Report {
  // `view` gives what there is to say.
  constructor(view) {
    this.view = view;
    this.question = 0; // number of the question that is not answered yet
    this.quietUntil = 0;
  }

  // A question stays open until it is answered, whatever else is said meanwhile.
  ask(run) {
    if (this.question) return;
    this.question = 1 + Math.floor(Math.random() * 2 ** 30);
    this.tell(run);
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
    this.send("view", { ...view, run, have: run ? view.have : 0, question: this.question });
  }

  send(name, value) {
    (name === "view" ? this.setState : this.setTrigger)(name, value);
    this.sending = true;
    setTimeout(() => { this.sending = false; }); // Streamlit sends it in a task of its own, which stands before this one
  }

  keepQuiet(ms) { this.quietUntil = performance.now() + ms; }

  close() { clearTimeout(this.telling); }
}
