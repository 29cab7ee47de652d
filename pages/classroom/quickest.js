// How far apart two clocks are. The quickest of the last messages from one to the other tells it best: the others came
// later by some delay.

const KEPT_WORDS = 20; // not more, because clocks drift

export class Quickest {
  // `most`: a message that is more than so many ms slower or quicker than the others comes from another clock, as of a
  // page that was loaded anew. Then the earlier ones are forgotten.
  constructor(most = Infinity) {
    this.most = most;
    this.clear();
  }

  clear() { this.apart = []; }

  // A message was sent at `told` on the one clock, and arrived at `heard` on the other. When was it sent, on the other?
  heard(told, heard) {
    const late = heard - told;
    if (Math.abs(late - Math.min(...this.apart)) > this.most) this.clear();
    this.apart = [...this.apart, late].slice(-KEPT_WORDS);
    return told + Math.min(...this.apart);
  }
}
