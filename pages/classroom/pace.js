// Limits how often a teacher's state is sent: a slider that is moved changes it more often than a socket may send. The
// last state is always sent.

const APART_MS = 80;

export class Pace {
  act; now; wait; waiting; then;

  constructor(act, { now = () => performance.now(), wait = (then, ms) => setTimeout(then, ms) } = {}) {
    Object.assign(this, { act, now, wait, waiting: false, then: -Infinity });
  }

  ask() {
    if (this.waiting) return;
    const left = this.then + APART_MS - this.now();
    if (left <= 0) { this.do(); return; }
    this.waiting = true;
    this.wait(() => { this.waiting = false; this.do(); }, left);
  }

  do() {
    this.then = this.now();
    this.act();
  }
}
