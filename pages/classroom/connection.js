// One socket to a class, made anew whenever it breaks, until the server says that there is no point in it.

import { checked, read } from "./messages.js";

const AGAIN_MS = [150, 300, 600]; // and so on with the last
const PATIENT_MS = 120000; // a class that was there before is waited for: as long as the server keeps its room
const DENIED = 3; // times without a word from the server, before its path is taken for closed

// What follows from a closed socket. `known`: this class has been there before, `since` ms ago for the last time.
export function sequel(reason, { known, since, denied }) {
  if (["ended", "refused", "class full", "too many classes"].includes(reason)) return { again: false, say: reason };
  if (reason === "no such class") return known && since < PATIENT_MS ? { again: true } : { again: false, say: reason };
  return { again: true, say: !known && denied >= DENIED ? "no way" : "" };
}

export class Connection {
  // `hear` takes messages, `lose` the reason why a socket ended for good, or what is to be said of it.
  constructor({ address, table, greeting, known, hear, lose, Socket = WebSocket }) {
    Object.assign(this, { address, table, greeting, known, hear, lose, Socket, tries: 0, denied: 0, heard: Date.now() });
    this.role = greeting.type === "teach" ? "teacher" : "student";
    this.connect();
  }

  get isOpen() { return this.socket?.readyState === 1; }

  // Heard. A student who says anything before he is let in is sent away as a stranger; a teacher's word waits its turn.
  get isIn() { return this.isOpen && (this.welcomed || this.role === "teacher"); }

  connect() {
    clearTimeout(this.retrying);
    const socket = new this.Socket(this.address);
    this.socket = socket;
    this.welcomed = false;
    socket.onopen = () => {
      this.denied = 0;
      socket.send(JSON.stringify(checked(this.table, "first", this.greeting)));
      if (this.ending) this.end();
    };
    socket.onmessage = ({ data }) => {
      const message = read(this.table, "server", data);
      if (socket !== this.socket || !message) return;
      if (message.type === "welcome") { this.welcomed = this.known = true; this.tries = 0; }
      this.heard = Date.now();
      this.hear(message);
    };
    socket.onclose = ({ code }) => { if (socket === this.socket) this.broke(this.table.closed[code] ?? ""); };
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

  // A socket that may be dead without knowing: after a locked screen, or another network.
  renew() {
    const old = this.socket;
    this.socket = null;
    old?.close();
    this.connect();
  }

  // The network has gone: the browser would find out in minutes.
  drop() {
    const old = this.socket;
    if (old) { this.broke("", true); old.close(); }
  }

  say(type, fields = {}) {
    const message = checked(this.table, this.role, { type, ...fields });
    if (message && this.isIn) this.socket.send(JSON.stringify(message));
    return message !== null;
  }

  // A teacher's last word waits for the line: a class that nobody ends keeps its students.
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
