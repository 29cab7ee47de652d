// What surrounds the class in the browser: the page, its address and its player.

import { AnswerRow } from "./answer_row.js";
import { Classroom } from "./classroom.js";
import { asCode, isCode, isRoom } from "./code.js";
import { NOWHERE, consoleLink, lineCommand, obey, secretIn } from "./commands.js";
import { Connection } from "./connection.js";
import { Lesson } from "./lesson.js";
import { Lost } from "./lost.js";
import { OWN, drawnAt, isSame, linkTo, pageOf, placeAt } from "./place.js";
import { OwnRuns } from "./own_runs.js";
import { OwnQuestions } from "./own_questions.js";
import { Pause } from "./pause.js";
import { Pointer } from "./pointer.js";
import { loadPlotly } from "../stage/plotly.js";
import { element } from "../stage/element.js";
import { Record } from "./record.js";
import { maySpeak } from "../stage/may_speak.js";
import { Presses } from "../stage/presses.js";
import { Touches } from "./touches.js";
import { View } from "./view.js";
import messages from "./messages.json" with { type: "json" };

const LOOK_MS = 100; // how often the address is looked at: no event says when it changes
const TRAIN_MS = 100; // between two of its turns at training, Python hears what else there is
const SAID_MS = 3000; // so long after something was pressed, Python may not have heard it yet
const AWAY_MS = 4000; // a page that was hidden for so long may have lost its socket without an event

const KEPT = "kept"; // in place of an address: the experiment waits on the server

// Keeps things in the browser: as long as the window is there or, what is of use in the next lesson, for longer.
function storeIn(storage) {
  const inMemory = {};
  return {
    read(name) {
      try { return JSON.parse(storage().getItem(`backprop.${name}`)); } catch { return inMemory[name] ?? null; }
    },
    write(name, value) {
      inMemory[name] = value;
      try { storage().setItem(`backprop.${name}`, JSON.stringify(value)); } catch { /* it lasts as long as the page */ }
    },
  };
}
const store = storeIn(() => sessionStorage);
const LINKS = "[data-testid=stPageLink-NavLink]"; // of a lesson's lines

export class Page {
  data; setStateValue; // of the newest message; pages/frame/in_class.py says what it is

  constructor() {
    this.classroom = new Classroom({ store, connect: (options) => this.connect(options), page: this, changed: () => this.draw() });
    this.answers = new AnswerRow(this);
    this.own = new OwnQuestions(this, storeIn(() => localStorage));
    this.lesson = new Lesson(store);
    this.runs = new OwnRuns(this, store);
    this.record = new Record(store);
    this.pause = new Pause(() => this.draw());
    this.lost = new Lost(this.pause.layer);
    const leads = () => this.classroom.role === "teacher" && this.classroom.leads && !this.classroom.isOver;
    this.pointer = new Pointer(this.pause.layer, leads, (place) => this.classroom.connection?.say("point", place));
    this.touches = new Touches(() => this.classroom.letGo());
    this.presses = new Presses((all) => this.setStateValue("pressed", all));
    this.opened = -Infinity;
    this.href = "";
    this.training = {};
    window.addEventListener("backprop:view", ({ detail }) => this.classroom.seen(detail));
    window.addEventListener("online", () => this.classroom.revive());
    window.addEventListener("offline", () => this.classroom.connection?.drop());
    window.addEventListener("click", ({ target }) => this.noteLine(target), { capture: true });
    document.addEventListener("visibilitychange", () => this.look());
    window.addEventListener("backprop:speak", (event) => { if (this.leaving) event.preventDefault(); });
    setInterval(() => this.check(), LOOK_MS);
  }

  // At every rerun.
  mount(root, data, setStateValue) {
    const fresh = this.view?.root !== root;
    if (fresh) this.view = new View(root, this);
    Object.assign(this, { data, setStateValue });
    this.lesson.hear(data.lines);
    this.presses.heard(data.pressed);
    this.hide();
    if (!this.presses.all.length) this.hearing?.();
    this.classroom.questions.proceed();
    this.runs.ask();
    this.pause.dress(root);
    if (fresh) this.classroom.stand(Number(new URLSearchParams(location.search).get("position") ?? 0));
    this.restore();
    this.openConsole();
    if (!this.leaving) this.classroom.arrive(this.roomInAddress());
    this.href = "";
    this.check();
    this.draw();
    if (fresh) document.dispatchEvent(new CustomEvent("backprop:ask", { bubbles: true })); // the player may have been first
  }

  unmount(root) {
    if (this.view?.root !== root) return;
    this.own.dialog.close();
    this.view.close();
    this.view = null;
  }

  draw() {
    const { role, paused, spoken } = this.classroom;
    this.pause.cover(role === "student" && paused, spoken);
    this.view?.draw(this.classroom);
    if (this.data && !this.leaving) this.hide();
  }

  // --- the address ---
  roomInAddress() {
    const room = asCode(new URLSearchParams(location.search).get("class") ?? "");
    return isRoom(room) || isCode(room) ? room : "";
  }

  // Null while a page is being opened: its address changes later than its name.
  place() {
    return this.view && !this.leaving && pageOf(location.pathname) === this.data.page ? placeAt(location, this.data.plays) : null;
  }

  // Have Python train the run of this name, or everybody's own, for a while; what became of it comes with the rerun.
  train(name, kind = "train") {
    clearTimeout(this.training[kind]);
    this.training[kind] = setTimeout(() => { if (maySpeak()) this.presses.press(kind, name); else this.train(name, kind); }, TRAIN_MS);
  }

  // Load the charts' program; without it the numbers stand alone.
  async plotly() {
    try { await loadPlotly(this.data.plotly); } catch { /* the numbers are beside it */ }
    return Boolean(window.Plotly);
  }

  // What a teacher can ask here: what the lesson asks, then what the page has.
  get question() { return this.lesson.question(this.data.page) ?? this.data.question; }

  ask() {
    const { question } = this;
    this.classroom.questions.put(question);
    if (this.classroom.questions.asked) this.lesson.took(question);
  }

  // --- the console ---
  // A window that was opened by the link to the console. The secret does not stay in its address.
  openConsole() {
    const secret = secretIn(location.hash);
    if (!secret || this.classroom.role !== "none") return;
    store.write("teacher", { secret, console: true });
    history.replaceState(history.state, "", location.pathname + location.search);
  }

  get console() { return consoleLink(store.read("teacher")?.secret ?? "", document.baseURI); }

  // Whether the page is presented, as on a projector.
  get presents() { return new URLSearchParams(location.search).has("present"); }

  command(order) { this.classroom.orders.give(order, NOWHERE); }

  // Have the projector go on to a line of the lesson.
  goToLine(at) {
    const line = this.lesson.lines[at];
    if (!line) return;
    this.lesson.go(at);
    this.classroom.orders.give("line", lineCommand(line));
    this.draw();
  }

  obey(message) { obey(this, message); }

  // In a class, Python hides on every page what is still to be asked; it must hear that there is one.
  hide() {
    const teaches = this.classroom.role === "teacher";
    const asked = this.hides === teaches;
    this.hides = this.data.hides === teaches ? null : teaches; // a new session has to hear it again
    if (asked || this.hides === null) return;
    this.presses.press("teaches", teaches ? "1" : "");
  }

  // The link of one of the lesson's lines is followed.
  noteLine(target) {
    const link = this.data?.lines && target.closest?.(LINKS);
    if (link) this.lesson.go([...document.querySelectorAll(LINKS)].indexOf(link));
  }

  // --- what is left of a class ---
  save() {
    const link = element("a", { href: URL.createObjectURL(new Blob([this.record.csv], { type: "text/csv" })), download: "class.csv" });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // Let the step page show a result that it has hidden until it was predicted.
  revealed(at) { this.presses.press("revealed", at); }

  along(room) {
    const params = new URLSearchParams(location.search);
    return { ...Object.fromEntries(OWN.map((key) => [key, params.get(key)])), class: room };
  }

  ownPlace(room) { return linkTo(placeAt(location, false), 0, this.along(room)); }

  // A viewer's own experiment is kept as an address or, if it is too large for one, in the session on the server.
  putAside(room) {
    if (this.data.whole) return this.ownPlace(room);
    this.presses.press("own", "keep");
    return KEPT;
  }

  // Do something once the address says all that was typed and changed on this page; at the latest after a while.
  whenHeard(act) {
    /** @type {any} */
    const field = document.activeElement;
    const typing = field?.matches?.("input, textarea, [contenteditable]") && !field.closest(".class, .stage");
    if (typing) field.blur();
    if (!typing && performance.now() - this.touches.last > SAID_MS) { act(); return; }
    this.hearing = () => { this.hearing = null; clearTimeout(this.patience); act(); };
    this.patience = setTimeout(() => this.hearing?.(), SAID_MS);
    this.presses.press("own", "heard");
  }

  giveBack(own) {
    if (own === KEPT) this.presses.press("own", "open"); else this.open(own);
  }

  // Whether the address says nothing but the class, as a link to the class does.
  isBare() { return this.data.page === "" && [...new URLSearchParams(location.search).keys()].every((key) => OWN.includes(key)); }

  // Leave the class, and stay at what is seen.
  leave() {
    this.classroom.leave();
    this.open(this.ownPlace(""));
  }

  // Open an address as the browser's Back and Forward do: the page reruns at once, and nothing is loaded anew.
  open(link) {
    const target = link && new URL(link, document.baseURI);
    if (!target || target.origin !== location.origin) return;
    this.opened = performance.now();
    this.goal = target;
    if (this.leaving) return;
    this.leaving = true;
    // A message of the player is sent in a later task. Sent after the page was left, it would bring the page back.
    setTimeout(() => setTimeout(() => this.go()));
  }

  go() {
    this.leaving = false;
    history.replaceState(history.state, "", this.goal);
    window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  }

  // Python may have written the address of the page before over the one that was opened. Then write that one again.
  restore() {
    const { goal, data, touches } = this;
    if (!goal || this.leaving || !isSame(placeAt(goal, data.plays), drawnAt(data))) return; // none, or it is not drawn yet
    this.goal = null;
    if (touches.last < this.opened && !isSame(placeAt(location, data.plays), drawnAt(data))) history.replaceState(history.state, "", goal);
  }

  check() {
    const { classroom, touches } = this;
    classroom.watch();
    this.view?.tick();
    this.lost.look(classroom.away);
    if (location.href === this.href) return;
    this.href = location.href;
    const here = this.place();
    const { following, state } = classroom;
    // Something was pressed here and the place has changed: so the viewer has gone somewhere else.
    if (following && state && here && touches.last > this.opened && !isSame(here, classroom.goal)) classroom.letGo();
    classroom.moved();
  }

  // --- the player ---
  lead(detail) {
    if (this.data.plays) document.dispatchEvent(new CustomEvent("backprop:follow", { bubbles: true, detail }));
  }

  // --- the socket ---
  connect(options) {
    const addressOf = (room) => {
      const address = new URL(messages.path.replace("{room}", room || "new"), document.baseURI);
      address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
      return address.href;
    };
    return new Connection({ ...options, addressOf, table: messages });
  }

  look() {
    if (document.hidden) this.hidden = performance.now();
    else if (performance.now() - this.hidden > AWAY_MS) this.classroom.revive();
  }

  // --- links for others ---
  linkToClass(room = this.classroom.room) { return new URL(`./?class=${room}`, document.baseURI).href; }
}
