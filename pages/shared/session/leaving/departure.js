// Whoever leaves a page takes everything along: what leads away waits until all that was typed, chosen and played has
// been heard.

import { Entries } from "./entries.js";
import { found, isBeside, isInput, isPress, navigates, opensTab, queryFor, switches, wayOf } from "./leads.js";
import { Question } from "./question.js";

const TEXTS = "input, textarea, select, [contenteditable]";
const TRIES = 3; // of a click that led nowhere
const TRY_MS = 1500;
const SETTLED_MS = 300; // after a page was drawn

export class Departure {
  constructor(window) {
    this.window = window;
    this.entries = new Entries(window.history, window.location);
    this.question = new Question();
    this.touched = false; // since the page was gone to
    const on = (types, act) => types.forEach((type) => window.addEventListener(type, act, { capture: true }));
    on(["pointerdown", "keydown", "click"], (event) => this.press(event));
    on(["pointerdown", "keydown", "input", "change", "paste", "drop"], (event) => this.touch(event));
    on(["click"], (event) => this.follow(event));
    on(["pointerover", "pointerdown", "focusin"], (event) => this.complete(event));
    // Where a browser lets Back wait. Elsewhere what was typed counts if its field was left.
    window.navigation?.addEventListener("navigate", (event) => this.travel(event));
  }

  get path() { return this.window.location.pathname; }

  // Called at every rerun.
  receive({ heard, query }, send) {
    this.query = query;
    this.send = send;
    if (this.path !== this.at) {
      this.at = this.path;
      this.touched = false;
    }
    this.question.heard(heard);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), SETTLED_MS);
  }

  // Streamlit looks whether the panel has emptied when the script of a page ends, which may be before it has drawn
  // that page; then it keeps the panel until the script ends once more.
  settle() {
    const panel = this.window.document.querySelector('[data-testid="stSidebarUserContent"]');
    if (panel && !panel.querySelector('[data-testid="stElementContainer"]') && this.emptied !== this.at) {
      this.emptied = this.at;
      this.question.ask(this.send);
    } else if (panel) this.emptied = null;
  }

  touch(event) {
    if (!isInput(event) || wayOf(event, this.window.location)) return;
    this.touched = true;
    if (!switches(event)) this.entries.touched();
  }

  // Whoever presses something may be leaving: a word of the player after the press would call the page back.
  press(event) {
    if (event.type === "click" && switches(event)) this.entries.leave();
    if (isPress(event) && isBeside(event) && !wayOf(event, this.window.location)) this.say("commit");
  }

  say(what) { this.window.document.dispatchEvent(new CustomEvent(`backprop:${what}`)); }

  leave() {
    this.say("leave");
    this.entries.leave();
  }

  // What is typed is sent when its field is left.
  commit() {
    const { activeElement } = this.window.document;
    if (activeElement?.matches(TEXTS)) activeElement.blur();
    this.say("commit");
  }

  // What components and fields say is sent in a task of its own: the question comes in a message after it.
  async hold() {
    this.commit();
    for (let i = 0; i < 2; i++) await new Promise((resolve) => { setTimeout(resolve); });
    await this.question.ask(this.send);
  }

  async follow(event) {
    const way = wayOf(event, this.window.location);
    if (!way) return;
    if (opensTab(event)) { this.commit(); return; }
    if (this.going) return;
    if (!this.touched || !this.send) { this.leave(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const waits = this.way;
    this.way = way;
    if (waits) return;
    await this.hold();
    this.go(this.way, this.path);
    this.way = null;
  }

  go(way, from, tries = TRIES) {
    const goal = found(way, this.window.document);
    if (!goal || this.path !== from || !tries) return;
    this.leave();
    this.going = true;
    goal.click();
    this.going = false;
    setTimeout(() => this.go(goal, from, tries - 1), TRY_MS);
  }

  async travel(event) {
    const { navigationType, cancelable, destination } = event;
    if (navigationType !== "traverse" || !destination.sameDocument || this.travels) return;
    if (!this.touched || !cancelable || !this.send) { this.leave(); return; }
    event.preventDefault();
    await this.hold();
    this.leave();
    this.travels = true;
    try {
      await this.window.navigation.traverseTo(destination.key).committed;
    } catch {
      // What was typed was an entry of its own: there is nothing left to go forward to.
    }
    this.travels = false;
  }

  // A link of the navigation that is copied or opened in a tab shows what this tab shows.
  complete(event) {
    const link = navigates(event);
    if (link && this.query !== undefined) link.search = queryFor(this.query, this.window.location.search);
  }
}
