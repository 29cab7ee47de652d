// What can be undone, and done again: states of the table, each with the place of the change that led on from it.

export const MOST_STEPS = 200;
const MOST_CELLS = 2_000_000; // of all states together, if they shared none

export class Steps {
  constructor() {
    this.done = [];
    this.undone = [];
  }

  // Keep the state before a change, and the place of the change.
  keep(state, place) {
    this.undone = [];
    this.done.push({ state, place });
    const cells = state.rows.length * (state.inputs.length + state.labels.length);
    const most = Math.min(MOST_STEPS, Math.floor(MOST_CELLS / Math.max(1, cells)));
    this.done.splice(0, this.done.length - most);
  }

  // Another table was opened in the place of the one before, if there was one: that is a change at no place.
  replace(before, after) {
    if (before && JSON.stringify(before) !== JSON.stringify({ inputs: after.inputs, labels: after.labels, rows: after.rows })) this.keep(before, null);
  }

  // Both give the state to go to and the place to look at, or nothing; `now` is the present state.
  undo(now) { return exchange(this.done, this.undone, now); }

  redo(now) { return exchange(this.undone, this.done, now); }
}

function exchange(from, to, now) {
  const step = from.pop();
  if (step) to.push({ state: now, place: step.place });
  return step;
}
