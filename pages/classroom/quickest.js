// How far apart two clocks are, by the quickest of the last words that came from one to the other: the rest were delayed.

const KEPT_WORDS = 20; // clocks drift

export class Quickest {
  // `most`: no word is so many ms slower or quicker than others. It was told by another clock, as of a page loaded anew.
  constructor(most = Infinity) {
    this.most = most;
    this.clear();
  }

  clear() { this.apart = []; }

  // A word was told at a time on the one clock, and heard at a time on the other: when was it told, on the other?
  heard(told, heard) {
    const late = heard - told;
    if (Math.abs(late - Math.min(...this.apart)) > this.most) this.clear();
    this.apart = [...this.apart, late].slice(-KEPT_WORDS);
    return told + Math.min(...this.apart);
  }
}
