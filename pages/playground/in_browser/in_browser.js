// The playground without a server. It opens with a run that it holds, or that a page of its site holds, and plays it. From
// the first edit on, Python in a worker answers in the app's place: address in, what the player shows out.

import { readValues } from "../../shared/charts/values/chart_values.js";
import { message } from "../../shared/share/page_html/held.js";
import { unpack } from "../../stage/frames.js";
import { Engine } from "./engine.js";
import { Panel } from "./panel.js";

const PLAYERS = ["position", "view"]; // what the player writes into the address

// The worker has no address of its own, from which to go on.
const absolute = (file) => ({ ...file, address: new URL(file.address, document.baseURI).href });

class Playground {
  stage; page; // the player, and what the page holds
  view; pressed; // what the player said last
  jump; answer; heard; // what it was told last
  held; at; chosen; // a run that a file holds, where it stands, and what is shown of it
  address; told; // what Python said last

  constructor({ stage, sheet, worker }, page) {
    Object.assign(this, { stage, page, view: {}, pressed: [], jump: 0, answer: 0, heard: 0, held: null, address: "" });
    this.panel = new Panel(document.querySelector(".panel"), {
      sheet,
      act: (...act) => this.engine.act(...act),
      open: (name) => this.choose(name),
      waits: (name) => this.engine.waits(name),
    });
    this.panel.tutorial = page.tutorial;
    this.engine = new Engine(document.querySelector(".engine"), {
      program: worker,
      setup: { ...page.engine, files: page.engine.files.map(absolute) },
      begin: () => ["begin", this.query, this.opened ? "" : this.panel.sheetName, this.jump],
      failed: () => this.opened && !this.held && this.take(page.tutorial),
      question: () => ({ view: this.view, pressed: this.pressed }),
      hear: (bytes) => this.hear(unpack(bytes)),
    });
    this.link = document.querySelector(".page-live");
    window.addEventListener("popstate", () => this.go());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.show());
    readValues(document.querySelector(".chart-values"));
    document.querySelector(".panel").open = matchMedia("(min-width: 901px)").matches;
    this.begin();
  }

  // --- the address ---
  get query() { return [location.search.slice(1), location.hash.slice(1)].filter(Boolean).join("&"); }

  // The example that an address names and says nothing else of.
  get named() {
    const said = [...new URLSearchParams(this.query)].filter(([key]) => !PLAYERS.includes(key));
    if (!said.length) return this.page.tutorial;
    const [[key, name]] = said;
    return said.length === 1 && key === "example" && Object.hasOwn(this.page.panels, name) ? name : null;
  }

  get position() {
    const asked = new URLSearchParams(this.query).get("position");
    return /^\d{1,9}$/.test(asked ?? "") ? Number(asked) : 0;
  }

  begin() {
    this.panel.show(this.page.panels[this.page.tutorial]);
    if (this.named) this.take(this.named);
    else this.ask();
  }

  // What Python makes of an address that was opened takes its place.
  ask(...act) {
    this.opened = true;
    if (act.length) this.engine.act(...act); else this.engine.ask();
  }

  // Back and Forward.
  go() {
    if (this.engine.state === "ready" || !this.named) this.ask("address", this.query);
    else this.take(this.named);
  }

  choose(name) {
    if (["ready", "loading"].includes(this.engine.state)) { this.engine.act("example", name); return; }
    this.write(this.addressOf(name), "", "pushState");
    this.take(name);
  }

  addressOf(name) { return name === this.page.tutorial ? "" : `example=${encodeURIComponent(name)}`; }

  write(address, kept, how) {
    const query = [address, kept].filter(Boolean).join("&");
    const where = address.length > this.page.mostQuery ? `#${query}` : query && `?${query}`;
    try {
      history[how](null, "", location.pathname + where);
    } catch { /* Not more than 100 times in half a minute in Safari: the next edit writes it. */ }
  }

  // --- a run that a file holds ---
  async take(name) {
    this.taking = name;
    const { position } = this; // before the player writes where the run before came to rest
    const file = name === this.page.tutorial ? this.page.file : await this.file(name).catch(() => null);
    if (this.taking !== name) return; // another one was chosen meanwhile
    if (!file) { this.ask(); return; } // it did not come: Python trains it
    this.jump += 1;
    this.address = this.addressOf(name);
    this.held = { ...file, player: { ...file.player, run: name, jump: this.jump } };
    this.at = Math.min(position, file.player.total);
    this.chosen = { ...file.chosen };
    this.panel.show(this.page.panels[name]);
    this.show();
  }

  async file(name) {
    const answer = await fetch(`${name}.html`);
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    return JSON.parse(parsed.getElementById("page-data").textContent);
  }

  // Do what was pressed, as far as the file holds it; the rest needs Python.
  press() {
    for (const [number, place, name] of this.pressed) {
      if (number <= this.heard) continue;
      if (!Object.hasOwn(this.held.parts[place] ?? {}, name)) { this.engine.ask(); return; }
      this.chosen[place] = name;
      this.heard = number;
    }
    this.show();
  }

  // --- what Python answers ---
  hear(data) {
    const { address, panel, trained, done, total } = data;
    if (address !== this.address) this.write(address, this.ofPlayer, this.opened ? "replaceState" : "pushState");
    Object.assign(this, { address, held: null, opened: false });
    const { figures, bindings, readouts, words, dark } = data.figures ? data : this.told;
    this.told = { ...data, figures, bindings, readouts, words, dark };
    this.heard = data.pressed;
    this.panel.show(panel);
    this.engine.training(trained, total, done);
    this.play(data);
  }

  get ofPlayer() {
    return new URLSearchParams([...new URLSearchParams(this.query)].filter(([key]) => PLAYERS.includes(key))).toString();
  }

  // --- the player ---
  show() {
    if (this.held) this.play(message(this.held, this.chosen, this.at, this.answer, this.heard));
    else if (this.told) this.play(this.told);
  }

  play(data) {
    this.stage({ data, parentElement: document, setTriggerValue: () => {}, setStateValue: (name, said) => this.report(name, said) });
    if (this.link) this.link.href = `${this.page.live}?${this.query}`;
  }

  report(name, said) {
    this[name] = said;
    if (name === "pressed") { if (this.held) this.press(); else this.engine.ask(); }
    else if (!this.held) { if (said.question) this.engine.ask(); }
    else {
      ({ position: this.at, question: this.answer } = said);
      this.show();
    }
  }
}

export default function (given) {
  new Playground(given, JSON.parse(document.getElementById("page-data").textContent));
}
