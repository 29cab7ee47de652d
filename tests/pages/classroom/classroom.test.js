import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { Classroom } from "../../../pages/classroom/classroom.js";
import { checked } from "../../../pages/classroom/messages.js";
import { EXACT, fallen, isLong, isRight, isTooShort, outcome, readAnswer } from "../../../pages/classroom/questions.js";

const table = JSON.parse(readFileSync(new URL("../../../pages/classroom/messages.json", import.meta.url), "utf8"));
const STATE = { type: "state", page: "", address: "example=tutorial&lr=0.1", position: 7, playing: false, speed: 100, paused: false, free: false, over: false, own: "", told: 0, age: 0 };
const ROOM = "ABCDEFGH".padEnd(52, "2");
const TAUGHT = "QRSTUVWX".padEnd(52, "5"); // the name that the server gives a new class
const PLACE = `17.1.${"0".repeat(32)}`;
const WELCOME = { type: "welcome", role: "student", room: ROOM, began: 1, place: PLACE, leads: false };
const ASKED = { type: "asked", question: 1, kind: "number", text: "?", choices: [], round: 1 };

// A page that notes what is done to it.
function surrounded(kept = {}) {
  const noted = { opened: [], led: [], said: [] };
  const page = {
    here: { page: "", address: "example=tutorial" },
    data: { plays: true, whole: true, forTeachers: false, run: { name: "before", loss: 0.5, trained: 1 } },
    place() { return this.here; },
    isBare: () => true,
    whenHeard(act) { (noted.hearing ??= []).push(act); if (!noted.waits) act(); },
    putAside: () => `./?own=${page.here.address}`,
    giveBack(own) { noted.opened.push(own); },
    along: (room) => ({ class: room }),
    record: { clear() {}, note(asked, revealed) { noted.recorded = [asked.question, revealed.answers]; } },
    runs: { count(places) { noted.counted = places; } },
    open(link) { noted.opened.push(link); },
    lead(detail) { noted.led.push(detail); },
    revealed(at) { noted.revealed = at; },
    train(name) { (noted.trained ??= []).push(name); },
  };
  const store = { read: (name) => structuredClone(kept[name] ?? null), write: (name, value) => { kept[name] = structuredClone(value); } };
  let hear;
  let lose;
  const connect = (options) => {
    ({ hear, lose } = options);
    const role = options.greeting.type === "teach" ? "teacher" : "student";
    return {
      isOpen: true, isIn: true, close() {}, watch() { noted.watched = true; }, end() { this.say("end"); }, renew() { noted.renewed = true; },
      say(type, fields = {}) {
        const message = checked(table, role, { type, ...fields });
        if (message) noted.said.push(message);
        return message !== null;
      },
    };
  };
  let time = 1000;
  const classroom = new Classroom({ store, connect, page, changed() {}, now: () => time });
  const pass = (ms) => { time += ms; };
  return { classroom, page, kept, noted, pass, hear: (message) => hear(message.type === "state" ? { clock: time, ...message, told: message.told || (message.clock ?? time) - message.age } : message), lose: (...what) => lose(...what) };
}

function student(state = STATE) {
  const it = surrounded();
  it.classroom.arrive("ABCDEFGH");
  it.hear(WELCOME);
  it.hear(state);
  return it;
}

test("a student is taken to another experiment once, and his player led from then on", () => {
  const { page, noted, hear } = student();
  assert.deepEqual(noted.opened, [`./?example=tutorial&lr=0.1&position=7&class=${ROOM}`]);
  hear({ ...STATE, position: 8 });
  assert.equal(noted.opened.length, 1);
  page.here = { page: "", address: STATE.address };
  hear({ ...STATE, position: 9, playing: true, age: 40 });
  assert.deepEqual(noted.opened.length, 1);
  assert.deepEqual(noted.led.at(-1), { position: 9, playing: true, speed: 100, age: 40, views: [] });
});

test("whoever comes while it plays opens what was told, and is led to where it is by then", () => {
  // Nobody here knows where the run ends: a teacher who has gone in the middle of it said that it plays, hours ago.
  const { classroom, page, noted } = student({ ...STATE, playing: true, age: 1500 });
  assert.match(noted.opened[0], /position=7&/);
  page.here = { page: "", address: STATE.address };
  classroom.moved();
  assert.deepEqual(noted.led, [{ position: 7, playing: true, speed: 100, age: 1500, views: [] }]);
});

test("where everybody has a run of one's own, a student is led to that of the own place, and back to the teacher's", () => {
  const { classroom, page, noted, hear } = student({ ...STATE, own: "seed" });
  assert.deepEqual([noted.opened, classroom.spoken], [[`./?example=tutorial&lr=0.1&seed=1&position=7&class=${ROOM}`], "Everybody has a run of their own."]);
  page.here = { page: "", address: "example=tutorial&lr=0.1&seed=1" };
  hear({ ...STATE, own: "seed", playing: true });
  assert.deepEqual([noted.opened.length, noted.led.at(-1).playing], [1, true]);
  classroom.letGo();
  assert.equal(classroom.hasWorked, false); // the run that was given is nobody's work
  classroom.back();
  hear(STATE);
  assert.equal(noted.opened.at(-1), `./?example=tutorial&lr=0.1&position=7&class=${ROOM}`);
});

test("a page without a class, and one whose teacher has said nothing yet, is led nowhere", () => {
  const it = surrounded();
  it.classroom.moved();
  it.classroom.arrive("ABCDEFGH");
  it.hear(WELCOME);
  it.classroom.moved();
  assert.deepEqual([it.noted.opened, it.noted.led], [[], []]);
});

test("a hand lets go, and nothing leads any more until he is back", () => {
  const { classroom, page, noted, hear } = student();
  page.here = { page: "", address: STATE.address };
  classroom.seen({ position: 9, playing: false, speed: 100, by: "clock" });
  assert.ok(classroom.following);
  classroom.seen({ position: 9, playing: false, speed: 100, by: "hand" });
  assert.deepEqual([classroom.following, classroom.spoken], [false, "You look around on your own."]);
  const before = noted.led.length;
  hear({ ...STATE, position: 50, address: "example=iris" });
  assert.deepEqual([noted.led.length, noted.opened.length], [before, 1]);
  classroom.back();
  assert.equal(noted.opened.at(-1), `./?example=iris&position=50&class=${ROOM}`);
  classroom.lookAround();
  assert.equal(noted.opened.at(-1), `./?own=${STATE.address}`); // where he was before
});

test("let go by the teacher he is called back by the teacher; by himself he is not", () => {
  const { classroom, hear } = student();
  hear({ ...STATE, free: true });
  assert.deepEqual([classroom.following, classroom.spoken], [false, "The class lets you go on alone."]);
  hear(STATE);
  assert.equal(classroom.following, true);
  classroom.letGo();
  hear({ ...STATE, free: true });
  hear(STATE);
  assert.equal(classroom.following, false);
});

test("who was let go by the teacher may go back to the class, and follows it", () => {
  const { classroom, page, noted, hear } = student();
  page.here = { page: "", address: STATE.address };
  hear({ ...STATE, free: true });
  classroom.back();
  hear({ ...STATE, free: true, position: 9 });
  assert.deepEqual([classroom.following, classroom.spoken, noted.led.at(-1).position], [true, "You follow the class again.", 9]);
});

test("who is called back finds what was made meanwhile, also if Python has not heard all of it yet", () => {
  const { classroom, page, noted, hear, kept } = student();
  page.here = { page: "", address: STATE.address };
  hear({ ...STATE, free: true });
  noted.waits = true;
  hear(STATE);
  hear({ ...STATE, position: 8 });
  assert.deepEqual([classroom.following, noted.hearing.length], [false, 1]); // not before it is heard, and asked once
  page.here = { page: "", address: "lr=0.07&inputs=1.2" };
  noted.hearing[0]();
  assert.deepEqual([classroom.following, classroom.spoken, kept.student.own], [true, "You follow the class again.", "./?own=lr=0.07&inputs=1.2"]);
  noted.waits = false;
  // Who is let go and makes nothing of one's own keeps what was made before, and a class that was let go again calls nobody.
  page.here = { page: "", address: STATE.address };
  classroom.letGo();
  classroom.back();
  assert.equal(classroom.own, "./?own=lr=0.07&inputs=1.2");
  classroom.letGo();
  page.here = { page: "", address: "lr=0.09" }; // newer work counts
  classroom.back();
  classroom.lookAround();
  assert.equal(noted.opened.at(-1), "./?own=lr=0.09");
  classroom.back();
  hear({ ...STATE, free: true });
  noted.waits = true;
  hear(STATE);
  hear({ ...STATE, free: true });
  noted.hearing.at(-1)();
  assert.equal(classroom.following, false);
});

test("a class that was ended by mistake goes on within the minute, for everybody", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const { classroom, noted, kept } = teacher();
  classroom.order({ paused: true });
  classroom.finish();
  const { over, paused } = noted.said.at(-1);
  assert.deepEqual([over, paused, classroom.role], [true, false, "teacher"]);
  context.mock.timers.tick(59_000);
  classroom.watch();
  classroom.order({ over: 0 });
  assert.deepEqual([noted.said.at(-1).over, noted.said.at(-1).address, classroom.role], [false, "example=tutorial", "teacher"]);
  classroom.finish();
  const again = teacher(structuredClone(kept)); // a reload does not prolong it
  context.mock.timers.tick(60_000);
  for (const each of [classroom, again.classroom]) each.watch();
  for (const each of [noted, again.noted]) assert.equal(each.said.at(-1).type, "end");
  assert.deepEqual([classroom.role, again.classroom.role, kept.teacher], ["none", "none", null]);
});

test("whose class has ended is led nowhere until it goes on", () => {
  const { classroom, page, noted, hear } = student();
  page.here = { page: "", address: STATE.address };
  hear({ ...STATE, paused: true });
  const before = noted.led.length;
  hear({ ...STATE, address: "", over: true });
  assert.deepEqual([classroom.paused, classroom.spoken, noted.opened.length, noted.led.length], [false, "The class has ended. What you see stays.", 1, before]);
  hear({ ...STATE, address: "example=iris" });
  assert.deepEqual([classroom.following, classroom.spoken, noted.opened.length], [true, "The class goes on.", 2]);
});

test("who was called back is told so once", () => {
  const { classroom, hear } = student();
  hear({ ...STATE, free: true });
  hear(STATE);
  assert.equal(classroom.spoken, "You follow the class again.");
  hear({ ...STATE, paused: true });
  hear({ ...STATE, paused: true, position: 8 });
  assert.equal(classroom.spoken, "Eyes on the teacher");
});

test("a code in the address is another class's, one's own, or none", () => {
  const { classroom, kept } = student();
  classroom.arrive("ABCDEFGH");
  classroom.arrive("");
  assert.deepEqual([classroom.role, classroom.code, classroom.spoken], ["student", "ABCDEFGH", "You follow the class."]);
  classroom.arrive("HGFEDCBA");
  assert.deepEqual([classroom.role, classroom.code, kept.teacher], ["student", "HGFEDCBA", undefined]);
  // A teacher's browser with his secret: at his own class's address he teaches, at another one he learns.
  const { classroom: { code, room }, kept: secret } = teacher();
  const others = code.padEnd(52, "2"); // another room with this code
  for (const [address, role, name] of [["", "teacher", room], [room, "teacher", room], [code, "teacher", room], [others, "student", others]]) {
    const it = surrounded(structuredClone(secret));
    it.classroom.arrive(address);
    assert.deepEqual([it.classroom.role, it.classroom.room, it.classroom.code], [role, name, code]);
  }
});

test("of a class that has ended nothing is kept; one that is full, or a cut line, may have him again", () => {
  for (const [reason, again, kept] of [["ended", false, false], ["no such class", false, false], ["class full", false, true], ["", true, true]]) {
    const it = student();
    it.lose(reason, again);
    assert.deepEqual([it.kept.student !== null, it.classroom.following, it.classroom.away], [kept, again, again], reason);
    assert.equal(it.classroom.spoken, it.classroom.trouble || "You follow the class.");
    // Whoever looks at his page again has the line made anew, unless there is no point in it.
    it.classroom.connection.isOpen = false;
    it.classroom.revive();
    assert.equal(it.noted.renewed, again || undefined, reason);
  }
  const nobody = surrounded();
  nobody.classroom.revive();
  nobody.classroom.watch();
});

test("who looks around on his own is not led, and says so once", () => {
  const { classroom, page, noted } = student();
  page.here = { page: "", address: STATE.address };
  classroom.seen({ position: 7, playing: false, speed: 100, by: "run" });
  const led = noted.led.length;
  assert.ok(led > 0);
  classroom.letGo();
  classroom.spoken = "";
  classroom.letGo();
  classroom.seen({ position: 7, playing: false, speed: 100, by: "run" });
  assert.deepEqual([noted.led.length, classroom.spoken], [led, ""]);
});

test("who comes late to a class that was let go is taken there once", () => {
  const { classroom, noted } = student({ ...STATE, free: true });
  assert.deepEqual([noted.opened.length, classroom.following], [1, false]);
});

test("a pause is for everybody, and ends with the class", () => {
  const { classroom, hear, lose } = student();
  classroom.letGo();
  hear({ ...STATE, paused: true });
  assert.deepEqual([classroom.paused, classroom.spoken], [true, "Eyes on the teacher"]);
  lose("ended", false);
  assert.deepEqual([classroom.paused, classroom.trouble], [false, "The class has ended. What you see stays."]);
});

test("of each class that is joined it is said that one is there", () => {
  const { classroom, hear, kept } = student();
  assert.equal(classroom.spoken, "You follow the class.");
  hear({ ...STATE, paused: true });
  classroom.leave();
  assert.deepEqual([classroom.role, classroom.spoken, kept.student], ["none", "", null]);
  classroom.arrive("HGFEDCBA");
  hear({ ...WELCOME, room: "HGFEDCBA".padEnd(52, "2") });
  assert.equal(classroom.spoken, "You follow the class.");
});

test("a reload changes nothing of it", () => {
  const first = student();
  first.classroom.letGo();
  const again = surrounded(first.kept);
  again.classroom.arrive("ABCDEFGH");
  again.hear(WELCOME);
  again.hear(STATE);
  assert.deepEqual([again.classroom.following, again.noted.opened.length], [false, 0]);
});

test("an answer is sent until the server has noted it, and again to one that has lost it", () => {
  const { classroom, noted, hear } = student();
  hear(ASKED);
  classroom.questions.send(0.5);
  const answers = () => noted.said.filter(({ type }) => type === "answer").map(({ value }) => value);
  const back = (began = 1) => { hear({ ...WELCOME, began }); hear(ASKED); };
  back();
  assert.deepEqual(answers(), [0.5, 0.5]); // nobody has said that it arrived
  hear({ type: "noted", question: 1, round: 1, value: 0.5 });
  back();
  assert.deepEqual(answers(), [0.5, 0.5]);
  classroom.questions.send(0.25);
  hear({ type: "noted", question: 1, round: 1, value: 0.5 }); // of the one before
  hear({ type: "noted", question: 2, round: 1, value: 0.25 });
  assert.equal(classroom.questions.isNoted, false);
  back();
  assert.deepEqual(answers().slice(2), [0.25, 0.25]);
  hear({ type: "noted", question: 1, round: 1, value: 0.25 });
  assert.deepEqual([classroom.questions.isNoted, classroom.spoken], [true, "Question: ?"]); // said once: by the line of the answer
  back(2);
  assert.deepEqual(answers().slice(4), [0.25]);
  hear({ ...ASKED, question: 2 });
  assert.deepEqual([classroom.questions.answer, classroom.questions.isNoted], [null, false]);
});

test("a browser claims the place that it was given after its page was reloaded, and none in another class", () => {
  const said = [];
  const arrived = (kept, code) => {
    const it = surrounded(kept);
    const { connect } = it.classroom;
    it.classroom.connect = (options) => { said.push(options.greeting.place); return connect(options); };
    it.classroom.arrive(code);
    it.hear({ ...WELCOME, room: code.padEnd(52, "2") });
    return it;
  };
  const { kept } = arrived({}, "ABCDEFGH");
  arrived(kept, "ABCDEFGH");
  arrived(kept, "HGFEDCBA");
  assert.deepEqual(said, ["", PLACE, ""]);
});

test("a window that does not lead moves nobody, and takes over when it is asked", () => {
  const { classroom, noted, hear } = teacher();
  hear({ type: "leads", leads: false });
  const before = noted.said.length;
  classroom.seen({ position: 9, playing: false, speed: 50, by: "hand" });
  classroom.order({ paused: true });
  assert.equal(noted.said.length, before);
  hear({ type: "leads", leads: true });
  assert.deepEqual([noted.said.at(-1).type, noted.said.at(-1).position], ["state", 9]);
});

test("a teacher reads that the server's processes do not hear each other", () => {
  const { classroom, hear } = teacher();
  hear({ type: "apart", apart: true });
  classroom.tell();
  assert.match(classroom.notice, /do not hear each other/);
  hear({ type: "apart", apart: false });
  assert.equal(classroom.notice, "");
});

test("a class stays locked when its server has been restarted", () => {
  const it = teacher();
  const locks = () => it.noted.said.filter(({ type }) => type === "lock").length;
  assert.equal(locks(), 0);
  it.hear({ type: "locked", locked: true });
  const again = teacher(it.kept);
  assert.deepEqual(again.noted.said.filter(({ type }) => type === "lock"), [{ type: "lock", locked: true }]);
});

test("an answer that nobody has noted for five seconds makes the line anew, once each time", () => {
  const { classroom, noted, pass, hear } = student();
  const renewed = (ms) => { noted.renewed = false; pass(ms); classroom.watch(); return noted.renewed; };
  hear(ASKED);
  assert.equal(renewed(6000), false);
  classroom.questions.send(0.5);
  assert.deepEqual([renewed(4900), renewed(200), renewed(4900), renewed(200)], [false, true, false, true]);
  hear({ type: "noted", question: 1, round: 1, value: 0.5 });
  assert.equal(renewed(9000), false);
  classroom.questions.send(1);
  hear({ type: "revealed", question: 1, right: 0.5, within: 0, first: [], answers: [0.5] });
  assert.equal(renewed(9000), false);
});

test("a teacher whose other window asked in the same breath takes over what it asked", () => {
  const { classroom: { questions }, hear } = teacher();
  questions.open({ kind: "number", text: "mine", right: 0.5 });
  assert.equal(questions.mayReveal, true);
  hear({ ...ASKED, text: "mine" });
  assert.equal(questions.mayReveal, true);
  hear({ ...ASKED, text: "the other's" });
  assert.deepEqual([questions.asked.text, questions.mayReveal], ["the other's", false]);
});

test("what is said of one question is not taken for another's, and what is revealed is said aloud", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { classroom: { questions, ...rest }, classroom, noted, hear } = teacher();
  assert.equal(rest.role, "teacher");
  hear({ type: "counted", question: 1, answers: 9 }); // of none
  questions.open({ kind: "number", text: "?", right: 0.5 });
  hear({ type: "counted", question: 1, answers: 2 });
  hear({ type: "counted", question: 2, answers: 7 });
  assert.deepEqual([questions.answers, classroom.spoken], [2, ""]); // who asked need not hear the question
  hear({ type: "revealed", question: 1, right: 0.5, within: 0, first: [], answers: [0.5, 1, 2] });
  assert.deepEqual([questions.answers, classroom.spoken, noted.recorded], [3, "The answers are revealed.", [1, [0.5, 1, 2]]]);
  hear({ type: "withdrawn", question: 1 });
  questions.open({ kind: "number", text: "a".repeat(401), right: 1 }); // more than a message holds
  assert.deepEqual([questions.asked, questions.number], [null, 1]);
  // With the question still open a welcome changes nothing for a student.
  const pupil = student();
  pupil.hear(ASKED);
  pupil.hear({ type: "revealed", question: 1, right: 0.5, within: 0, first: [], answers: [] });
  pupil.hear(WELCOME);
  pupil.hear(ASKED);
  context.mock.timers.tick(2000);
  assert.deepEqual([pupil.classroom.questions.asked.question, pupil.classroom.questions.revealed?.right], [1, 0.5]);
});

test("asked again, a student answers anew, and a restarted server gets both answers", () => {
  const { classroom: { questions }, noted, hear, kept } = student();
  const answers = () => noted.said.filter(({ type }) => type === "answer").map(({ round, value }) => [round, value]);
  hear(ASKED);
  questions.send(0.5);
  hear({ type: "noted", question: 1, round: 1, value: 0.5 });
  hear({ ...ASKED, round: 2 });
  assert.deepEqual([questions.answer, answers().length], [null, 1]);
  questions.send(0.25);
  hear({ type: "noted", question: 1, round: 2, value: 0.25 });
  assert.equal(questions.isNoted, true);
  const again = surrounded(kept);
  again.classroom.arrive("ABCDEFGH");
  again.hear({ ...WELCOME, began: 2 });
  again.hear({ ...ASKED, round: 2 });
  assert.deepEqual(again.noted.said.map(({ round, value }) => [round, value]), [[1, 0.5], [2, 0.25]]);
  again.hear({ ...ASKED, question: 2 });
  assert.deepEqual([again.classroom.questions.first, again.classroom.questions.answer], [null, null]);
});

test("a teacher asks again once somebody has answered, also after a reload, and takes a reveal back", () => {
  const { classroom: { questions }, noted, hear, kept } = teacher();
  questions.put({ kind: "number", text: "?", right: 0.5, within: 0.1 });
  assert.equal(questions.mayAskAgain, false);
  hear({ type: "counted", question: 1, answers: 3 });
  questions.again();
  assert.deepEqual([noted.said.at(-1).round, questions.answers, questions.mayAskAgain], [2, 0, false]);
  const again = teacher(kept);
  assert.equal(again.noted.said.find(({ type }) => type === "ask").round, 2);
  questions.reveal();
  assert.deepEqual(noted.said.at(-1), { type: "reveal", question: 1, right: 0.5, within: 0.1 });
  hear({ type: "revealed", question: 1, right: 0.5, within: 0.1, first: [], answers: [0.5] });
  assert.deepEqual([questions.mayReveal, questions.mayConceal], [false, true]);
  questions.conceal();
  hear({ type: "concealed", question: 1 });
  assert.deepEqual([noted.said.at(-1).type, questions.mayReveal, questions.mayConceal], ["conceal", true, false]);
});

test("a question that was taken back meanwhile is forgotten after a welcome", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { classroom, hear } = student();
  hear(ASKED);
  hear(WELCOME);
  context.mock.timers.tick(2000);
  assert.equal(classroom.questions.asked, null);
});

function teacher(kept) {
  const it = surrounded(kept);
  if (kept) it.classroom.arrive(""); else it.classroom.start();
  it.hear({ ...WELCOME, role: "teacher", room: it.classroom.room || TAUGHT, place: "", leads: true });
  return it;
}

test("a teacher says where he is: the place, the player, and what he has ordered", () => {
  const { classroom, noted } = teacher();
  classroom.seen({ position: 9.5, playing: true, speed: 50, by: "hand" });
  classroom.order({ paused: true });
  const { type, ...said } = noted.said.at(-1);
  assert.deepEqual([type, said], ["state", { page: "", address: "example=tutorial", position: 9.5, playing: true, speed: 50, paused: true, free: false, over: false, own: "", told: 1000 }]);
});

test("what he says later, he says of where he is by then, and an address that has not changed is no news", () => {
  const { classroom, noted, pass } = teacher();
  classroom.moved();
  pass(100);
  classroom.seen({ position: 10, playing: true, speed: 100, by: "hand" });
  const before = noted.said.length;
  pass(500);
  classroom.moved();
  assert.equal(noted.said.length, before);
  classroom.order({ paused: true });
  assert.equal(noted.said.at(-1).position, 60);
});

test("nothing is said of a page that is on its way, nor of a position that is none", () => {
  const { classroom, page, noted } = teacher();
  const before = noted.said.length;
  const { here } = page;
  page.here = null;
  classroom.order({ paused: true });
  assert.deepEqual([noted.said.length, classroom.notice], [before, ""]);
  page.here = here;
  for (const [position, told] of [[-3, 0], [NaN, 0], [12, 12]]) {
    classroom.stand(position);
    classroom.tell();
    assert.deepEqual([noted.said.at(-1).position, noted.said.at(-1).playing, noted.said.at(-1).paused], [told, false, true]);
  }
});

test("a word in between counts however far the longest run may have come by then", () => {
  const { classroom, noted, pass } = teacher();
  classroom.seen({ position: 900_000, playing: true, speed: 500_000, by: "clock" });
  pass(1000);
  classroom.order({ paused: true });
  assert.deepEqual([noted.said.at(-1).paused, noted.said.at(-1).position, classroom.notice], [true, 1_000_000, ""]);
});

test("what is too large for an address is not taught, and that is said", () => {
  const { classroom, page, noted } = teacher();
  const before = noted.said.length;
  page.data.whole = false;
  classroom.tell();
  assert.equal(noted.said.length, before);
  assert.match(classroom.notice, /60 000 characters/);
  page.data.whole = true;
  page.here = { page: "", address: "a".repeat(60001) };
  classroom.tell();
  assert.match(classroom.notice, /60 000 characters/);
  page.here = { page: "", address: "example=iris" };
  classroom.tell();
  assert.equal(classroom.notice, "");
});

test("a page for teachers takes nobody along: the class stays where it was, still, and can be paused", () => {
  const { classroom, page, noted, pass, kept } = teacher();
  page.here = { page: "compare", address: "example=iris" };
  classroom.seen({ position: 100, playing: true, speed: 50, by: "hand" });
  classroom.tell();
  pass(2000);
  Object.assign(page, { here: { page: "teach", address: "example=iris&position=100" }, data: { ...page.data, forTeachers: true } });
  classroom.moved();
  classroom.stand(0);
  classroom.tell();
  const { told, ...said } = noted.said.at(-1);
  const stays = { type: "state", page: "compare", address: "example=iris", position: 200, playing: false, speed: 50, paused: false, free: false, over: false, own: "" };
  assert.deepEqual([told, said], [3000, stays]);
  pass(5000);
  classroom.order({ paused: true });
  assert.deepEqual(noted.said.at(-1), { ...stays, paused: true, told: 8000 });
  // After a reload there, too
  const again = surrounded(kept);
  Object.assign(again.page, { here: page.here, data: { ...page.data, forTeachers: true } });
  again.classroom.arrive("");
  again.hear({ ...WELCOME, role: "teacher", room: classroom.room, leads: true });
  assert.deepEqual(again.noted.said[0], { ...stays, paused: true, told: 1000 });
  // And a class that begins there is at the first screen.
  const first = surrounded();
  Object.assign(first.page, { here: page.here, data: { ...page.data, forTeachers: true } });
  first.classroom.start();
  first.hear({ ...WELCOME, role: "teacher", room: TAUGHT, leads: true });
  assert.deepEqual([first.noted.said[0].page, first.noted.said[0].address], ["", "example=tutorial"]);
});

test("a teacher's reload asks the same question again, and its end forgets the secret", () => {
  const first = teacher();
  first.classroom.questions.open({ kind: "number", text: "?", right: 0.5, at: [0, 1, 2] });
  first.classroom.order({ paused: true });
  const { classroom, noted, kept } = teacher(first.kept);
  assert.equal(classroom.code, first.classroom.code);
  assert.deepEqual(noted.said.find(({ type }) => type === "ask"), { type: "ask", question: 1, kind: "number", text: "?", choices: [], round: 1 });
  assert.equal(classroom.paused, true);
  assert.equal(noted.revealed, undefined);
  classroom.questions.reveal();
  assert.deepEqual(noted.said.at(-1), { type: "reveal", question: 1, right: 0.5, within: 0 });
  assert.deepEqual(noted.revealed, [0, 1, 2]);
  classroom.end();
  assert.deepEqual([noted.said.at(-1).type, kept.teacher, classroom.role], ["end", null, "none"]);
});

test("what was asked in another of the teacher's windows is revealed there: only that one has the right answer", () => {
  const first = teacher();
  const { questions } = first.classroom;
  const second = teacher(structuredClone(first.kept)); // as a browser duplicates a tab
  const other = second.classroom.questions;
  for (const right of [0.5, 0.9]) {
    questions.open({ kind: "number", text: "?", right });
    second.hear({ ...ASKED, question: questions.number });
    assert.deepEqual([questions.mayReveal, other.mayReveal], [true, false], right);
    questions.withdraw();
    second.hear({ type: "withdrawn", question: questions.number });
  }
  other.open({ kind: "number", text: "?", right: 0.7 });
  first.hear({ ...ASKED, question: 3 });
  second.hear({ ...ASKED, question: 3 }); // as after a lost connection
  assert.deepEqual([questions.mayReveal, other.mayReveal], [false, true]);
  questions.open({ kind: "number", text: "?", right: 0.2 }); // while that one stands
  second.hear({ ...ASKED, question: 4 });
  assert.deepEqual([questions.mayReveal, other.mayReveal], [true, false]);
  questions.reveal();
  assert.deepEqual([first.noted.said.at(-1).right, "revealed" in first.noted], [0.2, false]); // it is at no step
  first.hear({ type: "revealed", question: 4, right: 0.2, within: 0, first: [], answers: [] });
  assert.equal(questions.mayReveal, false);
  assert.equal(second.classroom.spoken, ""); // a teacher is asked nothing
});

test("a question about a run waits for its loss before and after, on whatever page, and says for what it waits", () => {
  const { classroom: { questions }, page, noted, hear } = teacher();
  const offer = { kind: "choice", text: "?", choices: ["lower", "higher", "not a number"] };
  const asked = () => noted.said.filter(({ type }) => type === "ask").length;
  page.data.run = { name: "before", loss: null, trained: 0.4 };
  questions.put(offer);
  assert.deepEqual([asked(), noted.trained, questions.lack(offer)], [0, ["before"], "The run is trained to its end for this: 40 %."]);
  page.data.run = { name: "another", loss: null, trained: 0 };
  questions.proceed(); // the teacher has changed something meanwhile
  assert.deepEqual([asked(), noted.trained.length, questions.lack(offer)], [0, 1, ""]);
  page.data.run = { name: "none", loss: null, trained: 1 };
  assert.equal(questions.lack(offer), "A run of no epochs has no loss.");
  page.data.run = { name: "before", loss: null, trained: 0 };
  questions.put(offer);
  page.data.run = { name: "before", loss: 0.5, trained: 1 };
  questions.proceed();
  assert.deepEqual([asked(), questions.lack(offer)], [1, "Change something first: the question is about the next run."]);
  page.data.run = { name: "after", loss: null, trained: 0 }; // another page does not know it
  assert.equal(questions.lack(offer), "");
  questions.reveal();
  assert.deepEqual([noted.said.at(-1).type, noted.trained.at(-1), questions.lack(offer)], ["ask", "after", "The run is trained to its end for this: 0 %."]);
  page.data.run = { name: "after", loss: "nan", trained: 1 };
  questions.proceed();
  assert.deepEqual([noted.said.at(-1).right, questions.lack(offer)], ["not a number", ""]);
  // What was taken back is not revealed later.
  page.data.run = { name: "third", loss: null, trained: 0 };
  questions.reveal();
  questions.withdraw();
  hear({ type: "withdrawn", question: 1 });
  page.data.run = { name: "third", loss: 1, trained: 1 };
  questions.proceed();
  assert.equal(noted.said.at(-1).type, "withdraw");
});

test("a word that waited in a busy browser is as old as it is", () => {
  const { noted, hear, pass } = student({ ...STATE, address: "example=tutorial", clock: 5000 });
  pass(500);
  hear({ ...STATE, address: "example=tutorial", playing: true, position: 100, age: 30, clock: 5420 });
  assert.equal(noted.led.at(-1).age, 110);
  pass(3000);
  hear({ ...STATE, address: "example=tutorial", playing: true, position: 100, age: 0, clock: 6000 });
  assert.equal(noted.led.at(-1).age, 2500); // however long it waited
  // Of another server nothing is known yet.
  hear(WELCOME);
  hear({ ...STATE, address: "example=tutorial", playing: true, position: 200, age: 30, clock: 7 });
  assert.equal(noted.led.at(-1).age, 30);
});

test("a word that waited with the teacher is as old as it is, whatever his clock says", () => {
  const { noted, hear, pass } = student({ ...STATE, address: "example=tutorial", told: 300 }); // told at 300, there at 1000
  const word = { ...STATE, address: "example=tutorial", playing: true };
  pass(500);
  hear({ ...word, told: 720 }); // 80 ms later than it would have been
  assert.equal(noted.led.at(-1).age, 80);
  // A page that was loaded anew counts from its own beginning.
  pass(500);
  hear({ ...word, told: 9 });
  assert.equal(noted.led.at(-1).age, 0);
});

test("whoever comes hears once more where the teacher is when his page has drawn itself", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const it = surrounded();
  it.classroom.start();
  const states = () => it.noted.said.filter(({ type }) => type === "state").length;
  it.hear({ type: "present", students: 2, alone: 0, silent: 0, places: [], windows: 1 });
  it.hear({ type: "present", students: 3, alone: 0, silent: 0, places: [], windows: 1 });
  const before = states();
  it.pass(2000);
  context.mock.timers.tick(2000);
  assert.equal(states(), before + 1);
  it.hear({ type: "present", students: 2, alone: 0, silent: 0, places: [], windows: 1 }); // one has gone
  context.mock.timers.tick(2000);
  assert.equal(states(), before + 1);
});

test("the connection is watched whatever the class does, and before there is one nothing is", () => {
  const it = surrounded();
  it.classroom.watch();
  it.classroom.start();
  it.classroom.watch();
  assert.equal(it.noted.watched, true);
});

test("numbers are read as people type them", () => {
  const read = { "0,5": 0.5, " −1.5 ": -1.5, "1/4": 0.25, "1,5 / 2,5": 0.6, "2e-3": 0.002, "0,172": 0.172, "12,3456": 12.3456, "1.500": 1.5, ",5": 0.5 };
  for (const [text, value] of Object.entries(read)) assert.deepEqual(readAnswer(text), { value }, text);
  for (const text of ["", "1,2,3", "abc", "1/0", "1e999", "1 2"]) assert.deepEqual(readAnswer(text), { wrong: "That is no number." }, text);
  assert.deepEqual(readAnswer("−1,500"), { wrong: "-1,500 has two readings. Write -1.500 or -1500." });
  assert.deepEqual(readAnswer("1/2,000e3"), { wrong: "2,000e3 has two readings. Write 2.000e3 or 2000e3." });
});

test("what is rounded to three digits or more is right, and a word is right if it is the word", () => {
  for (const right of [-0.172, -0.1721, -0.17209, -0.172095, -0.1720948, -0.17209512]) assert.ok(isRight(right, -0.17209482), right);
  for (const wrong of [-0.17, -0.173, -0.1720, 0.172, -0.1722, -0.17208, -0.172094, -1.72, 0]) assert.equal(isRight(wrong, -0.17209482), wrong === -0.172, wrong);
  assert.deepEqual([-0.17, -0.2, -0.18, -0.173, -0.172].map((answer) => isTooShort(answer, -0.17209482)), [true, true, false, false, false]);
  assert.deepEqual([isTooShort("lower", "higher"), isTooShort(null, 1), isTooShort(1, "lower")], [false, false, false]);
  assert.ok(isRight(0.5, 0.5) && isRight(1, 0.9996) && !isRight(0.33, 1 / 3) && isRight(1200, 1204) && !isRight(1210, 1204));
  assert.deepEqual([-0.17209482, 0.5, 0, "lower"].map(isLong), [true, false, false, false]);
  assert.ok(isRight(0, -0));
  assert.deepEqual([0.3, 0.1, 0.31].map((answer) => isRight(answer, 0.2, 0.1)), [true, true, false]);
  assert.deepEqual([0.33, 0.3].map((answer) => isRight(answer, 1 / 3, EXACT)), [false, false]);
  assert.ok(isRight(1 / 3, 1 / 3, EXACT) && !isTooShort(0.3, 1 / 3, EXACT));
  assert.ok(isRight("lower", "lower") && !isRight("lower", "higher") && !isRight(1, "1"));
});

test("how many fell for which mistake, each within the digits of the answer", () => {
  const slips = [[0.22279969, "with log₁₀ in place of ln"], [-0.51301525, "with the other sign"], [0, "before the update"]];
  assert.deepEqual(fallen(slips, [0.513, -0.513, -0.51302, 0.223, 0.22, 7, 0], 0.51301525),
    [[2, "with the other sign"], [1, "with log₁₀ in place of ln"], [1, "before the update"]]);
  assert.deepEqual(fallen([[0.5132, "nearly"]], [0.513], 0.51301525), []); // it is right
  assert.deepEqual(fallen([], [1], 2), []);
});

test("what became of the loss", () => {
  assert.deepEqual([outcome(1, 0.5), outcome(1, 2), outcome(1, 1), outcome(1, "nan"), outcome(1, null), outcome("nan", 1)],
    ["lower", "higher", "the same", "not a number", "", ""]);
});

test("what the console says is done once, by the window that leads, when its page is there", () => {
  const it = surrounded();
  it.classroom.start();
  const order = { order: "pause", page: "", address: "", question: "", id: "0f".repeat(16) };
  const done = [];
  const hear = (said = order, { page, hear: heard } = it) => { page.obey = (what) => done.push(what.order); heard({ type: "command", ...said }); };
  const dids = () => it.noted.said.filter(({ type }) => type === "did").length;
  const { here } = it.page;
  it.page.here = null; // a page is being opened
  hear();
  assert.deepEqual([done, dids()], [[], 0]);
  it.page.here = here;
  hear();
  hear(); // the answer was lost
  assert.deepEqual([done, dids()], [["pause"], 2]);
  const anew = surrounded(it.kept); // it was loaded anew
  anew.classroom.arrive("");
  hear(order, anew);
  hear({ ...order, id: "1f".repeat(16) }, anew);
  assert.deepEqual(done, ["pause", "pause"]);
  it.hear({ type: "leads", leads: false });
  hear({ ...order, id: "2f".repeat(16) });
  assert.deepEqual([done.length, dids()], [2, 2]);
});

test("a teacher whom the server refuses reads why, whatever the page says next", () => {
  const { classroom, lose } = surrounded();
  classroom.start();
  lose("too many classes", false);
  classroom.tell();
  assert.match(classroom.notice, /as many classes as it can/);
});
