// What the console has said and the projector has not done yet, the newest of each kind. It is said again until the projector
// says that it is done, which may be connecting anew. What has become old is given up, and the console says so.

import { newSecret } from "./code.js";

const SAY_AGAIN_MS = 1000;
const LATE_MS = 2500;
const OLD_MS = 20_000;
const ORDERED = { line: "the line", ask: "Ask", reveal: "Reveal", again: "Ask again", conceal: "Hide the answers", pause: "the pause", free: "Let go or Call back", show: "Show" };

export class Orders {
  say; now;
  waiting; // by kind, in the order in which they were said
  old; // kinds that were given up
  noticed = "";

  constructor(say, now) {
    Object.assign(this, { say, now });
    this.clear();
  }

  clear() { Object.assign(this, { waiting: new Map(), old: [] }); }

  give(order, fields) {
    this.old = [];
    this.waiting.delete(order);
    this.waiting.set(order, { message: { order, ...fields, id: newSecret() }, since: this.now() });
    this.tell(order);
  }

  tell(order) {
    const it = this.waiting.get(order);
    it.told = this.now();
    this.say(it.message);
  }

  done(id) {
    for (const [order, { message }] of this.waiting) if (message.id === id) this.waiting.delete(order);
  }

  // Say again what is waiting; give up what is old. Says whether there is something else to notice.
  watch() {
    for (const [order, { since, told }] of this.waiting) {
      if (this.now() - since > OLD_MS) { this.waiting.delete(order); this.old.push(order); }
      else if (this.now() - told > SAY_AGAIN_MS) this.tell(order);
    }
    const { notice, noticed } = this;
    this.noticed = notice;
    return notice !== noticed;
  }

  get notice() {
    const named = (orders) => orders.map((order) => ORDERED[order]).join(", ");
    const late = [...this.waiting].filter(([, { since }]) => this.now() - since > LATE_MS).map(([order]) => order);
    if (late.length) return `The projector has not answered yet: ${named(late)}. It is asked again.`;
    return this.old.length ? `Not done: ${named(this.old)}. The projector did not answer.` : "";
  }
}
