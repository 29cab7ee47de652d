// One socket to a class. Whenever it breaks a new one is made, until the server gives a reason that makes this useless.

import { checked, read } from "./messages.js";

const AGAIN_MS = [150, 300, 600]; // the last one is repeated
const PATIENT_MS = 120000; // so long a class that was there before is waited for: the server keeps its room as long
const SILENT_MS = 5000; // a server speaks every two seconds: after so long without a word, the socket is taken for dead
const OPENING_MS = 10000; // a new socket may take longer, and closed before it is open it is an error in the console
const LONGEST_SILENCE_MS = 40000; // so long at most, if new sockets stay silent as well: the server is busy
const FINAL = ["ended", "refused", "removed", "class full", "class locked", "too many classes"];
const DENIED = 3; // after so many tries without any answer, the network is taken to let no socket through

// What to do after a socket was closed. `known`: this class has been there before, the last time `since` ms ago.
export function sequel(reason, { known, since, denied }) {
  if (FINAL.includes(reason)) return { again: false, say: reason };
  if (reason === "no such class") return known && since < PATIENT_MS ? { again: true } : { again: false, say: reason };
  return { again: true, say: !known && denied >= DENIED ? "no way" : "" };
}

export class Connection {
  addressOf; room; table; greeting; known; hear; lose; beat; Socket;
  tries; denied; heard; patience;

  // `hear` takes messages. `lose` is called when a socket ended, with the reason to show and whether another is made.
  // `beat` gives what this browser says of itself whenever the server shows that it is there.
  // `room` may be a typed code. The welcome tells the whole name, and from then on no other room is accepted.
  constructor({ addressOf, room, table, greeting, known, hear, lose, beat, Socket = WebSocket }) {
    Object.assign(this, { addressOf, room, table, greeting, known, hear, lose, beat, Socket });
    Object.assign(this, { tries: 0, denied: 0, heard: Date.now(), patience: SILENT_MS });
    this.role = greeting.type === "teach" ? "teacher" : "student";
    this.connect();
  }

  get isOpen() { return this.socket?.readyState === 1; }

  // Whether messages may be sent. The server closes the socket of a student who sends anything before the welcome.
  get isIn() { return this.isOpen && (this.welcomed || this.role === "teacher"); }

  connect() {
    clearTimeout(this.retrying);
    const socket = new this.Socket(this.addressOf(this.room));
    this.socket = socket;
    this.welcomed = false;
    this.since = Date.now();
    socket.onopen = () => {
      this.denied = 0;
      socket.send(JSON.stringify(checked(this.table, "first", this.greeting)));
      if (this.ending) this.end();
    };
    socket.onmessage = ({ data }) => {
      const message = read(this.table, "server", data);
      if (socket !== this.socket || !message) return;
      if (message.type === "welcome" && !this.enter(message)) return;
      // What this window shall be when it comes back
      if (this.role === "teacher" && "leads" in message) this.greeting.lead = message.leads;
      this.heard = this.since = Date.now();
      this.patience = SILENT_MS;
      if (message.type === "beat") this.say("beat", this.beat()); else this.hear(message);
    };
    socket.onclose = ({ code }) => { if (socket === this.socket) this.broke(this.table.closed[code] ?? ""); };
  }

  enter({ room, place }) {
    if (!room.startsWith(this.room)) { this.socket.close(); return false; }
    if (this.role === "student") this.greeting.place = place;
    Object.assign(this, { room, welcomed: true, known: true, tries: 0 });
    return true;
  }

  broke(reason, welcomed = this.welcomed) {
    this.socket = null;
    if (!welcomed && !reason) this.denied += 1;
    const { again, say } = sequel(reason, { known: this.known, since: Date.now() - this.heard, denied: this.denied });
    this.lose(say ?? "", again);
    if (!again) return;
    const wait = AGAIN_MS[Math.min(this.tries++, AGAIN_MS.length - 1)];
    this.retrying = setTimeout(() => this.connect(), (reason === "too fast" ? 2000 : 0) + wait * (1 + Math.random() / 4));
  }

  // Replace a socket that may be dead without an event, as after a locked screen or in another network.
  renew() {
    const old = this.socket;
    this.socket = null;
    old?.close();
    this.connect();
  }

  // Make a socket anew from which nothing has come for so long. Each time in a row that this was of no use, it waits longer.
  watch() {
    const patience = this.welcomed ? this.patience : Math.max(this.patience, OPENING_MS);
    if (!this.socket || Date.now() - this.since <= patience) return;
    this.patience = Math.min(2 * this.patience, LONGEST_SILENCE_MS);
    this.drop();
  }

  // The network is gone, which the browser's socket would notice only after minutes.
  drop() {
    const old = this.socket;
    if (old) { this.broke("", true); old.close(); }
  }

  say(type, fields = {}) {
    const message = checked(this.table, this.role, { type, ...fields });
    if (message && this.isIn) this.socket.send(JSON.stringify(message));
    return message !== null;
  }

  // End the class. Without a connection this waits for one: a class that is not ended would keep its students.
  end() {
    this.hear = this.lose = () => {};
    this.ending = true;
    if (!this.isOpen) return;
    this.say("end");
    this.close();
  }

  close() {
    clearTimeout(this.retrying);
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }
}
