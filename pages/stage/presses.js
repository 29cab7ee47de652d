// What was pressed, until Python has heard it. Of two messages close together Python may get only the later one. So each
// message repeats the presses that are not confirmed yet.

export class Presses {
  // `say` sends all that is not confirmed yet: number, kind and value of each.
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

  // Later numbers must be larger than a confirmed one, even if the computer's clock has been set back since.
  heard(number) {
    this.number = Math.max(this.number, number);
    this.all = this.all.filter(([pressed]) => pressed > number);
  }
}
