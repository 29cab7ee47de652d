// What the teacher's pointer rests on is ringed on every screen. A place in a chart is told in parts of the chart's size,
// because each screen has another one; elsewhere a place in what Python has given a key, or in a part of the player, which
// lie elsewhere on a phone.

import { element } from "../stage/element.js";

const REST_MS = 300; // a pointer that moves on points at nothing
const SHOWN_MS = 8000;
const KEYED = '[class*="st-key-"], .stage-transport > *, .stage-row > *, .stage-notes';
const KEY = /(?:^|\s)((?:st-key|stage)-[\w-]+)/;

// The element that a message names; none if there is no such thing on this page.
export function pointedAt(where, document) {
  const [kind, name] = where.split(":");
  return name && /^[\w-]+$/.test(name) ? document.querySelector(kind === "figure" ? `[data-figure="${name}"]` : `.${name}`) : null;
}

// What a place on the screen is told as; nothing for what is no part of the page's content.
export function told(target, x, y) {
  const figure = target?.closest?.("[data-figure]");
  const keyed = figure ?? target?.closest?.(KEYED);
  if (!keyed || target.closest(".class")) return null;
  const { left, top, width, height } = keyed.getBoundingClientRect();
  const where = figure ? `figure:${figure.dataset.figure}` : `key:${KEY.exec(keyed.className)?.[1] ?? ""}`;
  const part = (at, from, size) => Math.round(1000 * Math.min(1, Math.max(0, (at - from) / (size || 1)))) / 1000;
  return { where: where.slice(0, 80), x: part(x, left, width), y: part(y, top, height) };
}

export class Pointer {
  points; say; said;

  // `say` tells the class where the teacher points, whenever `points` says that this window is the teacher's.
  constructor(layer, points, say) {
    Object.assign(this, { points, say, said: "" });
    this.ring = element("div", { className: "class-ring", hidden: true, ariaHidden: "true" });
    layer.append(this.ring);
    const heed = (type, act) => window.addEventListener(type, act, { capture: true, passive: true });
    heed("pointermove", (event) => this.rest(event, REST_MS));
    heed("pointerdown", (event) => this.rest(event, 0));
    document.documentElement.addEventListener("pointerleave", () => this.tell({ where: "", x: 0, y: 0 }));
  }

  rest({ target, clientX, clientY }, wait) {
    clearTimeout(this.resting);
    if (!this.points()) return;
    this.resting = setTimeout(() => this.tell(told(target, clientX, clientY) ?? { where: "", x: 0, y: 0 }), wait);
  }

  tell(place) {
    const said = JSON.stringify(place);
    if (!this.points() || said === this.said) return;
    this.said = said;
    this.say(place);
  }

  // On the other screens
  show({ where, x, y }) {
    clearTimeout(this.hiding);
    const box = pointedAt(where, document)?.getBoundingClientRect();
    this.ring.hidden = !box;
    if (!box) return;
    Object.assign(this.ring.style, { left: `${box.left + x * box.width}px`, top: `${box.top + y * box.height}px` });
    this.hiding = setTimeout(() => { this.ring.hidden = true; }, SHOWN_MS);
  }
}
