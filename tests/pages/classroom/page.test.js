import assert from "node:assert/strict";
import test from "node:test";

import { AnswerRow } from "../../../pages/classroom/answer_row.js";
import { Page } from "../../../pages/classroom/page.js";

// As much of an element as is asked of one that is only made.
function made() {
  const element = { style: { setProperty() {} }, dataset: {}, closest: () => null };
  const marks = new Set();
  element.toggleAttribute = (name, on) => marks[on ? "add" : "delete"](name);
  element.marks = marks;
  for (const name of ["append", "prepend", "replaceChildren", "setAttribute", "addEventListener"]) element[name] = () => {};
  return Object.assign(element, { cloneNode: made });
}

function mounting(t) {
  const observed = new Set();
  const globals = {
    window: Object.assign(new EventTarget(), { Plotly: { purge: (div) => { div.purged = true; } } }),
    document: Object.assign(new EventTarget(), { createElement: made, documentElement: made(), body: made() }),
    location: { search: "" },
    ResizeObserver: class {
      observe() { observed.add(this); }

      disconnect() { observed.delete(this); }
    },
  };
  Object.assign(globalThis, globals);
  t.after(() => Object.keys(globals).forEach((name) => { delete globalThis[name]; }));
  const page = Object.create(Page.prototype);
  const nothing = () => {};
  Object.assign(page, { draw: nothing, check: nothing, restore: nothing, roomInAddress: nothing, hide: nothing });
  Object.assign(page, { classroom: { questions: { proceed: nothing }, stand: nothing, arrive: nothing }, presses: { heard: nothing, all: [] }, pause: { dress: nothing } });
  Object.assign(page, { lesson: { hear: nothing }, record: { isEmpty: true }, runs: { ask: nothing, close: nothing, box: made() }, own: { standIn: nothing, dialog: { close: nothing } } });
  page.answers = new AnswerRow(page);
  return { page, observed, mount: (root) => { page.mount(root, { pressed: 0 }, nothing); return page.view; } };
}

test("whoever leaves a class does not join it again by the address that is on its way out", (t) => {
  const { page, mount } = mounting(t);
  const joined = [];
  page.roomInAddress = () => "ABCDEFGH";
  page.classroom.arrive = (code) => joined.push(code);
  page.leaving = true;
  mount(made());
  assert.deepEqual(joined, []);
  page.leaving = false;
  mount(made());
  assert.deepEqual(joined, ["ABCDEFGH"]);
});

test("the view of a page that is left listens to nothing any more, nor does its chart", (t) => {
  const { page, observed, mount } = mounting(t);
  const [one, other] = [made(), made()];
  const first = mount(one);
  assert.equal(mount(one), first); // another rerun
  first.answers.chart.drawn = "something";
  // What stands outside is styled by marks of the document, which go with the view.
  const told = (role, question, following) => {
    first.tell({ role, question: "", questions: { asked: question && { question } } }, following);
    return [...globalThis.document.documentElement.marks];
  };
  assert.deepEqual(told("teacher", null, true), ["data-in-class"]);
  assert.deepEqual(told("student", null, true), ["data-in-class", "data-led"]);
  assert.deepEqual(told("student", 1, false), ["data-in-class"]);
  assert.deepEqual(told("student", 1, true), ["data-in-class", "data-led", "data-asked"]);
  page.unmount(one);
  assert.equal(globalThis.document.documentElement.marks.size, 0);
  assert.deepEqual([page.view, observed.size], [null, 0]);
  assert.ok(first.answers.chart.div.purged);
  assert.notEqual(mount(other), first);
  page.unmount(one); // Streamlit says again what an earlier call returned
  assert.equal(page.view.root, other);
});

test("Python hears once that there is a class to hide things from, and again in a new session", () => {
  const pressed = [];
  const page = Object.assign(Object.create(Page.prototype), { classroom: { role: "none" }, data: { hides: false }, presses: { press: (...what) => pressed.push(what) } });
  page.hide();
  page.classroom.role = "teacher";
  for (const hides of [false, false, true, true, false]) { page.data = { hides }; page.hide(); }
  page.classroom.role = "none";
  page.data = { hides: true };
  page.hide();
  assert.deepEqual(pressed, [["teaches", "1"], ["teaches", "1"], ["teaches", ""]]);
});

test("the address of a class may be typed with a zero for an O", (t) => {
  mounting(t);
  for (const [search, room] of [["?class=d2a30y0c", "D2A3OYOC"], ["?class=nobody", ""], ["", ""]]) {
    globalThis.location.search = search;
    assert.equal(Page.prototype.roomInAddress.call({}), room);
  }
});
