import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { Connection, sequel } from "../../../pages/classroom/connection.js";
import { reasonFor } from "../../../pages/classroom/words.js";

const table = JSON.parse(readFileSync(new URL("../../../pages/classroom/messages.json", import.meta.url), "utf8"));
const ROOM = "ABCDEFGH".padEnd(52, "2");
const PLACE = `17.1.${"0".repeat(32)}`;
const NEW = { known: false, since: 0, denied: 0 };
const LET_IN = { type: "welcome", role: "student", room: ROOM, began: 1, place: PLACE, leads: false };
const OLD = { known: true, since: 5000, denied: 0 };

test("each way to be sent away has its words, or is mended without any", () => {
  for (const reason of Object.values(table.closed)) {
    const { again, say } = sequel(reason, NEW);
    assert.equal(again, ["server restarts", "too fast"].includes(reason), reason);
    if (!again) assert.ok(reasonFor(say, "student").length > 20, reason);
  }
  assert.ok(reasonFor("too many classes", "teacher").includes("Try again later"));
});

test("a class that was there is waited for, as long as a server keeps it; one that never was is not", () => {
  assert.deepEqual(sequel("no such class", OLD), { again: true });
  assert.equal(sequel("no such class", { ...OLD, since: 121000 }).again, false);
  assert.equal(sequel("no such class", NEW).again, false);
});

test("where no socket ever opens, that is said after a few tries, and tried on", () => {
  assert.deepEqual(sequel("", { ...NEW, denied: 2 }), { again: true, say: "" });
  assert.deepEqual(sequel("", { ...NEW, denied: 3 }), { again: true, say: "no way" });
  assert.equal(sequel("", { ...OLD, denied: 9 }).say, "");
});

class FakeSocket {
  constructor(address) { Object.assign(this, { address, readyState: 0, sent: [] }); FakeSocket.all.push(this); }
  open() { this.readyState = 1; this.onopen(); }
  hear(message) { this.onmessage({ data: JSON.stringify(message) }); }
  send(text) { this.sent.push(JSON.parse(text)); }
  close(code = 1005) { this.readyState = 3; this.onclose({ code }); }
}
FakeSocket.all = [];

const JOIN = { type: "join", place: "" };
const TEACH = { type: "teach", secret: "0".repeat(32), window: "1".repeat(32), lead: true };

const PRESENT = { type: "present", students: 3, alone: 0, silent: 0, places: [], windows: 1 };

function connected(greeting = JOIN, room = "ABCDEFGH") {
  FakeSocket.all = [];
  const heard = [];
  const lost = [];
  const beat = () => ({ following: true });
  const options = { beat, addressOf: (room) => `ws://host/class/${room}`, room, table, greeting: { ...greeting }, known: false, Socket: FakeSocket };
  const connection = new Connection({ ...options, hear: (message) => heard.push(message), lose: (...what) => lost.push(what) });
  return { connection, heard, lost, socket: FakeSocket.all[0] };
}

test("it says who it is first, hears messages alone, and says only what it may", () => {
  const { connection, heard, socket } = connected();
  socket.open();
  assert.deepEqual(socket.sent, [JOIN]);
  socket.hear({ ...PRESENT, students: -1 });
  socket.hear(PRESENT);
  assert.deepEqual(heard, [PRESENT]);
  assert.equal(connection.say("state", {}), false); // a student
  // A word before it was let in would be taken for a stranger's, as after a restart that its teacher is not back from.
  assert.equal(connection.say("answer", { question: 1, round: 1, value: 1 }), true);
  assert.deepEqual([connection.isIn, socket.sent.length], [false, 1]);
  socket.hear(LET_IN);
  assert.equal(connection.say("answer", { question: 1, round: 1, value: 2 }), true);
  assert.deepEqual([connection.isIn, socket.sent[1].value], [true, 2]);
  connection.renew();
  FakeSocket.all[1].open();
  assert.equal(connection.isIn, false);
  connection.close();
});

test("whoever has come by a typed code comes back by the room's name, and is led into no other room with that code", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, heard, socket } = connected();
  assert.equal(socket.address, "ws://host/class/ABCDEFGH");
  socket.open();
  socket.hear(LET_IN);
  connection.renew();
  const [, again] = FakeSocket.all;
  assert.equal(again.address, `ws://host/class/${ROOM}`);
  again.open();
  again.hear({ ...LET_IN, room: "ABCDEFGH".padEnd(52, "3") });
  assert.deepEqual([heard.length, again.readyState, connection.isIn], [1, 3, false]);
  connection.close();
});

test("a beat is answered, and whoever comes back claims his place", () => {
  const { connection, heard, socket } = connected();
  socket.open();
  socket.hear(LET_IN);
  socket.hear({ type: "beat" });
  assert.deepEqual([socket.sent.at(-1), heard.length], [{ type: "beat", following: true }, 1]);
  connection.renew();
  FakeSocket.all[1].open();
  assert.deepEqual(FakeSocket.all[1].sent, [{ type: "join", place: PLACE }]);
  connection.close();
});

test("a teacher's window that no longer leads does not ask for the lead when it comes back", () => {
  const { connection, socket } = connected(TEACH);
  socket.open();
  socket.hear({ ...LET_IN, role: "teacher", place: "", leads: true });
  socket.hear({ type: "leads", leads: false });
  connection.renew();
  FakeSocket.all[1].open();
  assert.deepEqual(FakeSocket.all[1].sent, [{ ...TEACH, lead: false }]);
  connection.close();
});

test("five seconds without a word make the socket anew, and that is said; a busy server is asked ever more rarely", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const { connection, lost, socket } = connected();
  const pass = (ms) => { context.mock.timers.tick(ms); connection.watch(); return FakeSocket.all.length; };
  socket.open();
  socket.hear(LET_IN);
  pass(4000);
  socket.hear({ type: "beat" });
  assert.deepEqual([pass(5000), lost], [1, []]);
  pass(1);
  assert.deepEqual([lost, socket.readyState], [[["", true]], 3]);
  assert.equal(pass(1000), 2);
  FakeSocket.all[1].open();
  assert.equal(pass(8000), 2);
  pass(2001);
  assert.equal(pass(1000), 3);
  FakeSocket.all[2].open();
  FakeSocket.all[2].hear(LET_IN);
  pass(5001);
  assert.equal(pass(1000), 4);
  connection.close();
  assert.equal(pass(90_000), 4);
});

test("a class is ended at once, or when the line is whole again", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const greeting = { ...TEACH };
  const { connection, socket } = connected(greeting);
  socket.open();
  connection.end();
  assert.deepEqual(socket.sent, [greeting, { type: "end" }]);
  assert.equal(socket.readyState, 3);
  context.mock.timers.tick(5000);
  assert.equal(FakeSocket.all.length, 1); // it does not come back
  const { connection: cut, heard, lost } = connected(greeting);
  FakeSocket.all[0].open();
  cut.drop();
  const told = lost.length;
  cut.end();
  context.mock.timers.tick(1000);
  const again = FakeSocket.all[1];
  again.open();
  assert.deepEqual(again.sent, [greeting, { type: "end" }]);
  context.mock.timers.tick(5000);
  assert.equal(FakeSocket.all.length, 2);
  assert.deepEqual([heard.length, lost.length], [0, told]); // whoever ended it hears no more of it
});

test("a socket that breaks is made anew at once, and an old one is not listened to", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, heard, lost, socket } = connected();
  socket.open();
  socket.hear(LET_IN);
  socket.close(1006);
  assert.deepEqual(lost, [["", true]]);
  context.mock.timers.tick(1000);
  assert.equal(FakeSocket.all.length, 2);
  FakeSocket.all[1].open();
  socket.hear(PRESENT);
  assert.equal(heard.length, 1);
  connection.renew();
  assert.equal(FakeSocket.all.length, 3);
  FakeSocket.all[2].close(1000);
  context.mock.timers.tick(60000);
  assert.equal(FakeSocket.all.length, 3); // the class has ended
  assert.deepEqual(lost.at(-1), ["ended", false]);
});

test("where no socket opens it is tried on, ever more slowly, and said after the third time", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const { connection, lost } = connected();
  [150, 300, 600, 600].forEach((wait, i) => {
    FakeSocket.all[i].close(1006);
    context.mock.timers.tick(wait - 1);
    assert.equal(FakeSocket.all.length, i + 1);
    context.mock.timers.tick(1 + wait / 4);
    assert.equal(FakeSocket.all.length, i + 2);
  });
  assert.deepEqual(lost, [["", true], ["", true], ["no way", true], ["no way", true]]);
  // Who spoke too fast rests.
  FakeSocket.all[4].open();
  FakeSocket.all[4].close(4429);
  context.mock.timers.tick(2500);
  assert.equal(FakeSocket.all.length, 5);
  context.mock.timers.tick(300);
  assert.equal(FakeSocket.all.length, 6);
  // A class that was there is waited for as long as a server keeps it.
  FakeSocket.all[5].open();
  FakeSocket.all[5].hear(LET_IN);
  for (let i = 5; i < 7; i++) {
    FakeSocket.all[i].close(4404);
    assert.deepEqual(lost.at(-1), i < 6 ? ["", true] : ["no such class", false]);
    context.mock.timers.tick(121_000);
  }
  assert.equal(FakeSocket.all.length, 7);
  connection.close();
});

test("a network that has gone closes the socket at once, and counts for no closed path", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, lost, socket } = connected({ ...TEACH });
  connection.drop();
  connection.drop(); // there is none by now
  assert.deepEqual([lost, socket.readyState, connection.denied], [[["", true]], 3, 0]);
  context.mock.timers.tick(200);
  FakeSocket.all[1].open();
  // A teacher's word, though he has not been welcomed yet
  assert.equal(connection.say("withdraw", { question: 1 }), true);
  assert.equal(FakeSocket.all[1].sent.at(-1).type, "withdraw");
  connection.close();
  connection.close();
  assert.equal(connection.isIn, false);
});
