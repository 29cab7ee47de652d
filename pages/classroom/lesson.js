// The lesson that a teacher has open: its lines, and the one whose link was followed last, with its question ready to ask.

export class Lesson {
  lines; at; asked;

  constructor(store) {
    this.store = store;
    const { lines = [], at = -1, asked = false } = store.read("lesson") ?? {};
    Object.assign(this, { lines, at, asked });
  }

  // The page that holds the lesson gives its lines.
  hear(lines) {
    if (!lines || JSON.stringify(lines) === JSON.stringify(this.lines)) return;
    Object.assign(this, { lines, at: -1 });
    this.keep();
  }

  // The link of a line was followed.
  go(at) {
    Object.assign(this, { at, asked: false });
    this.keep();
  }

  // One that the console has named: the lesson may never have been open in this window.
  goTo(line) {
    this.lines = [line];
    this.go(0);
  }

  get line() { return this.lines[this.at] ?? null; }

  // What the line asks on its page, until it was asked.
  question(page) { return this.line && this.line.page === page && !this.asked ? this.line.question : null; }

  took(question) {
    if (question !== this.line?.question) return;
    this.asked = true;
    this.keep();
  }

  keep() {
    const { lines, at, asked } = this;
    this.store.write("lesson", { lines, at, asked });
  }
}
