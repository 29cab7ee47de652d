// A numbered question to Python. Its answer means that Python has heard all that was said before it: every message to
// the server carries the values of all widgets.

const PATIENCE_MS = 5000; // after so long no answer is expected any more

export class Question {
  constructor() {
    this.number = 0;
    this.answers = new Map();
  }

  // Resolves when it is answered, or after `patience`. `send` sends the number of the question.
  ask(send, patience = PATIENCE_MS) {
    this.number = Math.max(this.number, Date.now()) + 1; // larger than any of a page before a reload
    const { number } = this;
    return new Promise((resolve) => {
      this.answers.set(number, resolve);
      setTimeout(() => this.settle(number), patience);
      send(number);
    });
  }

  heard(number) {
    for (const asked of [...this.answers.keys()]) if (asked <= number) this.settle(asked);
  }

  settle(number) {
    this.answers.get(number)?.();
    this.answers.delete(number);
  }
}
