// The height of the player: down to the lower edge of the window, so that nothing has to be scrolled.

const MARGIN = 16; // pixels

export class Height {
  constructor(root) {
    this.root = root;
    this.scroller = root.closest("main") ?? document.scrollingElement;
    this.below = 0; // pixels to leave for what stands below
    this.again = () => this.fit();
    window.addEventListener("resize", this.again);
    // What stands above the player can change its height at any time.
    this.observer = new ResizeObserver(() => requestAnimationFrame(this.again));
    this.observer.observe(this.scroller.firstElementChild);
    this.fit();
  }

  fit(below = this.below) {
    if (this.closed) return;
    this.below = below;
    const top = this.root.getBoundingClientRect().top + this.scroller.scrollTop;
    this.root.style.setProperty("--stage-height", `${Math.floor(window.innerHeight - top - MARGIN - this.below)}px`);
  }

  close() {
    this.closed = true;
    this.observer.disconnect();
    window.removeEventListener("resize", this.again);
  }
}
