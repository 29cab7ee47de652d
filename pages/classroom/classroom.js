// A class, as this browser knows it: its role, where the teacher is, what was asked. It needs no page to be tested.

import { given, numberOf, valueOf } from "./own_runs.js";
import { codeOf, newSecret } from "./code.js";
import { Orders } from "./orders.js";
import { Pace } from "./pace.js";
import { isSame, linkTo, viewsOf } from "./place.js";
import { Questions } from "./questions.js";
import { Quickest } from "./quickest.js";
import { SAID, reasonFor } from "./words.js";

const LONGEST = 1_000_000; // epochs of a run: the largest position that a message may have
const STILL = { position: 0, playing: false, speed: 0 };
const FIRST = { page: "", address: "example=tutorial", ...STILL }; // what the link to the class opens
const ANOTHER_MS = 1000; // a message that is so much slower than others comes from another clock, as of a second window
const SETTLED_MS = 1500; // after this time a page that was opened has been drawn
const REMEMBERED = 32; // orders of the console that were done
const UNNOTED_MS = 5000; // so long an answer may stay unconfirmed
const TAKE_BACK_MS = 60_000; // so long a teacher can take the end of the class back

// Where the teacher's player is by now.
const standing = ({ position, playing, speed, at }, now) =>
  (playing ? Math.min(position + ((now - at) / 1000) * speed, LONGEST) : position);

export class Classroom {
  store; connect; page; changed; now; window;
  role; room; code; welcomed; present; following; state; left; view; shown;
  connection; trouble; tooLarge; away; spoken; went; own; byTeacher;
  leads; console; heard; apart; locked; alone; silent; places; windows; place; gives; did;
  paused; free; over; up; down;

  // `store` keeps things over a reload; `connect` opens a socket; `page` is page.js; `changed` draws the class.
  constructor({ store, connect, page, changed, now = () => performance.now() }) {
    Object.assign(this, { store, connect, page, changed, now, window: newSecret() });
    this.pace = new Pace(() => this.tell(), { now });
    this.questions = new Questions(this);
    this.orders = new Orders((message) => this.connection?.say("command", message), now);
    this.rest();
  }

  rest() {
    Object.assign(this, { role: "none", room: "", code: "", welcomed: false, present: 0, following: false, state: null, left: null, view: STILL, shown: FIRST });
    Object.assign(this, { connection: null, trouble: "", tooLarge: false, away: false, spoken: "", went: null, own: null, byTeacher: false });
    Object.assign(this, { leads: true, console: false, heard: null, apart: false, locked: false, alone: 0, silent: 0, places: [], windows: 0, place: "", gives: "", did: [] });
    Object.assign(this, { paused: false, free: false, over: 0, up: new Quickest(ANOTHER_MS), down: new Quickest() });
    this.questions.clear();
    this.orders.clear();
  }

  // --- who is what ---
  // `room`: the name of a room, or a typed code, which is the beginning of one.
  arrive(room) {
    const { secret, room: own = "" } = this.store.read("teacher") ?? {};
    if (this.role === "student" && room && !this.room.startsWith(room)) this.leave();
    if (this.role !== "none") return;
    if (secret && (!room || own.startsWith(room))) this.teach(secret);
    else if (room) this.join(room);
  }

  start() {
    const secret = newSecret();
    this.store.write("teacher", { secret });
    this.page.record.clear();
    this.teach(secret);
  }

  teach(secret) {
    const { room = "", paused = false, free = false, locked = false, over = 0, gives = "", did = [], shown = FIRST, console = false } = this.store.read("teacher");
    Object.assign(this, { role: "teacher", ...this.named(room), paused, free, locked, over, gives, did, shown, console });
    this.questions.restore(this.store.read("teacher"));
    this.enter({ type: "teach", secret, window: this.window, lead: !console }, true);
  }

  named(room) { return { room, code: codeOf(room) }; }

  join(room) {
    const before = this.store.read("student");
    const known = before?.room?.startsWith(room) ?? false;
    const { place = "", following, own, byTeacher, left = null } = known
      ? before : { following: true, own: this.page.isBare() ? null : this.page.putAside(room), byTeacher: false };
    Object.assign(this, { role: "student", ...this.named(known ? before.room : room), place, following, own, byTeacher, left });
    this.questions.recall(known ? before.answer : null, known ? before.first : null);
    this.enter({ type: "join", place }, known);
  }

  enter(greeting, known) {
    const { room } = this;
    const hear = (message) => { this.hear(message); this.changed(); };
    const lose = (reason, again) => { this.lose(reason, again); this.changed(); };
    const beat = () => (this.role === "student" ? { following: this.following } : {});
    this.connection = this.connect({ room, greeting, known, hear, lose, beat });
    this.changed();
  }

  // A student leaves, or has read that the class has ended.
  leave() {
    this.connection?.close();
    if (this.role === "student") this.store.write("student", null);
    this.rest();
    this.changed();
  }

  keep() {
    const { room, place, following, own, byTeacher, left, paused, free, locked, over, gives, did, console, questions } = this;
    if (this.role === "student") this.store.write("student", { room, place, following, own, byTeacher, left, answer: questions.answer, first: questions.first });
    if (this.role === "teacher") {
      const { secret } = this.store.read("teacher");
      this.store.write("teacher", { secret, room, paused, free, locked, over, gives, did, console, shown: { ...this.shown, playing: false }, ...questions.kept });
    }
  }

  lose(reason, again) {
    this.away = again;
    if (["ended", "no such class", "removed"].includes(reason)) this.store.write("student", null);
    if (!again) Object.assign(this, { following: false, paused: false });
    this.trouble = reasonFor(reason, this.role);
    if (this.trouble) this.spoken = this.trouble;
  }

  // Whether the class has ended, though its teacher may still take that back.
  get isOver() { return this.over > 0 || (this.state?.over ?? false); }

  // What is to be said on the page.
  get notice() {
    if (this.role === "student" && this.isOver) return reasonFor("ended", "student");
    return this.trouble || (this.tooLarge ? SAID.tooLarge : this.orders.notice) || (this.apart ? SAID.apart : "");
  }

  // --- what the server says ---
  hear(message) {
    const hears = {
      welcome: () => this.welcome(message),
      state: () => (this.role === "student" ? this.take(message) : this.watchLeader(message)),
      apart: () => { this.apart = message.apart; },
      command: () => this.carryOut(message),
      did: () => this.orders.done(message.id),
      point: () => this.following && this.page.pointer.show(message),
      present: () => this.count(message),
      leads: () => this.command(message.leads),
      locked: () => { this.locked = message.locked; this.keep(); },
      ended: () => {},
    };
    (hears[message.type] ?? (() => this.questions.hear(message)))();
  }

  welcome(message) {
    const first = !this.welcomed;
    for (const way of [this.up, this.down]) way.clear(); // a restarted server has another clock
    Object.assign(this, { away: false, trouble: "", welcomed: true, ...this.named(message.room), place: message.place });
    this.questions.welcome(message.began);
    if (this.role === "teacher") {
      if (this.locked) this.connection.say("lock", { locked: true }); // a restarted server does not know it
      this.command(message.leads);
    } else if (first) this.spoken = this.following ? SAID.joined : SAID.alone;
    this.keep();
  }

  // What another window of the same teacher shows to the class
  watchLeader(said) { if (!this.leads) this.heard = said; }

  // --- the student ---
  take(said) {
    const before = this.state;
    // A message may have waited in a busy browser, the teacher's or this one, and be older than it seems. So its time is
    // carried from the teacher's clock to the server's, and from there to ours.
    const onServer = this.up.heard(said.told, said.clock - said.age);
    this.state = { ...said, at: this.down.heard(said.clock, this.now()) - said.clock + onServer };
    this.follow();
    if (said.own && !before?.own) this.spoken = SAID.own;
    if (said.free && !before?.free && this.following) this.letGo(SAID.freed, true);
    if (!said.free && this.byTeacher) this.back(true);
    this.obey(said, before?.over ?? false);
  }

  obey({ paused, over }, wasOver) {
    if (paused !== this.paused) this.spoken = paused ? SAID.paused : SAID.unpaused;
    if (over !== wasOver) this.spoken = over ? reasonFor("ended", "student") : SAID.unpaused;
    this.paused = paused;
  }

  // Another page or experiment is opened once, at the position in the teacher's message. A later position may lie beyond
  // the run's end, and an address with it would be refused; the player knows the end, and is led on from there.
  follow() {
    if (!this.isLed) return;
    const { state, page, goal } = this;
    const here = page.place();
    const target = JSON.stringify([goal.page, goal.address]);
    const isHere = here !== null && isSame(here, goal);
    if (!isHere && this.went !== target) page.open(linkTo(goal, state.position, page.along(this.room)));
    else if (here !== null) this.lead();
    this.went = target;
  }

  // Where this student is led: to the teacher's place, there to a run of one's own if everybody has one.
  get goal() {
    const { page, address, own } = this.state;
    const number = numberOf(this.place);
    return own && number ? given({ page, address }, own, valueOf(own, number)) : { page, address };
  }

  get isLed() { return this.following && this.state !== null && !this.isOver; }

  lead() {
    if (!this.isLed) return;
    const { position, playing, speed, at, address } = this.state;
    this.page.lead({ position, playing, speed, age: Math.max(0, this.now() - at), views: viewsOf(address) });
  }

  letGo(words = SAID.alone, byTeacher = false) {
    if (!this.following) return;
    Object.assign(this, { following: false, byTeacher, left: this.state && this.goal });
    if (!this.isOver) this.spoken = words;
    this.keep();
    this.changed();
  }

  // The student's own experiment is opened again as it was left.
  lookAround() {
    const { own } = this;
    this.own = null;
    this.letGo();
    if (own) this.page.giveBack(own);
  }

  // To where the teacher is now, pressed by the student or called by the teacher. What the student has here is put aside
  // once the address says all of it. Who is called stays if the class was let go again meanwhile.
  back(called = false) {
    if (this.returning) return;
    this.returning = true;
    this.page.whenHeard(() => {
      this.returning = false;
      if (this.role !== "student" || this.following || (called && this.state?.free)) return;
      if (!this.own || this.hasWorked) this.own = this.page.putAside(this.room);
      Object.assign(this, { following: true, byTeacher: false, went: null, spoken: SAID.back });
      this.keep();
      this.follow();
      this.changed();
    });
  }

  // Whether a student who was let go has made something else of what the class showed then.
  get hasWorked() {
    const here = this.page.place();
    return !this.page.data.whole || here === null || this.left === null || !isSame(here, this.left);
  }

  // --- the page ---
  // A student who has just come gets the first message late, and so measures the clocks wrongly. One more message, when
  // the page there is drawn, sets that right.
  count({ students, alone, silent, places, windows }) {
    if (students > this.present) {
      clearTimeout(this.greeting); // one message for all who come together
      this.greeting = setTimeout(() => this.pace.ask(), SETTLED_MS);
    }
    Object.assign(this, { present: students, alone, silent, places, windows });
    this.page.runs.count(places);
  }

  // Another page: this is its position until its player reports one.
  stand(position) { this.view = { ...STILL, position: position >= 0 ? position : 0 }; }

  // The player says where it is.
  seen({ by, ...view }) {
    if (this.role === "teacher") { this.view = { ...view, at: this.now() }; this.pace.ask(); }
    else if (by === "hand") this.letGo();
    else if (by === "run") this.lead();
  }

  // A page was drawn, or its address has changed.
  moved() {
    const place = JSON.stringify(this.page.place());
    if (place === this.stoodAt) return; // while it plays, the position in the address changes all the time
    this.stoodAt = place;
    if (this.role !== "teacher") { this.follow(); return; }
    this.keep();
    this.pace.ask();
  }

  // The page is looked at again, or online again: its socket may be dead without an event.
  revive() {
    if (this.role !== "none" && this.connection && (this.away || this.connection.isOpen)) this.connection.renew();
  }

  watch() {
    if (this.over && Date.now() >= this.over) this.end();
    this.connection?.watch();
    if (this.orders.watch()) this.changed();
    if (this.role === "student" && this.questions.unheard(UNNOTED_MS)) this.revive();
  }

  // --- the teacher ---
  // Nobody is taken to a page that is for teachers: it answers what is still to be asked. The class stays, and stops there.
  show(place, at) {
    const alone = this.page.data.forTeachers;
    const from = alone ? this.shown : { ...place, ...(this.page.data.plays ? this.view : STILL) };
    const { page, address, playing, speed } = from;
    this.shown = { page, address, position: standing(from, at), playing: playing && !alone, speed, at };
  }

  // One window leads. Another one of the same teacher would drag everybody to where it stands.
  command(leads) {
    this.leads = leads;
    if (leads) this.orders.clear(); // nobody else would do them
    this.tell();
  }

  // What the console says is done once, though it is said until this window says that it is done. While a page is being
  // opened nothing is: what comes next is meant for that page.
  carryOut({ id, ...order }) {
    if (!this.leads || this.page.place() === null) return;
    if (!this.did.includes(id)) {
      this.did = [...this.did.slice(1 - REMEMBERED), id];
      this.keep();
      this.page.obey(order);
    }
    this.connection.say("did", { id });
  }

  tell() {
    if (this.role !== "teacher" || !this.leads) return;
    const place = this.page.place();
    if (place === null) return;
    this.show(place, this.now());
    const { paused, free, gives: own, shown: { page, address, position, playing, speed, at } } = this;
    const state = { page, address, position, playing, speed, paused, free, over: this.isOver, own, told: Math.round(at) };
    // Nobody goes anywhere any more at the end of a class, so that it needs no address.
    const told = this.isOver ? this.connection.say("state", { ...state, address: "" }) : this.page.data.whole && this.connection.say("state", state);
    this.tooLarge = !told;
    this.changed();
  }

  order(change) {
    Object.assign(this, change);
    this.keep();
    this.tell();
  }

  // For everybody the class has ended; for a minute this can be taken back with `order({ over: 0 })`.
  finish() { this.order({ paused: false, over: Date.now() + TAKE_BACK_MS }); }

  end() {
    this.connection.end();
    this.store.write("teacher", null);
    this.rest();
    this.changed();
  }
}
