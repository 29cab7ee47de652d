import assert from "node:assert/strict";
import test from "node:test";

import { Departure } from "../../../../../pages/shared/session/leaving/departure.js";
import { Entries } from "../../../../../pages/shared/session/leaving/entries.js";
import { anchorAll, anchorAt, isInput, isPress, leadsAway, missed, opensTab, queryFor } from "../../../../../pages/shared/session/leaving/leads.js";
import { Line } from "../../../../../pages/shared/session/leaving/line.js";
import { Question } from "../../../../../pages/shared/session/leaving/question.js";

const HERE = { origin: "http://a", pathname: "/playground" };
const LINK = { origin: "http://a", pathname: "/compare", hash: "", download: "", target: "" };

test("a link to another page of the app leads away; another host, this page, a new tab and a download do not", () => {
  assert.equal(leadsAway(LINK, HERE), true);
  for (const link of [{ origin: "http://b" }, { pathname: "/playground" }, { hash: "#a" }, { download: "x" }, { target: "_blank" }]) {
    assert.equal(leadsAway({ ...LINK, ...link }, HERE), false, JSON.stringify(link));
  }
});

test("another button than the first, and a key held, open a tab", () => {
  assert.equal(opensTab({ button: 0 }), false);
  for (const press of [{ button: 1 }, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }]) {
    assert.equal(opensTab({ button: 0, ...press }), true);
  }
});

test("a press is a pointer's, or the keys' that press a button; Tab types nothing", () => {
  assert.deepEqual(["Enter", " ", "a"].map((key) => isPress({ type: "keydown", key })), [true, true, false]);
  assert.equal(isPress({ type: "pointerdown" }), true);
  assert.deepEqual(["Tab", "a"].map((key) => isInput({ type: "keydown", key })), [false, true]);
});

test("a link's query has the position that the browser shows", () => {
  assert.equal(queryFor("seed=7&position=1", "?seed=7&position=30"), "?seed=7&position=30");
  assert.equal(queryFor("seed=7&position=1", "?seed=7"), "?seed=7&position=1");
  assert.equal(queryFor("", ""), "");
});

test("a question is answered by its number or a later one, or not at all", async () => {
  const question = new Question();
  const asked = [];
  const first = question.ask((number) => asked.push(number));
  const second = question.ask((number) => asked.push(number));
  assert.ok(asked[1] > asked[0]);
  question.heard(asked[1]);
  await Promise.all([first, second]);
  await question.ask(() => {}, 5);
});

test("a page has one entry: its address completes it until the visitor touches it, and none is made on the way out", () => {
  const done = [];
  const location = { href: "http://a/", pathname: "/" };
  const history = {
    pushState: (state, title, url) => done.push(["push", url]),
    replaceState: (state, title, url) => done.push(["replace", url]),
  };
  const entries = new Entries(history, location, () => 0);
  history.pushState({}, "", "/?lr=1");
  entries.leave();
  history.pushState({}, "", "/?position=3");
  history.pushState({}, "", "/compare");
  Object.assign(location, { href: "http://a/compare", pathname: "/compare" });
  history.pushState({}, "", "/compare?lr=1");
  entries.touched();
  history.pushState({}, "", "/compare?lr=2");
  assert.deepEqual(done, [["push", "/?lr=1"], ["push", "/compare"], ["replace", "/compare?lr=1"], ["push", "/compare?lr=2"]]);
});

test("old news of a page that Back has left makes no entry, until a click leads on", () => {
  const done = [];
  const location = { href: "http://a/mathematics", pathname: "/mathematics" };
  const history = { pushState: (state, title, url) => done.push(url), replaceState() {} };
  const entries = new Entries(history, location, () => 0);
  entries.wentBack();
  history.pushState({}, "", "/compare?lr=1");
  assert.deepEqual(done, []);
  entries.leave();
  history.pushState({}, "", "/compare?lr=1");
  assert.deepEqual(done, ["/compare?lr=1"]);
});

test("a link to the first page leads there and not to this page", () => {
  globalThis.Element = class {
    constructor(href) { this.href = href; }

    closest() { return this; }

    getAttribute() { return this.href; }
  };
  const drawn = () => ["?seed=5", "mathematics?seed=5"].map((href) => new Element(href));
  const mended = (links) => assert.deepEqual(links.map(({ href }) => href), ["./?seed=5", "mathematics?seed=5"]);
  const [touched, seen] = [drawn(), drawn()];
  touched.forEach((target) => anchorAt({ target }));
  mended(touched);
  anchorAt({ target: null });
  anchorAll({ querySelectorAll: () => seen });
  mended(seen);
});

function cutAndMended(t, type) {
  const said = [];
  const field = { isConnected: true, disabled: false };
  for (const name of ["focus", "blur"]) field[name] = () => said.push(name);
  let state = "CONNECTED";
  const app = { getAttribute: () => state };
  const observers = [];
  globalThis.MutationObserver = class {
    constructor(look) { this.look = look; }
    observe() { observers.push(this.look); }
  };
  t.after(() => { delete globalThis.MutationObserver; });
  const window = new EventTarget();
  window.document = { body: {}, querySelector: () => app };
  window.document.activeElement = window.document.body;
  new Line(window, () => said.push("back"));
  const event = (name) => {
    const happened = new Event(name);
    Object.defineProperty(happened, "target", { value: field });
    window.dispatchEvent(happened);
  };
  const become = (next) => {
    state = next;
    observers.forEach((look) => look());
  };
  type(event, become, field);
  become("CONNECTED");
  return said;
}

test("what was typed in a field that was locked is committed when the line is whole again, and then a word is said", (t) => {
  assert.deepEqual(cutAndMended(t, (event, become, field) => {
    event("input");
    field.disabled = true;
    event("change"); // because it is locked
    become("PINGING_SERVER");
    become("CONNECTING");
    field.disabled = false;
  }), ["focus", "blur", "back"]);
});

test("a field that was left in time is let alone, and as long as the line is whole nothing is said", (t) => {
  assert.deepEqual(cutAndMended(t, (event, become) => { event("input"); event("change"); become("CONNECTING"); }), ["back"]);
  assert.deepEqual(cutAndMended(t, (event) => event("input")), []);
});

test("a click beside a link that was drawn anew under the pointer is meant for it; one released elsewhere is not", () => {
  const down = { isConnected: false, href: "http://a/compare", pathname: "/compare", textContent: "Compare" };
  const anew = { ...down, isConnected: true, contains: () => false, getBoundingClientRect: () => ({ left: 10, right: 20, top: 0, bottom: 9 }) };
  const around = { contains: (part) => part === anew };
  const document = { links: [anew] };
  assert.equal(missed({ target: around, clientX: 12, clientY: 5 }, down, document), anew);
  assert.equal(missed({ target: around, clientX: 30, clientY: 5 }, down, document), null);
  assert.equal(missed({ target: { contains: () => false }, clientX: 12, clientY: 5 }, down, document), null);
  assert.equal(missed({ target: around, clientX: 12, clientY: 5 }, null, document), null);
});

test("a way back is gone again if an entry that is written just then calls it off, and only if there is one", async () => {
  const tried = [];
  const navigation = {
    entries: () => [{ key: "before" }],
    traverseTo: (key) => ({ committed: tried.push(key) < 2 ? Promise.reject(new Error("called off")) : Promise.resolve() }),
  };
  const departure = Object.assign(Object.create(Departure.prototype), { window: { navigation } });
  await departure.traverse("before");
  assert.deepEqual(tried, ["before", "before"]);
  departure.pressing = Infinity;
  await departure.traverse("after");
  assert.equal(tried.length, 2);
  assert.equal(departure.pressing, 0); // the visitor is still here, and so is the player
});

test("whoever turns round on the way back need not wait again: all that was typed has been heard", async () => {
  const held = [];
  const navigation = { entries: () => [{ key: "before" }], traverseTo: () => ({ committed: Promise.resolve() }) };
  const window = { navigation, location: { pathname: "/" } };
  const departure = Object.assign(Object.create(Departure.prototype), {
    window, touched: true, send: () => {}, hold: async () => held.push("held"),
  });
  const back = {
    navigationType: "traverse", cancelable: true, preventDefault() {}, destination: { sameDocument: true, key: "before" },
  };
  await departure.travel(back);
  await departure.travel(back);
  assert.deepEqual(held, ["held"]);
});

test("a click that was held is made again if it led nowhere, but not once something else leads elsewhere", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const clicks = [];
  const window = { location: { pathname: "/", origin: "http://a" }, document: { links: [] } };
  const departure = () => Object.assign(Object.create(Departure.prototype), { window, touched: false, entries: { leave() {}, wentBack() {} } });
  globalThis.Element = class { // a link, by its selector
    constructor(pathname) { Object.assign(this, { pathname, origin: "http://a", isConnected: true }); }

    closest(selector) { return selector.startsWith("a[href]") || selector.includes("TopNavLink") ? this : null; }

    matches() { return false; }

    click() { clicks.push(this.pathname); }
  };
  const [teach, here, compare] = ["/teach", "/", "/compare"].map((path) => new Element(path));
  const after = (happens) => {
    const mine = departure();
    clicks.length = 0;
    mine.way = teach;
    mine.go(teach, "/");
    happens(mine);
    for (let i = 0; i < 5; i++) t.mock.timers.tick(1500);
    return clicks.length;
  };
  assert.equal(after(() => {}), 3);
  assert.equal(after((mine) => mine.wentBack()), 1);
  assert.equal(after((mine) => mine.follow({ target: compare })), 1);
  assert.equal(after((mine) => mine.follow({ target: here })), 1);
});

test("nobody speaks from a click that is held until the page is left, however long the answer takes", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const window = { document: { activeElement: null, dispatchEvent() {} }, MouseEvent: Event };
  let answer;
  const question = { ask: () => new Promise((resolve) => { answer = resolve; }) };
  const departure = Object.assign(Object.create(Departure.prototype), { window, question, pressing: 0, leaving: 0 });
  const held = departure.hold();
  for (let i = 0; i < 3; i++) {
    t.mock.timers.tick(1);
    await Promise.resolve();
  }
  now = 4000;
  assert.equal(departure.quiet, true);
  answer();
  await held;
  assert.equal(departure.quiet, true);
});
