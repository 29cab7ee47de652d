// One entry in the browser's history for each page gone to. Streamlit pushes one for the page and, when the page has
// written its address, a second one for that; before it switches a page, another one for the page that is left.

const SWITCHING_MS = 5000;

export class Entries {
  constructor(history, location, now = () => performance.now()) {
    Object.assign(this, { location, now, arriving: false, leaves: -Infinity, back: null });
    const push = history.pushState.bind(history);
    const replace = history.replaceState.bind(history);
    history.pushState = (state, title, url) => {
      const way = this.way(url);
      if (way === "push") push(state, title, url);
      else if (way === "replace") replace(state, title, url);
    };
  }

  // As long as the visitor has not touched the page, what is pushed only completes the page's entry.
  way(url) {
    const { pathname } = new URL(url ?? "", this.location.href);
    if (pathname !== this.location.pathname) {
      // A late address of the page that Back has left.
      if (this.back === this.location.pathname) return "drop";
      this.arriving = true;
      this.leaves = -Infinity;
      return "push";
    }
    if (this.now() - this.leaves < SWITCHING_MS) return "drop";
    return this.arriving ? "replace" : "push";
  }

  touched() {
    this.arriving = false;
    this.leaves = -Infinity;
  }

  // Back or Forward have led here; only a click leads elsewhere.
  wentBack() { this.back = this.location.pathname; }

  // The page is on its way out.
  leave() {
    this.leaves = this.now();
    this.back = null;
  }
}
