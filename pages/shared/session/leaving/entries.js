// One entry in the browser's history for each page gone to. Streamlit pushes one for the page and, when the page has
// written its address, a second one for that; before it switches a page, another one for the page that is left.

const SWITCHING_MS = 5000;

export class Entries {
  constructor(history, location, now = () => performance.now()) {
    Object.assign(this, { location, now, arriving: false, leaves: -Infinity });
    const push = history.pushState.bind(history);
    const replace = history.replaceState.bind(history);
    history.pushState = (state, title, url) => {
      const way = this.way(url);
      if (way === "push") push(state, title, url);
      else if (way === "replace") replace(state, title, url);
    };
  }

  // A visitor who has not touched the page yet has changed nothing: what is pushed completes the entry.
  way(url) {
    if (new URL(url ?? "", this.location.href).pathname !== this.location.pathname) {
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

  // The page is on its way out.
  leave() { this.leaves = this.now(); }
}
