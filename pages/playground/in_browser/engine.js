// Python for the page: fetched when something is first asked of it. It is asked one thing at a time; what is done
// meanwhile waits, and is asked together.

const LOADING = "Python is being fetched. What you asked for waits for it.";
const STARTING = "Python is starting. What you asked for waits for it.";
const ONE = ["table", "example", "address"]; // of which each takes the place of the one before

export class Engine {
  root; program; setup; begin; failed; question; hear;

  // `root` shows the state. `begin` gives what Python is to take over, `question` what it is asked beside what was done,
  // `hear` takes each answer, and `failed` is called when there is none.
  constructor(root, { program, setup, begin, failed, question, hear }) {
    Object.assign(this, { root, program, setup, begin, failed, question, hear });
    this.acts = [];
    this.asked = []; // the acts of the question that Python is at
    this.wants = this.busy = false;
    this.size = setup.files.reduce((sum, { size }) => sum + size, 0);
    this.text = root.querySelector("span");
    this.bar = root.querySelector("progress");
    this.far = root.querySelector("b"); // how far a training is: seen, and not said again and again
    root.querySelector("button").onclick = () => this.start();
    this.show("idle", setup.idle);
  }

  get state() { return this.root.dataset.state; }

  // Of two edits of one thing that follow each other, the later one counts.
  act(...act) {
    const [kind, name] = act;
    const [before, what] = this.acts.at(-1) ?? [];
    if (kind === before && (ONE.includes(kind) || (kind === "text" && name === what))) this.acts.pop();
    this.acts.push(act);
    this.ask();
  }

  ask() {
    this.wants = true;
    if (this.state === "ready") this.next();
    else if (this.state === "idle") this.start();
  }

  // Does a text wait to be asked?
  waits(name) { return this.acts.some(([kind, what]) => kind === "text" && what === name); }

  start() {
    this.show("loading", LOADING);
    this.bar.value = 0;
    const url = URL.createObjectURL(new Blob([this.program], { type: "text/javascript" }));
    this.worker = new Worker(url, { type: "module" });
    this.worker.onmessage = ({ data }) => this.told(data);
    this.worker.onerror = (event) => this.fail(event.message);
    this.worker.postMessage(this.setup);
  }

  told({ bytes, ready, failed }) {
    if (failed) this.fail(failed);
    else if (this.state === "loading") {
      if (ready) {
        this.acts.unshift(this.begin());
        this.show("ready", "");
        this.next();
      }
      else this.arrived(bytes);
    } else {
      this.busy = false;
      this.asked = [];
      this.hear(bytes);
      this.next();
    }
  }

  arrived(bytes) {
    this.bar.value = Math.min(1, bytes / this.size);
    if (bytes >= this.size) this.text.textContent = STARTING;
  }

  next() {
    if (this.busy || !this.wants) return;
    this.busy = true;
    this.wants = false;
    this.asked = this.acts;
    this.acts = [];
    this.worker.postMessage(JSON.stringify({ ...this.question(), acts: this.asked }));
  }

  fail(why) {
    this.worker.terminate();
    const what = this.busy ? "stopped" : "could not be had";
    if (this.busy) this.acts.unshift(...this.asked.filter(([kind]) => kind !== "begin")); // no answer came: asked again
    this.wants ||= this.busy;
    this.busy = false;
    this.show("failed", `Python ${what} (${why || "no answer"}). The page plays on; your edit is kept.`);
    this.failed();
  }

  show(state, text) {
    this.root.dataset.state = state;
    this.text.textContent = text;
  }

  // A run that is not trained to its end yet.
  training(trained, total, done) {
    this.root.toggleAttribute("data-busy", !done);
    this.far.textContent = done ? "" : `${trained} of ${total} trained`;
    this.bar.value = total ? trained / total : 1;
  }
}
