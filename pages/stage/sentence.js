// The line above the charts. Its room is that of its longest sentence, so the charts do not jump when another one is said.

import { element } from "./element.js";
import { explained } from "./explained.js";

// Which sentences hold at a position: each has a first and a last one, or null for the end of the run.
export function holding(times, position) {
  const holds = ([first, last]) => position >= first && (last === null || position <= last);
  return times.flatMap((time, i) => (holds(time) ? [i] : []));
}

export class Sentence {
  constructor() {
    this.text = element("div", { className: "stage-sentences", role: "status" });
    this.more = element("button", { type: "button", className: "stage-more", hidden: true, onclick: () => this.turn(this.turned + 1) });
    this.root = element("div", { className: "stage-notes" }, this.text, this.more);
    this.told = "";
    this.given = { notes: [], times: [], words: {} };
    this.held = [];
    this.position = this.turned = 0;
  }

  put(notes, times = notes.map(() => [0, null]), words = {}) {
    this.given = { notes, times, words };
    const texts = this.told ? [this.told, ...notes] : notes;
    const key = JSON.stringify([texts, times, words]);
    if (key === this.key) return;
    this.key = key;
    this.times = this.told ? [[0, null], ...times] : times;
    this.text.replaceChildren(...texts.map((text) => element("p", {}, ...explained(text, words))));
    this.held = [];
    this.at(this.position);
  }

  // One of the player's own before the others. It stays until the player tells another one, or an empty one.
  tell(text) {
    this.told = text;
    this.put(this.given.notes, this.given.times, this.given.words);
  }

  at(position) {
    this.position = position;
    const held = holding(this.times ?? [], position);
    if (this.held.length && String(held) === String(this.held)) return;
    this.held = held;
    this.turn(0);
  }

  turn(to) {
    const { held } = this;
    this.turned = held.length ? to % held.length : 0;
    [...this.text.children].forEach((sentence, i) => sentence.toggleAttribute("data-said", i === held[this.turned]));
    this.more.hidden = held.length < 2;
    this.more.textContent = `${this.turned + 1} of ${held.length}`;
    this.more.title = "Next";
  }
}
