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
    this.number = Math.max(this.number + 1, Date.now()); // larger than those of a page before
    this.all = [...this.all, [this.number, kind, value]];
    this.say(this.all);
  }

  // A computer's clock may have been set back since: after what was heard comes the next number all the same.
  heard(number) {
    this.number = Math.max(this.number, number);
    this.all = this.all.filter(([pressed]) => pressed > number);
  }
}
