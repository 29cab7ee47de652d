// Nothing is lost when a page is left: a click that leads away is sent to Python together with all that was typed, chosen
// and played, and Python switches the page. Back and Forward wait until Python has heard that.

import { Entries } from "./entries.js";
import { Line } from "./line.js";
import { anchorAll, anchorAt, isBeside, isInput, isPress, missed, navigates, opensTab, queryFor, switches, wayOf } from "./leads.js";

const TEXTS = "input, textarea, select, [contenteditable]";
const OPEN = '[data-testid="stPopoverBody"]';
const RESTS = '[data-testid="stApp"][data-test-script-state="notRunning"]';
const TRIES = 3; // of a Back that was called off, or whose page was not drawn
const DRAWN_MS = 300; // after a page was drawn
const PATIENCE_MS = 5000; // after so long no answer is expected any more
const QUIET_MS = 1000; // after a press, which may lead away
const CALL_MS = 1000; // after Python's work, what it has sent is drawn
const LEAVING_MS = 10000; // after so long the page was not left

const nameOf = (pathname) => pathname.split("/").at(-1);

export class Departure {
  touched = false; // since the page was opened
  asked = 0; // number of the last question; Python repeats it when it has heard all that was said before it
  pressing = 0; // until these two times components say nothing
  leaving = 0;
  travels = false;
  data = null; // what Python said last
  say = null;
  go = null;
  heard = null; // what waits for the answer
  way = null; // where a click leads that Python was told of
  left = null; // the page that was left, or is being left
  down = null; // the link that is pressed
  emptied = null;
  settling = 0;
  calling = 0;
  calls = TRIES; // since Back or a class led to another page

  constructor(window) {
    this.window = window;
    this.entries = new Entries(window.history, window.location);
    this.line = new Line(window, () => this.again());
    const on = (types, act) => types.forEach((type) => window.addEventListener(type, act, { capture: true }));
    on(["pointerover", "pointerdown", "focusin", "click"], (event) => this.complete(event)); // first: the handlers below read where a link leads
    on(["pointerdown", "keydown", "click"], (event) => this.press(event));
    on(["pointerdown", "keydown", "click", "input", "change", "paste", "drop"], (event) => this.touch(event));
    on(["pointerdown"], (event) => { this.down = wayOf(event, window.location); });
    on(["pointerup"], (event) => this.release(event));
    on(["click"], (event) => this.pass(event));
    on(["click"], (event) => this.follow(event));
    on(["popstate"], ({ isTrusted }) => this.wentBack(isTrusted));
    // A message to Python after a click that leaves would bring the page back: components ask here before they send.
    on(["backprop:speak"], (event) => { if (this.quiet) event.preventDefault(); });
    // Some browsers let Back wait. In others what was typed is kept only if its field was left.
    window.navigation?.addEventListener("navigate", (event) => this.travel(event));
  }

  get path() { return this.window.location.pathname; }

  // Whether something on the page has the keyboard or stands open.
  get isInUse() {
    const { document } = this.window;
    return document.activeElement !== document.body || document.querySelector(OPEN) !== null;
  }

  get quiet() { return performance.now() < Math.max(this.pressing, this.leaving); }

  // Called at every rerun. `say` sends a question, `go` where a click leads.
  receive(data, say, go) {
    const isFirst = !this.data;
    const isAnother = this.data && this.data.session !== data.session;
    if (this.data && this.data.page !== data.page && data.page === nameOf(this.path)) this.entries.arrived();
    Object.assign(this, { data, say, go });
    // What is drawn may still be the page that was left.
    if (data.page !== this.left && data.page === nameOf(this.path)) this.arrive();
    this.drawn(data.page);
    if (isFirst) this.touched = this.isInUse; // on a slow device a visitor is quicker than this program
    if (data.heard >= this.asked) this.heard?.();
    if (isAnother && this.way) this.go(this.way); // the server began anew, and knows of no click
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), DRAWN_MS);
  }

  // The connection was lost, and a message with it; every message brings the values of all widgets.
  again() {
    if (this.way) this.go(this.way);
    else if (this.say) this.ask();
  }

  // What was pressed just after Back, or after a class's call, has Python draw the page before once more. Then ask again
  // for the page that the address names.
  drawn(page) {
    clearTimeout(this.calling);
    if (page !== nameOf(this.path) && this.calls < TRIES) this.calling = setTimeout(() => this.call(), CALL_MS);
  }

  call() {
    const { document, history } = this.window;
    if (!document.querySelector(RESTS)) return;
    const calls = this.calls + 1;
    this.window.dispatchEvent(new this.window.PopStateEvent("popstate", { state: history.state }));
    this.calls = calls;
  }

  // Resolves when Python has heard all that was said before.
  ask() {
    this.asked = Math.max(this.asked, Date.now()) + 1; // larger than any of a page before a reload
    this.say(this.asked);
    return new Promise((resolve) => {
      this.heard = resolve;
      setTimeout(resolve, PATIENCE_MS);
    });
  }

  // Streamlit looks whether the panel has emptied when the script of a page ends, which may be before it has drawn
  // that page; then it keeps the panel until the script ends once more.
  settle() {
    anchorAll(this.window.document);
    const panel = this.window.document.querySelector('[data-testid="stSidebarUserContent"]');
    if (!panel || panel.querySelector('[data-testid="stElementContainer"]')) this.emptied = null;
    else if (this.quiet) this.settling = setTimeout(() => this.settle(), DRAWN_MS);
    else if (this.emptied !== this.data.page) {
      this.emptied = this.data.page;
      this.ask();
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
    // Once a press: with its click there is nothing new to tell, and each message draws the page once more.
    if (event.type === "click" && performance.now() < this.pressing) return;
    if (isPress(event) && isBeside(event) && !wayOf(event, this.window.location)) this.commit();
  }

  // Let the player send what it has not sent yet, and then nothing for a while.
  commit() {
    this.pressing = 0;
    this.window.document.dispatchEvent(new CustomEvent("backprop:commit"));
    this.pressing = performance.now() + QUIET_MS;
  }

  arrive() {
    const { way, data: { page } } = this;
    this.left = page;
    this.way = null;
    this.touched = false;
    this.pressing = this.leaving = 0;
    if (way && way.page !== page) this.leadOn({ ...way, left: page }); // a later click, before this page was drawn
  }

  leave(left = this.data.page) {
    this.left = left;
    this.leaving = performance.now() + LEAVING_MS;
    this.entries.leave();
  }

  // What is typed is sent when its field is left. Components and fields send what they have in a later task.
  async finish() {
    const { activeElement } = this.window.document;
    if (activeElement?.matches(TEXTS)) activeElement.blur();
    this.commit();
    // A click beside an open popover or list closes it, and it sends a message. That must happen before the page is left.
    this.window.document.dispatchEvent(new this.window.MouseEvent("click"));
    this.pressing = performance.now() + LEAVING_MS;
    for (let i = 0; i < 2; i++) await new Promise((resolve) => { setTimeout(resolve, 0); });
  }

  // The second click of a double click: by then the links have moved, and another one may be under the pointer.
  pass(event) {
    if (event.detail < 2 || !(navigates(event) || this.down)) return; // `down`: it was drawn anew between press and release
    this.down = null;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  async follow(event) {
    const way = wayOf(event, this.window.location);
    if (!way) {
      if (navigates(event)) this.stay();
      this.followMissed(event);
      return;
    }
    this.down = null;
    if (way.href && opensTab(event)) {
      event.stopImmediatePropagation(); // Streamlit would lead there in this tab, whatever key is held
      this.window.document.activeElement?.blur();
      this.commit();
      return;
    }
    if (!this.touched || !this.go) { this.leave(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { page: left, query: drawn } = this.data;
    const led = { left, drawn, page: way.href ? nameOf(way.pathname) : "", query: navigates(event) || !way.href ? drawn : way.search.slice(1) };
    this.way = led;
    await this.finish();
    if (this.way === led) this.leadOn(led); // otherwise a later click counts
  }

  // The link of the page that was to be left: Python may have heard of the other one already.
  stay() {
    if (!this.way) return;
    this.way = null;
    this.pressing = this.leaving = 0;
    this.go({});
  }

  leadOn(way) {
    this.way = way;
    this.leave();
    this.go(way);
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

  async travel(event) {
    const { navigationType, cancelable, destination } = event;
    if (navigationType !== "traverse" || !destination.sameDocument || this.travels) return;
    if (!this.touched || !cancelable || !this.say) return;
    const from = this.path;
    event.preventDefault();
    await this.finish();
    await this.ask();
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

  // Back and Forward may lead to another experiment on the same page. So may a class, which keeps its address by itself.
  wentBack(isByVisitor) {
    this.way = null;
    this.calls = 0;
    this.leave(null);
    this.entries.wentBack();
    if (!isByVisitor) this.entries.arrived();
  }

  // A link of the navigation that is copied or opened in a tab shows what this tab shows.
  complete(event) {
    anchorAt(event);
    const link = navigates(event);
    if (link && this.data) link.search = queryFor(this.data.query, this.window.location.search);
  }
}
