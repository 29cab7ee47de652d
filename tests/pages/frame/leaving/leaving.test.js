import assert from "node:assert/strict";
import test from "node:test";

import { Departure } from "../../../../pages/frame/leaving/departure.js";
import { Entries } from "../../../../pages/frame/leaving/entries.js";
import { anchorAll, anchorAt, isInput, isPress, leadsAway, missed, opensTab, queryFor } from "../../../../pages/frame/leaving/leads.js";
import { Line } from "../../../../pages/frame/leaving/line.js";

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

test("the second click of a double click leads nowhere, whatever has come under the pointer", (t) => {
  globalThis.Element = class {};
  t.after(() => { delete globalThis.Element; });
  const led = [];
  const departure = Object.assign(Object.create(Departure.prototype), { down: null });
  const click = (detail, down, isLink) => {
    const target = Object.assign(new Element(), { closest: () => (isLink ? LINK : null) });
    departure.down = down;
    const passed = [];
    departure.pass({ detail, target, composedPath: () => [target], preventDefault() {}, stopImmediatePropagation: () => passed.push(detail) });
    led.push([passed.length === 0, departure.down]);
  };
  click(1, LINK, true);
  click(2, LINK, true);
  click(2, LINK, false); // the navigation was drawn anew between press and release
  click(2, null, false); // no link
  assert.deepEqual(led, [[true, LINK], [false, null], [false, null], [true, null]]);
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

test("what a page writes that Back or a class has led to is written at once, when it was drawn", () => {
  const done = [];
  const history = { pushState: (state, title, url) => done.push(url), replaceState() {} };
  const entries = new Entries(history, { href: "http://a/compare", pathname: "/compare" }, () => 0);
  entries.leave();
  entries.wentBack();
  entries.arrived();
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
    window, touched: true, say: () => {}, finish() {}, ask: async () => held.push("held"),
  });
  const back = {
    navigationType: "traverse", cancelable: true, preventDefault() {}, destination: { sameDocument: true, key: "before" },
  };
  await departure.travel(back);
  await departure.travel(back);
  assert.deepEqual(held, ["held"]);
});

// A page with nothing on it, to which Python listens.
function listening(t, { page = "", session = "one", open = null, rests = null } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const heard = [];
  const window = Object.assign(new EventTarget(), {
    MouseEvent: Event,
    PopStateEvent: Event,
    history: { pushState() {}, replaceState() {} },
    location: { pathname: "/", href: "http://a/", origin: "http://a", search: "" },
    document: Object.assign(new EventTarget(), { querySelector: (selector) => (selector.includes("Popover") ? open : selector.includes("notRunning") ? rests : null), querySelectorAll: () => [], links: [], activeElement: null, body: null }),
  });
  globalThis.Element = class { // a link
    constructor(pathname) { Object.assign(this, { pathname, origin: "http://a", search: "?seed=7&show=x", href: pathname }); }

    closest(selector) { return selector.startsWith("a[href]") || (this.pathname === "/" && selector.includes("NavLink")) ? this : null; }

    matches() { return false; }
  };
  const departure = new Departure(window);
  const receive = (data) => departure.receive({ page, session, query: "seed=7", heard: 0, ...data }, (number) => heard.push(number), (way) => heard.push(way));
  receive();
  const click = async (path) => {
    const event = Object.assign(new Event("click", { cancelable: true }), {});
    Object.defineProperty(event, "target", { value: new Element(path) });
    departure.follow(event);
    for (let i = 0; i < 20; i++) { t.mock.timers.tick(1); await null; }
    return event.defaultPrevented;
  };
  return { departure, heard, receive, click };
}

const way = (page) => ({ left: "", drawn: "seed=7", page, query: "seed=7&show=x" });

test("a click that leads away is Streamlit's until something was typed, and is then said after what was typed", async (t) => {
  const { departure, heard, click } = listening(t);
  assert.deepEqual([await click("/teach"), heard], [false, []]);
  departure.touched = true;
  departure.window.document.addEventListener("backprop:commit", () => heard.push("typed"));
  assert.deepEqual([await click("/teach"), heard], [true, ["typed", way("teach")]]);
  assert.equal(departure.quiet, true); // a word of the player would bring the page back
});

test("what was opened before this program was there closes before the page is left", async (t) => {
  const { heard, click } = listening(t, { open: {} });
  assert.deepEqual([await click("/teach"), heard], [true, [way("teach")]]);
});

test("a click is said again to a server that began anew, but not once another page is there", async (t) => {
  const { departure, heard, receive, click } = listening(t);
  departure.touched = true;
  await click("/teach");
  receive();
  assert.deepEqual(heard, [way("teach")]);
  receive({ session: "two" });
  assert.deepEqual(heard, [way("teach"), way("teach")]);
  departure.window.location.pathname = "/teach";
  receive({ session: "two", page: "teach" });
  assert.deepEqual([departure.way, departure.quiet], [null, false]);
});

test("of two clicks the later one counts", async (t) => {
  const { departure, heard, click } = listening(t);
  departure.touched = true;
  await Promise.all([click("/teach"), click("/compare")]);
  assert.deepEqual(heard, [way("compare")]);
});

test("a click on the link of the page that is being left takes the click before it back", async (t) => {
  const { departure, heard, click } = listening(t);
  departure.touched = true;
  await click("/teach");
  assert.deepEqual([await click("/"), heard, departure.way, departure.quiet], [false, [way("teach"), {}], null, false]);
  await click("/");
  assert.equal(heard.length, 2);
});

test("a click that is made before the page of another one is drawn leads on from there", async (t) => {
  const { departure, heard, receive, click } = listening(t);
  departure.touched = true;
  await click("/teach");
  departure.window.location.pathname = "/teach";
  await click("/compare");
  receive({ page: "teach" });
  assert.deepEqual(heard, [way("teach"), way("compare"), { ...way("compare"), left: "teach" }]);
  departure.window.location.pathname = "/compare";
  receive({ page: "compare" });
  assert.deepEqual([heard.length, departure.way, departure.quiet], [3, null, false]);
});

test("a question is answered when Python has heard it or a later one, or not at all", async (t) => {
  const { departure, heard, receive } = listening(t);
  const answers = [departure.ask()];
  receive({ heard: heard[0] });
  answers.push(departure.ask());
  t.mock.timers.tick(5000);
  await Promise.all(answers);
  assert.ok(heard[1] > heard[0]);
});

test("where a class has led, what the page writes into its address is written; where Back has led, it is the page's before", (t) => {
  for (const isTrusted of [true, false]) {
    const { departure } = listening(t);
    const written = [];
    departure.entries = new Entries({ pushState: (...entry) => written.push(entry[2]), replaceState: (...entry) => written.push(entry[2]) }, departure.window.location, () => 0);
    departure.wentBack(isTrusted);
    departure.entries.write([null, "", "/?unseen=0"], (...entry) => written.push(entry[2]), () => {});
    assert.deepEqual(written, isTrusted ? [] : ["/?unseen=0"]);
    t.mock.timers.reset();
  }
});

test("a press has the player speak once: a second message close behind a click would have the click forgotten", (t) => {
  const { departure } = listening(t);
  let spoken = 0;
  departure.window.document.addEventListener("backprop:commit", () => { spoken += 1; });
  for (const type of ["pointerdown", "click"]) departure.press(Object.assign(new Event(type), { key: "" }));
  assert.equal(spoken, 1);
});

test("a page that Back or a class has led to is asked for again when another was drawn, three times and no more", (t) => {
  const { departure, receive } = listening(t, { rests: {} });
  const { window } = departure;
  let calls = 0;
  window.addEventListener("popstate", () => { calls += 1; });
  const draw = (page) => { receive({ page }); t.mock.timers.tick(1000); };
  window.location.pathname = "/teach";
  draw(""); // nobody was led: the address names no page
  assert.equal(calls, 0);
  departure.wentBack(true);
  draw("teach");
  assert.equal(calls, 0);
  for (let i = 0; i < 5; i++) draw("");
  assert.equal(calls, 3);
});
