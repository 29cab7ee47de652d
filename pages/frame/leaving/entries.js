// One entry in the browser's history for each page gone to. Streamlit pushes one for the page and, when the page has
// written its address, a second one for that; before it switches a page, another one for the page that is left.

const SWITCHING_MS = 5000;

export class Entries {
  location = null;
  now = null;
  arriving = false;
  leaves = -Infinity; // when the page was left
  last = null; // writes the last entry since then
  back = null; // the page that Back led to

  constructor(history, location, now = () => performance.now()) {
    Object.assign(this, { location, now });
    const push = history.pushState.bind(history);
    const replace = history.replaceState.bind(history);
    history.pushState = (...entry) => this.write(entry, push, replace);
  }

  // As long as the visitor has not touched the page, what is pushed only completes the page's entry.
  write(entry, push, replace) {
    const { pathname } = new URL(entry[2] ?? "", this.location.href);
    if (pathname !== this.location.pathname) {
      if (this.back === this.location.pathname) return; // a late address of the page that Back has left
      Object.assign(this, { arriving: true, leaves: -Infinity, last: null });
      push(...entry);
      return;
    }
    const write = this.arriving ? replace : push;
    if (this.now() - this.leaves >= SWITCHING_MS) { write(...entry); return; }
    // On the way out the last one is of the page that is gone to; what comes before it is this page's.
    this.last?.();
    this.last = () => write(...entry);
  }

  touched() {
    this.arriving = false;
    this.leaves = -Infinity;
  }

  // Another page is drawn. If Back, Forward or a class has led there, nothing was pushed that says so.
  arrived() { this.leaves = -Infinity; }

  // Back or Forward have led here; only a click leads elsewhere.
  wentBack() { this.back = this.location.pathname; }

  // The page is on its way out.
  leave() {
    this.leaves = this.now();
    this.last = null;
    this.back = null;
  }
}
