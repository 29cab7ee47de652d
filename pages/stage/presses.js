// What was pressed, until Python has heard it. Of two messages close together it may hear the later one alone, so a press
// is said with each until then.

export class Presses {
  // `say` takes all that was not heard yet: number, kind and value of each.
  constructor(say) {
    this.say = say;
    this.all = [];
    this.number = 0; // of the last one
  }

  press(kind, value) {
    this.number = Math.max(this.number + 1, Date.now()); // larger than any of a page before
    this.all = [...this.all, [this.number, kind, value]];
    this.say(this.all);
  }

  heard(number) {
    this.all = this.all.filter(([pressed]) => pressed > number);
  }
}
