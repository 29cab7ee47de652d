// The panel: what is done in it is told at once, and it shows what Python says of it. It knows no rule but how many layers
// and units there may be, which it is given.

import { element } from "../../stage/element.js";

export class Panel {
  root; sheet; act; open; waits; // see below
  tutorial; sheetName; // the name of that example, and of the table that is shown

  // `act` takes what was done, `open` the name of an example that was chosen, `waits` says whether a text is not heard yet.
  constructor(root, { sheet, act, open, waits }) {
    Object.assign(this, { root, sheet, act, open, waits });
    this.texts = {};
    this.written = new Map(); // by field
    this.find = (selector) => root.querySelector(selector);
    this.table = this.find(".panel-table").attachShadow({ mode: "open" });
    this.table.innerHTML = '<div class="sheet" data-testid="sheet"></div>';
    this.stops = this.find("[data-stops]");
    this.values = this.stops.dataset.stops.split(" ");
    this.layers = this.find("[data-most]");
    this.listen();
  }

  listen() {
    this.root.addEventListener("change", ({ target: { dataset: { field }, value } }) => {
      if (field === "example") this.open(value);
      else if (field) this.put(field, value);
    });
    // While it is dragged the field shows the rate; it is trained when it is let go.
    this.stops.addEventListener("input", () => { this.find("[data-field=learning_rate]").value = this.rate; });
    this.stops.addEventListener("change", () => this.put("learning_rate", this.rate));
    this.find("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.act("rate", event.target.elements.rate.value);
    });
    this.root.addEventListener("click", ({ target }) => this.does[target.dataset.does]?.(target));
  }

  get rate() { return this.values[Number(this.stops.value)]; }

  get hidden() { return (this.texts.hidden ?? "none").split("_").filter((size) => /^\d+$/.test(size)).map(Number); }

  // Each begins with what stands there at the press.
  does = {
    reset: () => this.open(this.tutorial),
    seed: () => {
      const [seed] = crypto.getRandomValues(new Uint16Array(1));
      this.put("seed", String(String(seed) === this.texts.seed ? seed + 1 : seed));
    },
    fewer: () => this.size(this.hidden.slice(0, -1)),
    more: () => this.size([...this.hidden, this.hidden.at(-1) ?? this.most[2]].slice(0, this.most[0])),
    unit: ({ dataset: { layer, by } }) => {
      const sizes = this.hidden;
      sizes[layer] = Math.min(Math.max(sizes[layer] + Number(by), 1), this.most[1]);
      this.size(sizes);
    },
    drop: ({ dataset: { position } }) => this.act("drop", Number(position)),
  };

  get most() { return this.layers.dataset.most.split(" ").map(Number); }

  size(sizes) { this.put("hidden", sizes.join("_") || "none"); }

  put(name, text) {
    if (text === this.texts[name]) return;
    this.texts[name] = text;
    this.act("text", name, text);
    this.write();
  }

  show(told) {
    this.sheetName = told.sheet.name;
    for (const [name, text] of Object.entries(told.texts)) if (!this.waits(name)) this.texts[name] = text;
    this.sheet({
      parentElement: this.table,
      data: told.sheet,
      setStateValue: (name, said) => { if (name === "table") this.act("table", said); },
    });
    this.find("[data-field=example]").value = told.example;
    this.find("[data-field=example] [value='']").hidden = told.example !== "";
    this.write();
    if (!this.waits("learning_rate")) Object.assign(this.stops, { value: told.stop, ariaValueText: told.rate });
    this.say(told);
  }

  // What stands in the fields. One in which somebody is typing is left alone.
  write() {
    const focused = document.activeElement;
    for (const field of this.root.querySelectorAll("[data-field]")) {
      const text = this.texts[field.dataset.field];
      if (text === undefined) continue;
      if (field.type === "radio") field.checked = field.value === text;
      else if (field !== focused || field.value === this.written.get(field)) field.value = text;
      this.written.set(field, text);
    }
    this.stops.ariaValueText = this.texts.learning_rate;
    this.find("[data-has=typed]").hidden = this.texts.start !== "typed";
    this.find("[data-has=hidden]").hidden = !this.hidden.length;
    this.draw(this.hidden);
  }

  draw(sizes) {
    const [layers, units] = this.most;
    this.find("[data-does=fewer]").disabled = !sizes.length;
    this.find("[data-does=more]").disabled = sizes.length === layers;
    if (this.layers.children.length !== sizes.length) {
      this.layers.replaceChildren(...sizes.map((_, layer) => element("span", {},
        button("−", { does: "unit", layer, by: -1 }), element("span"), button("+", { does: "unit", layer, by: 1 }))));
    }
    sizes.forEach((size, layer) => {
      const name = sizes.length === 1 ? "h" : `h${"¹²³"[layer]}`;
      const [less, said, more] = this.layers.children[layer].children;
      said.textContent = `${name}: ${size}${sizes.length > 1 ? "" : size === 1 ? " unit" : " units"}`;
      Object.assign(less, { disabled: size === 1, ariaLabel: `Remove a unit from ${name}`, title: `Remove a unit from ${name}` });
      Object.assign(more, { disabled: size === units, ariaLabel: `Add a unit to ${name}`, title: `Add a unit to ${name}` });
    });
  }

  say(told) {
    for (const place of this.root.querySelectorAll("[data-says]")) place.textContent = [told[place.dataset.says]].flat().join("\n");
    this.find("[data-has=scaled]").hidden = !told.scaled.length;
    for (const [name, texts] of Object.entries(told.problems)) {
      const place = this.find(`[data-problems=${name}]`);
      if (place.textContent !== texts.join("\n")) place.textContent = texts.join("\n"); // said anew only if it is new
      this.find(`:is(input, textarea)[data-field=${name}]`)?.setAttribute("aria-invalid", String(texts.length > 0));
    }
    this.find("[data-field=seed]").disabled = told.seedOff;
    Object.assign(this.find("[data-does=seed]"), { disabled: told.newSeedOff, title: told.aboutSeed });
    const drop = ([position, text]) => button(text, { does: "drop", position });
    this.find("[data-buttons=changes]").replaceChildren(...told.changes.map(drop));
  }
}

function button(textContent, dataset) {
  const made = element("button", { type: "button", textContent });
  Object.assign(made.dataset, dataset);
  return made;
}
