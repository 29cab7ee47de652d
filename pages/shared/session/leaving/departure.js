// Nothing is lost when a page is left: a click that leads away waits until Python has heard all that was typed, chosen
// and played.

import { Entries } from "./entries.js";
import { anchorAll, anchorAt, found, isBeside, isInput, isPress, missed, navigates, opensTab, queryFor, switches, wayOf } from "./leads.js";
import { Line } from "./line.js";
import { Question } from "./question.js";

const TEXTS = "input, textarea, select, [contenteditable]";
const TRIES = 3; // of a click that led nowhere
const TRY_MS = 1500;
const SETTLED_MS = 300; // after a page was drawn
const QUIET_MS = 1000; // after a press, which may lead away
const LEAVING_MS = 10000; // after so long the page was not left

export class Departure {
  constructor(window) {
    this.window = window;
    this.entries = new Entries(window.history, window.location);
    this.question = new Question();
    // A question brings the values of all widgets.
    this.line = new Line(window, () => this.send && this.question.ask(this.send));
    this.touched = false; // since the page was opened
    Object.assign(this, { pressing: 0, leaving: 0 }); // until these times components say nothing
    const on = (types, act) => types.forEach((type) => window.addEventListener(type, act, { capture: true }));
    on(["pointerover", "pointerdown", "focusin", "click"], (event) => this.complete(event)); // first: the handlers below read where a link leads
    on(["pointerdown", "keydown", "click"], (event) => this.press(event));
    on(["pointerdown", "keydown", "click", "input", "change", "paste", "drop"], (event) => this.touch(event));
    on(["pointerdown"], (event) => { this.down = wayOf(event, window.location); });
    on(["pointerup"], (event) => this.release(event));
    on(["click"], (event) => this.follow(event));
    on(["popstate"], () => this.wentBack());
    // A message to Python after a click that leaves would bring the page back: components ask here before they send.
    on(["backprop:speak"], (event) => { if (this.quiet) event.preventDefault(); });
    // Some browsers let Back wait. In others what was typed is kept only if its field was left.
    window.navigation?.addEventListener("navigate", (event) => this.travel(event));
  }

  get path() { return this.window.location.pathname; }

  get quiet() { return performance.now() < Math.max(this.pressing, this.leaving); }

  // Called at every rerun.
  receive({ heard, query, page }, send) {
    this.query = query;
    this.send = send;
    this.page = page;
    // What is drawn may still be the page that was left.
    if (page !== this.left && page === this.path.split("/").at(-1)) this.arrive();
    this.question.heard(heard);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), SETTLED_MS);
  }

  // Streamlit looks whether the panel has emptied when the script of a page ends, which may be before it has drawn
  // that page; then it keeps the panel until the script ends once more.
  settle() {
    anchorAll(this.window.document);
    const panel = this.window.document.querySelector('[data-testid="stSidebarUserContent"]');
    if (!panel || panel.querySelector('[data-testid="stElementContainer"]')) this.emptied = null;
    else if (this.quiet) this.settling = setTimeout(() => this.settle(), SETTLED_MS);
    else if (this.emptied !== this.page) {
      this.emptied = this.page;
      this.question.ask(this.send);
    }
  }

  touch(event) {
    if (!isInput(event) || wayOf(event, this.window.location)) return;
    this.touched = true;
    if (!switches(event)) this.entries.touched();
  }

  // A press may lead away from the page.
  press(event) {
    // Later, so that the message of the press itself is sent first.
    if (event.type === "click" && switches(event)) setTimeout(() => this.leave());
    if (isPress(event) && isBeside(event) && !wayOf(event, this.window.location)) this.ask();
  }

  // Let the player send what it has not sent yet, and then nothing for a while.
  ask() {
    this.pressing = 0;
    this.window.document.dispatchEvent(new CustomEvent("backprop:commit"));
    this.pressing = performance.now() + QUIET_MS;
  }

  arrive() {
    this.left = this.page;
    if (!this.holding) this.way = null; // while one is held, the way is a newer one
    this.touched = false;
    this.pressing = this.leaving = 0;
  }

  leave(left = this.page) {
    this.left = left;
    this.leaving = performance.now() + LEAVING_MS;
    this.entries.leave();
  }

  // What is typed is sent when its field is left.
  commit() {
    const { activeElement } = this.window.document;
    if (activeElement?.matches(TEXTS)) activeElement.blur();
    this.ask();
  }

  // Components and fields send what they have in a later task: the question waits for that.
  async hold() {
    this.commit();
    // A click beside an open popover or list closes it, and it sends a message. That must happen before the page is left.
    this.window.document.dispatchEvent(new this.window.MouseEvent("click"));
    this.pressing = performance.now() + LEAVING_MS; // the answer may take long, and the page is left as soon as it comes
    for (let i = 0; i < 2; i++) await new Promise((resolve) => { setTimeout(resolve); });
    await this.question.ask(this.send);
  }

  async follow(event) {
    const way = wayOf(event, this.window.location);
    if (!way) {
      if (navigates(event)) this.way = null; // back to the page that was to be left
      this.followMissed(event);
      return;
    }
    this.down = null;
    if (way.href && opensTab(event)) {
      event.stopImmediatePropagation(); // Streamlit would lead there in this tab, whatever key is held
      this.commit();
      return;
    }
    if (this.going) return;
    this.way = null; // this click counts, not an earlier one
    if (!this.touched || !this.send) { this.leave(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    this.way = way;
    if (this.holding) return;
    this.holding = true;
    await this.hold();
    this.holding = false;
    this.go(this.way, this.path);
  }

  // A mouse's click comes with the release; a finger's later.
  release(event) {
    if (event.pointerType === "mouse" && this.down) setTimeout(() => this.followMissed(event));
  }

  followMissed(event) {
    const link = opensTab(event) ? null : missed(event, this.down, this.window.document);
    this.down = null;
    link?.click();
  }

  go(way, from, tries = TRIES) {
    if (!way || way !== this.way || this.path !== from) return; // it has arrived, or goes elsewhere by now
    const goal = tries ? found(way, this.window.document) : null;
    this.way = goal;
    // What was typed may have removed the link: then its address is opened.
    if (!goal && tries === TRIES) this.window.location.assign(way.href);
    if (!goal) return;
    this.leave();
    this.going = true;
    goal.click();
    this.going = false;
    setTimeout(() => this.go(goal, from, tries - 1), TRY_MS);
  }

  async travel(event) {
    const { navigationType, cancelable, destination } = event;
    if (navigationType !== "traverse" || !destination.sameDocument || this.travels) return;
    if (!this.touched || !cancelable || !this.send) return;
    const from = this.path;
    event.preventDefault();
    await this.hold();
    if (this.path !== from) return; // gone elsewhere meanwhile
    this.travels = true;
    await this.traverse(destination.key);
    this.travels = false;
    this.touched = false; // all was heard; the page that is left would answer no question
  }

  // A history entry that is written at the same moment cancels the traversal: try once more.
  async traverse(key, tries = TRIES) {
    const { navigation } = this.window;
    // What was typed may have written an entry, which removes those ahead: there may be nothing to go forward to.
    if (!tries || !navigation.entries().some((entry) => entry.key === key)) {
      this.pressing = 0; // and the visitor is still here
      return;
    }
    try {
      await navigation.traverseTo(key).committed;
    } catch {
      await this.traverse(key, tries - 1);
    }
  }

  // Back and Forward may lead to another experiment on the same page.
  wentBack() {
    this.way = null;
    this.leave(null);
    this.entries.wentBack();
  }

  // A link of the navigation that is copied or opened in a tab shows what this tab shows.
  complete(event) {
    anchorAt(event);
    const link = navigates(event);
    if (link && this.query !== undefined) link.search = queryFor(this.query, this.window.location.search);
  }
}
