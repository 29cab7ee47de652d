// The player: one clock, one position, chunks with back-pressure. It shows recorded numbers only, never ones in between.

const DRAW_BUDGET_MS = 30; // of one animation frame; the page answers between two of them
const AHEAD_S = 2; // ask for more when less than this is left to play
const EAGER = 8; // times a run is asked for before it is played: short ones arrive whole, long ones train for a viewer
const INPUTS = ["pointerdown", "pointerup", "keydown", "input"];
const PRESSES = ["Enter", " "]; // by keyboard
const QUIET_MS = 1000; // after a press beside the player
const LEAVING_MS = 10000; // after a link was followed: until the page is gone
const HELD_MS = 2000; // a link waits no longer than this for Python to hear where the player stands
const RETRY_MS = 5000; // after Plotly.js could not be fetched
const REST_MS = 200; // a position is reported when it has stood for this long

let plotlyLoading = null;
function loadPlotly(address) {
  plotlyLoading ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve();
    const script = element("script", { src: new URL(address, document.baseURI).href, onload: resolve });
    script.onerror = () => { plotlyLoading = null; reject(new Error("Plotly.js could not be loaded from this server.")); };
    document.head.append(script);
  });
  return plotlyLoading;
}

class Player {
  constructor(root) {
    this.root = root;
    this.scroller = root.closest("main") ?? document.scrollingElement;
    this.run = null;
    this.charts = new Map();
    this.frame = 0;
    this.clock = 0; // epochs, with fractions; the shown position is the last recorded one before it
    this.playing = false;
    this.first = 0; // of the rows shown in part
    this.quietUntil = 0;
    this.goal = null; // a position to go to that has not arrived yet
    this.question = 0; // number of the question to Python that is not answered yet
    this.transport = new Transport(root, this);
    this.tick = this.tick.bind(this);
    this.fit = this.fit.bind(this);
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.resizing = new ResizeObserver(() => { if (this.run) this.show(); });
    window.addEventListener("resize", this.fit);
    // What stands above the player comes, goes and wraps by itself.
    this.fitting = new ResizeObserver(() => requestAnimationFrame(this.fit));
    this.fitting.observe(this.scroller.firstElementChild);
    // Whoever touches the page gets the next picture first; the charts go on in the one after it.
    this.giveWay = (event) => {
      this.giving = true;
      if (event.type === "pointerdown" || (event.type === "keydown" && PRESSES.includes(event.key))) this.leaving(event);
    };
    for (const type of INPUTS) window.addEventListener(type, this.giveWay, { capture: true, passive: true });
    this.follow = this.follow.bind(this);
    window.addEventListener("click", this.follow, { capture: true });
    this.fit();
  }

  get last() { return this.run.end ?? this.frames.positions.length - 1; }
  get position() { return this.frames.positions[this.frame]; }
  get waiting() { return this.goal !== null; }
  // Where the viewer wants to be, which may not have arrived.
  get stands() { return this.goal ?? this.position; }
  get unheard() { return this.stands !== this.run.position; }
  get starved() { return this.waiting || (this.playing && this.frame === this.frames.have - 1 && this.frame < this.last); }

  // Everything down to the lower edge of the window, so that nothing has to be scrolled.
  fit() {
    if (this.closed) return;
    const top = this.root.getBoundingClientRect().top + this.scroller.scrollTop;
    this.root.style.setProperty("--stage-height", `${Math.floor(window.innerHeight - top - 16 - (this.given?.below ?? 0))}px`);
  }

  // Called at every rerun with what Python has; it may be old news.
  receive(data) {
    loadPlotly(data.plotly).then(() => { if (!this.closed) this.apply(data); }, (fault) => {
      this.transport.note([fault.message]);
      setTimeout(() => { if (!this.closed) this.receive(data); }, RETRY_MS);
    });
  }

  apply(data) {
    const fresh = data.run !== this.run?.run;
    this.given = data;
    this.root.toggleAttribute("data-below", data.below > 0);
    const jumps = this.run !== null && data.jump !== this.run.jump;
    // Of two messages close together the later one takes the place of the earlier, which brought the run: ask for it.
    if (fresh && !(data.positions && data.figures)) {
      this.goal = this.run === null || jumps ? data.position : this.stands;
      return this.ask("");
    }
    if (jumps) { this.playing = false; this.first = 0; }
    if (fresh) this.begin(data);
    this.run = { ...data, figures: data.figures ?? this.run.figures };
    if (fresh || jumps) this.goal = Math.min(jumps || this.resume === null ? data.position : this.resume, data.total);
    if (data.answer === this.question) this.question = 0;
    const arrived = this.frames.append(data.start, data.frames);
    if (!this.frames.have) return this.ask();
    this.transport.note(data.notes);
    this.transport.offer(data.actions);
    if (this.waiting) this.pursue();
    if (data.position === this.said) this.leave();
    this.settle();
    if (arrived) this.charts.forEach((chart) => chart.grown());
    if (this.frames.have <= this.last && this.eager-- > 0) this.ask();
    this.show();
    this.resizing.observe(this.transport.charts);
    Object.assign(this.root.dataset, { ready: "true", run: data.run, total: data.total });
    this.fit();
    this.rest();
  }

  begin(data) {
    this.resume = this.run ? this.goal ?? this.clock : null;
    this.frames = new Frames(decode(data.positions).values);
    this.frame = 0;
    this.clock = 0;
    this.question = 0;
    this.eager = EAGER;
    const speeds = SPEEDS.filter((s) => s <= Math.max(data.total, 10));
    const usual = speeds.findLast((s) => s <= Math.max(1, data.total / 20));
    this.speed = Math.min(this.chosenSpeed ?? usual, speeds.at(-1));
    this.transport.announce(data, speeds, this.speed);
  }

  settle() {
    const dark = luminance(getComputedStyle(this.root).getPropertyValue("--st-background-color")) < 0.5;
    const twins = dark ? this.run.dark : {};
    let focused = false;
    let made = null;
    for (const [name, chart] of this.charts) {
      if (name in this.run.figures) continue;
      focused ||= chart.buttons.contains(document.activeElement);
      chart.close();
      this.charts.delete(name);
    }
    for (const [i, [name, figure]] of Object.entries(this.run.figures).entries()) {
      if (!this.charts.has(name)) {
        const chart = new Chart(name, this.transport.charts, this);
        this.charts.set(name, chart);
        this.transport.charts.insertBefore(chart.cell, this.transport.charts.children[i]);
        made = chart;
      }
      const bindings = this.run.bindings.filter((binding) => binding.figure === name);
      // The run is part of what a figure shows: equal figures of two runs still have other numbers in them.
      this.charts.get(name).settle(figure, bindings, this.frames, this.frame, twins, [dark, this.run.run]);
    }
    if (focused) made?.buttons.firstChild?.focus(); // whoever chose by the keyboard goes on choosing
  }

  // The last frame whose position is not beyond `position`.
  frameAt(position) {
    const { positions } = this.frames;
    let low = 0;
    let high = this.last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (positions[middle] <= position) low = middle; else high = middle - 1;
    }
    return low;
  }

  // --- what the viewer wants ---
  train() {
    this.goTo(0);
    if (!this.calm.matches) this.toggle(true);
  }

  toggle(on = !this.playing) {
    if (on && this.frame >= this.last) this.goTo(0);
    this.playing = on;
    this.goal = null;
    this.clock = this.position;
    this.then = performance.now();
    this.show();
    if (!on) this.rest();
  }

  stepBy(frames) {
    this.playing = false;
    this.seek(this.frame + frames);
    this.rest();
  }

  goTo(position) {
    this.playing = false;
    this.seek(this.frameAt(position));
    this.rest();
  }

  scrub(position) {
    this.playing = false;
    this.seek(this.frameAt(position));
  }

  turnTo(first) {
    this.first = first;
    this.question = 0;
    this.ask();
  }

  act(label) {
    this.playing = false;
    this.tell();
    this.send("action", label);
  }

  choose(name) {
    this.send("choice", name);
  }

  setSpeed(speed) {
    this.speed = this.chosenSpeed = speed;
  }

  seek(frame) {
    this.goal = this.frames.positions[Math.max(0, Math.min(frame, this.last))];
    this.pursue();
    this.show();
  }

  // Go to the goal, or as far as frames have arrived, and ask for the rest.
  pursue() {
    const frame = this.frameAt(this.goal);
    this.frame = Math.min(frame, this.frames.have - 1);
    this.clock = this.position;
    if (this.frame < frame) return this.ask();
    this.goal = null;
    this.rest();
  }

  // --- the clock ---
  show() {
    this.pending ??= requestAnimationFrame(this.tick);
  }

  tick() {
    this.pending = null;
    if (this.closed) return;
    const now = performance.now();
    if (this.playing) this.advance(now);
    const stale = [...this.charts.values()].filter((chart) => chart.visible && chart.drawn !== this.frame);
    // The one that was drawn longest ago comes first; at rest all of them are drawn at once.
    stale.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
    this.charts.forEach((chart) => chart.resize());
    const giving = this.giving && this.playing;
    this.giving = false;
    for (const chart of giving ? [] : stale) {
      chart.draw(this.frames, this.frame);
      chart.at = performance.now();
      if (this.playing && (chart.at - now > DRAW_BUDGET_MS || navigator.scheduling?.isInputPending())) break;
    }
    // Last, because it changes the page that Plotly has just measured.
    this.transport.update(this);
    Object.assign(this.root.dataset, { position: this.position, playing: this.playing });
    const dragged = stale.some((chart) => chart.visible && chart.drawn !== this.frame);
    if (this.playing || dragged) this.show();
  }

  advance(now) {
    // A late frame is not made up for in one jump.
    const elapsed = Math.min(Math.max(0, now - this.then), 250) / 1000;
    this.then = now;
    this.clock += elapsed * this.speed;
    const { positions, have } = this.frames;
    this.frame = Math.min(this.frameAt(this.clock), have - 1);
    this.clock = Math.min(this.clock, positions[Math.min(have, this.last)]);
    if (have <= this.last && (positions[have - 1] - this.clock) / this.speed < AHEAD_S) this.ask();
    if (this.frame >= this.last) { this.playing = false; this.clock = this.position; this.rest(); }
    if (now - (this.addressed ?? 0) > 500) { this.addressed = now; this.keepAddress(); }
  }

  // --- what Python hears ---
  // A question stays open until it is answered, whatever else is said meanwhile: a busy server hears the last word only.
  ask(run = this.run.run) {
    if (this.question) return;
    this.question = 1 + Math.floor(Math.random() * 2 ** 30);
    this.tell(run);
  }

  tell(run = this.run.run) {
    const wait = this.quietUntil - performance.now();
    clearTimeout(this.telling);
    if (wait > 0) { this.telling = setTimeout(() => { if (!this.closed) this.tell(run); }, wait); return; }
    const { question, first, given } = this;
    const position = this.stands;
    this.said = position;
    this.send("view", { run, question, first, position, have: run ? this.frames.have : 0, jump: given.jump });
  }

  send(name, value) {
    (name === "view" ? this.setState : this.setTrigger)(name, value);
    this.sending = true;
    setTimeout(() => { this.sending = false; }); // Streamlit sends it in a task of its own, which stands before this one
  }

  // The position has come to rest: the address holds it, a screen reader says it, Python hears of it.
  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.resting = null;
      if (this.closed || this.playing || this.waiting) return;
      this.keepAddress();
      this.transport.speak(this);
      if (this.said !== this.position && (this.said !== undefined || this.position !== this.run.position)) this.tell();
    }, REST_MS);
  }

  // Whoever presses something beside the player may be leaving the page. Python hears where the player stands at once,
  // and then nothing for a while: a word that came after the click would call the page back.
  leaving(event) {
    if (!this.run || this.root.contains(event.target)) return;
    this.quietUntil = 0; // before the click, even of the second press within that while
    if (this.unheard && this.said !== this.stands) this.tell();
    this.quietUntil = performance.now() + QUIET_MS;
  }

  // Whoever follows a link leaves the page. What a component says is sent a moment later than the click, and of two
  // messages close together the server may hear the last one only: either would lose the position, or call the page back.
  // So the click waits until Python has heard.
  follow(event) {
    const link = event.target.closest?.("a[href]");
    if (!this.run || !link || this.root.contains(link) || !leadsToAnotherPage(link, event)) return;
    if (link !== this.link && (this.unheard || this.sending)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.link = link;
      this.quietUntil = 0;
      // Said twice it would be answered twice, the second time after the click.
      if (this.unheard && this.said !== this.stands) this.tell();
      setTimeout(() => this.leave(), HELD_MS);
    }
    this.quietUntil = performance.now() + LEAVING_MS;
  }

  leave() {
    // The navigation may have been drawn anew meanwhile.
    if (this.link && !this.link.isConnected) this.link = [...document.links].find(({ href }) => href === this.link.href);
    if (!this.closed) this.link?.click();
    this.link = null;
  }

  viewInAddress(figure) {
    const views = new URLSearchParams(location.search).getAll("view");
    return views.find((view) => view.startsWith(`${figure}.`))?.slice(figure.length + 1);
  }

  keepAddress() {
    const name = this.run.address;
    const kept = location.search.slice(1).split("&").filter((part) => part && ![name, "view"].includes(part.split("=")[0]));
    for (const [figure, { views }] of Object.entries(this.run.figures).map(([key, { layout }]) => [key, layout.meta ?? {}])) {
      const view = this.charts.get(figure)?.view;
      if (views && view !== Object.keys(views)[0]) kept.push(`view=${figure}.${view}`);
    }
    if (this.stands) kept.push(`${name}=${this.stands}`);
    const search = kept.length ? `?${kept.join("&")}` : "";
    if (search !== location.search) history.replaceState(history.state, "", location.pathname + search + location.hash);
  }

  close() {
    this.closed = true;
    clearTimeout(this.resting);
    clearTimeout(this.telling);
    this.resizing.disconnect();
    this.fitting.disconnect();
    window.removeEventListener("resize", this.fit);
    for (const type of INPUTS) window.removeEventListener(type, this.giveWay, { capture: true });
    window.removeEventListener("click", this.follow, { capture: true });
    this.charts.forEach((chart) => chart.close());
  }
}

function leadsToAnotherPage(link, { button, ctrlKey, metaKey, shiftKey, altKey }) {
  const ours = link.origin === location.origin && !link.hash && !link.download && link.target !== "_blank";
  return ours && link.pathname !== location.pathname && !(button || ctrlKey || metaKey || shiftKey || altKey);
}

function luminance(colour) {
  const [r, g, b] = (colour.trim().match(/^#(..)(..)(..)/) ?? ["", "ff", "ff", "ff"]).slice(1).map((h) => parseInt(h, 16) / 255);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const players = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector('[data-testid="stage"]');
  if (!players.has(root)) players.set(root, new Player(root));
  const player = players.get(root);
  player.setState = setStateValue;
  player.setTrigger = setTriggerValue;
  player.receive(data);
  return () => {
    player.close();
    players.delete(root);
  };
}
