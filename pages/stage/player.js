// The player: one clock, one position, and chunks of frames that it asks for. It shows recorded numbers only, and
// interpolates none.

import { addressWith, viewIn } from "./address.js";
import { Clock, speedsFor, usualSpeed } from "./clock.js";
import { Frames, decode } from "./frames.js";
import { Grid } from "./grid.js";
import { Height } from "./height.js";
import { maySpeak } from "./may_speak.js";
import { Neighbours } from "./neighbours.js";
import { Supply } from "./plotly.js";
import { Report } from "./report.js";
import { Transport } from "./transport.js";

const AHEAD_S = 2; // ask for more when less than this is left to play
const EAGER = 8; // chunks that are asked for before the run is played: short runs arrive whole, long ones train as they play
const INPUTS = ["pointerdown", "pointerup", "keydown", "input"];
const STILL_MS = 150; // a picture that has stood for this long is drawn by Plotly
const REST_MS = 200; // a position is reported when it has stood for this long
const CALM = "This device asks for less motion, so nothing moves by itself. Press once more to play; Step forward shows the next epoch.";
const ADDRESS_MS = 500; // while it plays, the address follows this often

const ANEW_MS = 10000; // within which a player that Streamlit takes down with a lost connection is put up again

let taken = null; // what the last player of this tab was doing when it was taken down, unless its page was left

export class Player {
  marked = null; // what was pressed in the network
  frame = -1; // of the last picture
  moved = 0; // when it last was another

  constructor(root) {
    this.root = root;
    this.run = null;
    this.since = performance.now();
    this.before = taken;
    taken = null;
    this.clock = new Clock();
    this.report = new Report(() => this.view);
    this.supply = new Supply(() => this.report.setTrigger("lost", true), (text) => this.transport.sentence.put([text]));
    this.neighbours = new Neighbours(this);
    this.transport = new Transport(root, this);
    this.grid = new Grid(this.transport.charts, this);
    this.tick = this.tick.bind(this);
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.warned = false; // that nothing moves by itself
    this.resizing = new ResizeObserver(() => { if (this.run) this.show(); });
    this.open = new AbortController();
    const { signal } = this.open;
    // After an input the charts leave out one animation frame, so that the page answers at once.
    const giveWay = () => { this.giving = true; };
    for (const type of INPUTS) window.addEventListener(type, giveWay, { capture: true, passive: true, signal });
    document.addEventListener("backprop:commit", () => this.commit(), { signal });
    this.height = new Height(root);
  }

  get unheard() { return this.clock.stands !== this.run.position; }

  // Called at every rerun with what Python has, which may be out of date.
  receive(data) {
    this.report.presses.heard(data.pressed);
    this.supply.load(data, () => this.apply(data));
  }

  apply(data) {
    const { clock, run } = this;
    const fresh = data.run !== run?.run;
    const jumps = run !== null && data.jump !== run.jump;
    this.given = data;
    const again = run === null ? this.again : null;
    const goal = this.goal(data.position, again, jumps);
    // Of two messages close together only the later one arrives. The earlier one brought the run: ask for it again. It may
    // have answered a question, too; to the same one Python would not send the run a second time.
    if (fresh && !(data.positions && data.figures)) {
      clock.goal = goal;
      this.report.answered(data.answer);
      return this.report.ask("");
    }
    if (jumps) clock.playing = false;
    if (fresh) this.begin(data);
    if (fresh || jumps) { clock.goal = Math.min(goal, data.total); this.news = true; }
    if (again) clock.playing = again.playing;
    this.take(data);
  }

  // Where to stand: where it stood, unless Python says otherwise.
  goal(position, again, jumps) {
    const begins = this.run === null ? this.ledTo ?? position : position;
    return again?.position ?? (this.run === null || jumps ? begins : this.clock.stands);
  }

  // With a new connection Streamlit may draw the whole page anew; the viewer has done nothing.
  get again() {
    const { before } = this;
    const same = before && before.run === this.given.run && before.path === location.pathname;
    return same && this.since - before.at < ANEW_MS ? before : null;
  }

  begin(data) {
    this.clock.begin(new Frames(decode(data.positions).values));
    this.clock.then = performance.now();
    this.report.question = 0;
    this.eager = EAGER;
    const speeds = speedsFor(data.total);
    this.clock.speed = Math.min(this.chosenSpeed ?? usualSpeed(speeds, data.total), speeds.at(-1));
    this.transport.announce(data, speeds, this.clock.speed);
  }

  take(data) {
    const { clock } = this;
    const { figures, bindings, dark, readouts, words } = data.figures ? data : this.run;
    const run = { ...data, figures, bindings, dark, readouts, words };
    this.run = run;
    clock.end = run.end;
    this.report.answered(run.answer);
    if (clock.frames.append(run.start, run.frames)) this.arrived = true;
    if (!clock.frames.have) return this.ask();
    this.transport.sentence.put(run.notes, run.times, run.words);
    this.transport.offer(run.actions, run.leads);
    if (clock.waiting) this.pursue(clock.pursue());
    // The page makes room for the player before it is drawn.
    Object.assign(this.root.dataset, { run: run.run, total: run.total });
    this.root.toggleAttribute("data-below", run.below > 0);
    this.height.fit(run.below);
    if (this.grid.charts.size) { this.draw(run); return; }
    // The readouts take room from the charts, which would be drawn twice.
    this.transport.update(clock, run);
    // On a new page the first chart is on the screen before the others are drawn, which takes three times as long.
    this.grid.settle(run, clock.frames, clock.frame, 1);
    setTimeout(() => { if (!this.closed && this.run === run) this.draw(run); });
  }

  draw(run) {
    const { clock } = this;
    this.grid.settle(run, clock.frames, clock.frame);
    if (this.arrived) this.grid.grown();
    this.arrived = false;
    if (!clock.complete && this.eager-- > 0) this.ask();
    this.show();
    this.resizing.observe(this.transport.charts);
    this.root.dataset.ready = "true";
    this.rest();
    if (this.news) this.neighbours.tell("run");
    this.news = false;
  }

  // --- what the viewer wants ---
  press() {
    const warns = this.calm.matches && !this.warned && !this.clock.playing;
    this.warned ||= warns;
    if (warns) this.transport.sentence.tell(CALM); else this.toggle();
  }

  toggle(on = !this.clock.playing) {
    if (on && this.clock.frame >= this.clock.last) this.goTo(0);
    if (on) this.transport.sentence.tell("");
    this.clock.play(on, performance.now());
    this.show();
    if (!on) this.rest();
    this.neighbours.tell("hand");
  }

  // Go where another player is. Python is not told of it until the viewer touches something here.
  follow({ position, playing, speed, views, since }) {
    const now = performance.now();
    const moved = playing ? position + ((now - since) / 1000) * speed : position;
    if (!this.run || !this.clock.frames.have) { this.ledTo = Math.floor(moved); return; } // it will begin there
    const goesOn = playing && !this.calm.matches; // nothing moves by itself, but each word leads on
    const isThere = this.clock.follow(goesOn ? position : moved, goesOn, speed || this.clock.speed, since);
    this.transport.speed.value = this.clock.speed;
    this.grid.look(views);
    this.pursue(isThere);
    this.show();
  }

  stepBy(frames) {
    this.seek(this.clock.frame + frames);
    this.rest();
  }

  goTo(position) {
    this.scrub(position);
    this.rest();
  }

  scrub(position) {
    this.seek(this.clock.frameAt(position));
  }

  turnTo(first) {
    this.report.presses.press("rows", String(first));
  }

  act(label) {
    this.clock.playing = false;
    this.neighbours.tell("hand");
    this.tell();
    this.report.presses.press("action", label);
  }

  choose(name) {
    this.report.presses.press("choice", name);
  }

  // A unit or a link of the network, or nothing.
  mark(what) {
    this.marked = what;
    this.grid.mark(what);
  }

  setSpeed(speed) {
    const { clock } = this;
    if (clock.playing) clock.play(true, performance.now()); // from here on at this speed, and following nobody
    clock.speed = this.chosenSpeed = speed;
    this.neighbours.tell("hand");
  }

  seek(frame) {
    this.clock.playing = false;
    this.pursue(this.clock.seek(frame));
    this.show();
    this.neighbours.tell("hand");
  }

  // Another view of a chart was chosen.
  looked() {
    this.keepAddress();
    this.neighbours.tell("hand");
  }

  pursue(isThere) {
    if (isThere) this.rest(); else this.ask();
  }

  // --- the next picture ---
  show() {
    this.pending ??= requestAnimationFrame(this.tick);
  }

  tick() {
    this.pending = null;
    const { clock } = this;
    if (this.closed || this.grid.placed.size || !clock.frames.have) return; // it is not all there yet
    const now = performance.now();
    if (clock.playing) this.advance(now);
    if (clock.playing || clock.frame !== this.frame) this.moved = now;
    this.frame = clock.frame;
    const moving = now - this.moved < STILL_MS;
    const left = this.grid.draw(clock, moving, now, this.giving && clock.playing);
    this.giving = false;
    // Last, because it changes the page that Plotly has just measured.
    this.transport.update(clock, this.run);
    Object.assign(this.root.dataset, { position: clock.position, playing: clock.playing });
    if (moving || left) this.show();
  }

  advance(now) {
    const goesOn = this.clock.advance(now);
    if (!this.clock.complete && this.clock.ahead < AHEAD_S) this.ask();
    if (goesOn) this.neighbours.beat(now);
    else { this.rest(); this.neighbours.tell("clock"); }
    if (now - (this.addressed ?? 0) > ADDRESS_MS) { this.addressed = now; this.keepAddress(); }
  }

  // --- what Python hears ---
  get view() {
    return { position: this.clock.stands, have: this.clock.frames?.have, jump: this.given.jump };
  }

  ask() { this.report.ask(this.run.run); }

  tell() { this.report.tell(this.run.run); }

  // The page may be about to be left: tell Python the position, once.
  commit() {
    if (this.run && this.unheard && this.report.said !== this.clock.stands) this.tell();
  }

  // The position has come to rest: the address holds it, a screen reader says it, Python hears of it.
  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      const { clock, report } = this;
      if (this.closed || clock.playing || clock.waiting || this.grid.placed.size) return;
      this.keepAddress();
      this.transport.speak(clock, this.run);
      if (this.neighbours.led) return;
      if (report.said !== clock.position && (report.said !== undefined || this.unheard)) this.tell();
    }, REST_MS);
  }

  viewInAddress(figure) { return viewIn(location.search, figure); }

  keepAddress() {
    const search = addressWith(location.search, this.clock.stands, this.run.figures, (name) => this.grid.viewOf(name));
    if (search === location.search) return;
    try {
      history.replaceState(history.state, "", location.pathname + search + location.hash);
    } catch { /* Not in a frame without an address, nor more than 100 times in half a minute in Safari: it plays on. */ }
  }

  close() {
    const { clock: { playing }, run } = this;
    taken = run && maySpeak() ? { run: run.run, position: this.clock.stands, playing, path: location.pathname, at: performance.now() } : null;
    this.closed = true;
    clearTimeout(this.resting);
    this.report.close();
    this.supply.close();
    this.neighbours.close();
    this.open.abort();
    this.resizing.disconnect();
    this.height.close();
    this.grid.close();
  }
}
