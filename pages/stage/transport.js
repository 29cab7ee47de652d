// Buttons, slider, keys and readouts: what a viewer sees and touches. It tells `player` what was wanted, nothing else.

import { element, focus, shape, write } from "./element.js";
import { explained } from "./explained.js";
import { grouped, readoutText } from "./numbers.js";
import { Sentence } from "./sentence.js";

const ICONS = {
  start: "M3 3h2.2v12H3zM15 3v12L6 9z",
  back: "M12 3v12L4 9zM13 3h2v12h-2z",
  forward: "M6 3v12l8-6zM3 3h2v12H3z",
  end: "M12.800 3H15v12h-2.200zM3 3v12l9-6z",
};

function icon(name) {
  const svg = shape("svg", { viewBox: "0 0 18 18", "class": "stage-icon", "aria-hidden": "true" });
  svg.append(shape("path", { d: ICONS[name] }));
  return svg;
}

// What the one button that plays would do: at the end it starts anew.
export function playLabel({ playing, frame, last }) {
  if (playing) return "Pause";
  return frame > 0 && frame < last ? "Continue" : "Train";
}

export class Transport {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    const button = (label, name, act) => element("button", { type: "button", className: `stage-${name}`, title: label, ariaLabel: label, onclick: act }, icon(name));
    this.play = element("button", { type: "button", className: "stage-train", textContent: "Train", onclick: () => player.press() });
    this.slider = element("input", { type: "range", className: "stage-slider", min: 0, step: 1, ariaLabel: "Epochs trained" });
    this.slider.oninput = () => player.scrub(Number(this.slider.value));
    this.slider.onchange = () => player.rest();
    this.speed = element("select", { className: "stage-speed", ariaLabel: "Speed", onchange: () => player.setSpeed(Number(this.speed.value)) });
    this.bar = element("div", { className: "stage-transport" },
      this.play,
      button("To start", "start", () => player.goTo(0)),
      button("Step back", "back", () => player.stepBy(-1)),
      button("Step forward", "forward", () => player.stepBy(1)),
      button("To end", "end", () => player.goTo(Infinity)),
      this.slider, this.speed);
    this.sentence = new Sentence();
    this.readouts = element("dl", { className: "stage-readouts" });
    this.charts = element("div", { className: "stage-charts" });
    this.spoken = element("div", { className: "stage-spoken", ariaLive: "polite" });
    this.actions = element("div", { className: "stage-actions" });
    const row = element("div", { className: "stage-row" }, this.readouts, this.actions);
    root.replaceChildren(this.bar, row, this.sentence.root, this.charts, this.spoken);
    root.onkeydown = (event) => this.key(event);
    // After a click by a pointer the stage has the focus: the space key then pauses, and does not press the button again.
    this.bar.onclick = (event) => { if (event.detail > 0 && event.target.closest("button")) focus(root); };
  }

  key(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || target instanceof HTMLSelectElement) return;
    if (key === " " && target instanceof HTMLButtonElement) return;
    const act = {
      " ": () => this.player.toggle(),
      ArrowLeft: () => this.player.stepBy(-1),
      ArrowRight: () => this.player.stepBy(1),
      Home: () => this.player.goTo(0),
      End: () => this.player.goTo(Infinity),
    }[key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  // A new run: its length, its speeds, its readouts.
  announce({ total, readouts, words }, speeds, speed) {
    this.slider.max = total;
    this.speed.replaceChildren(...speeds.map((s) => element("option", { value: s }, `${grouped(s)} epoch${s === 1 ? "" : "s"}/s`)));
    this.speed.value = speed;
    const entry = (label) => {
      const value = element("dd");
      this.readouts.append(element("div", {}, element("dt", {}, ...explained(label, words)), value));
      return value;
    };
    this.readouts.replaceChildren();
    this.place = element("span");
    this.of = element("small");
    entry("epochs trained").append(this.place, " ", this.of);
    this.values = readouts.map((readout) => entry(readout.label));
  }

  // Buttons that stay are kept, and with them the focus. Those in `leads` lead to another page and are marked for
  // leads.js, which lets Python hear everything before a page is left.
  offer(labels, leads) {
    const standing = new Map([...this.actions.children].map((button) => [button.textContent, button]));
    const made = (textContent) => {
      const button = element("button", { type: "button", textContent, onclick: () => this.player.act(textContent) });
      button.toggleAttribute("data-leads", leads.includes(textContent));
      button.dataset.action = textContent;
      return button;
    };
    const buttons = labels.map((label) => standing.get(label) ?? made(label));
    const focused = this.actions.contains(document.activeElement);
    if (buttons.some((button, i) => button !== this.actions.children[i]) || buttons.length !== standing.size) {
      this.actions.replaceChildren(...buttons);
    }
    if (focused && !this.actions.contains(document.activeElement)) focus(this.root);
  }

  // `clock` says where the player stands, `run` what it plays.
  update(clock, run) {
    const { frames, frame, position } = clock;
    const { positions } = frames;
    const gap = frame + 1 < positions.length ? positions[frame + 1] - position : 1;
    const thinned = gap > 1 ? `, shown every ${grouped(gap)}` : "";
    const training = clock.starved ? ", training" : "";
    write(this.place, grouped(position));
    write(this.of, `of ${grouped(run.total)}${thinned}${training}`);
    run.readouts.forEach((readout, i) => {
      write(this.values[i], readoutText(readout, frames.arrays.get(readout.array).values[frame], frame));
    });
    this.sentence.at(position);
    this.slider.value = position;
    this.slider.setAttribute("aria-valuetext", `Epoch ${position} of ${run.total}`);
    write(this.play, playLabel(clock));
  }

  speak({ frames, frame }, run) {
    const said = run.readouts.flatMap((readout) => {
      const value = frames.arrays.get(readout.array).values[frame];
      return readout.spoken && frame >= readout.first ? [`${readout.spoken} ${readoutText(readout, value, frame)}`] : [];
    });
    this.spoken.textContent = [`Epoch ${frames.positions[frame]} of ${run.total}`, ...said].join(", ");
  }
}
