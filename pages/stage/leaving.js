// Whoever leaves the page takes the position along: Python hears of it before the page is gone, and not after.

const PRESSES = ["Enter", " "]; // by keyboard
const QUIET_MS = 1000; // after a press beside the player
const LEAVING_MS = 10000; // after a link was followed: until the page is gone
const HELD_MS = 2000; // a link waits no longer than this for Python to hear where the player stands

export function leadsToAnotherPage(link, { button, ctrlKey, metaKey, shiftKey, altKey }, location) {
  const ours = link.origin === location.origin && !link.hash && !link.download && link.target !== "_blank";
  return ours && link.pathname !== location.pathname && !(button || ctrlKey || metaKey || shiftKey || altKey);
}

export const isPress = ({ type, key }) => type === "pointerdown" || (type === "keydown" && PRESSES.includes(key));

export class Leaving {
  constructor(player) {
    this.player = player;
    this.report = player.report;
    this.follow = this.follow.bind(this);
    window.addEventListener("click", this.follow, { capture: true });
  }

  beside(target) { return this.player.run && !this.player.root.contains(target); }

  // Said twice it would be answered twice, the second time after the click.
  tell() {
    this.report.quietUntil = 0;
    if (this.player.unheard && this.report.said !== this.player.clock.stands) this.player.tell();
  }

  // Whoever presses something beside the player may be leaving the page. Python hears where the player stands at once
  // (before the click, even of the second press within that while), and then nothing for a while: a word that came
  // after the click would call the page back.
  press(event) {
    if (!isPress(event) || !this.beside(event.target)) return;
    this.tell();
    this.report.keepQuiet(QUIET_MS);
  }

  // Whoever follows a link leaves the page. What a component says is sent a moment later than the click, and of two
  // messages close together the server may hear the last one only: either would lose the position, or call the page back.
  // So the click waits until Python has heard.
  follow(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || !this.beside(link) || !leadsToAnotherPage(link, event, location)) return;
    if (link !== this.link && (this.player.unheard || this.report.sending)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.link = link;
      this.tell();
      setTimeout(() => this.leave(), HELD_MS);
    }
    this.report.keepQuiet(LEAVING_MS);
  }

  leave() {
    // The navigation may have been drawn anew meanwhile.
    if (this.link && !this.link.isConnected) this.link = [...document.links].find(({ href }) => href === this.link.href);
    if (!this.closed) this.link?.click();
    this.link = null;
  }

  close() {
    this.closed = true;
    window.removeEventListener("click", this.follow, { capture: true });
  }
}
