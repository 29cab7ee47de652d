// Other components of the page can hear where the player is, and lead it, by events of the document. Each works without
// the other.

const BEAT_MS = 2000; // while it plays, it says again where it is

const isCount = (value) => Number.isFinite(value) && value >= 0;

export class Neighbours {
  constructor(player) {
    this.player = player;
    this.led = false; // another player has moved this one last, not the viewer
    this.open = new AbortController();
    const { signal } = this.open;
    window.addEventListener("backprop:follow", (event) => this.hear(event), { signal });
    window.addEventListener("backprop:ask", () => this.tell("run"), { signal }); // from a component that was mounted later
    document.addEventListener("visibilitychange", () => this.tell("clock"), { signal }); // a hidden page draws nothing, so its player stops
  }

  // `by` is what has changed: the viewer's "hand", the "clock" that goes on or ends, or another "run" that is there now.
  tell(by) {
    const { clock, root, run } = this.player;
    if (!run || !clock.frames.have) return;
    const now = performance.now();
    this.told = now;
    if (by === "hand") this.led = false;
    const detail = { position: clock.at(now), playing: clock.playing && !document.hidden, speed: clock.speed, by };
    root.dispatchEvent(new CustomEvent("backprop:view", { bubbles: true, detail }));
  }

  // At intervals, and when the clock has left time out: those who follow would otherwise be ahead.
  beat(now) {
    if (this.player.clock.late || now - (this.told ?? 0) > BEAT_MS) this.tell("clock");
  }

  // `age`: milliseconds since the other player was there. `views`: of the charts, as an address names them.
  hear({ detail }) {
    const { position, playing, speed, age = 0, views = [] } = detail ?? {};
    if (![position, speed, age].every(isCount)) return;
    this.led = true;
    this.player.follow({ position, playing: playing === true, speed, views, since: performance.now() - age });
  }

  close() { this.open.abort(); }
}
