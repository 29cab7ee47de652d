// The connection to the server. While it is cut, Streamlit locks its fields, drops what is committed in them, and does
// not send it later. What was being typed in a field is not even committed: React does not notice that a field is left
// when it is locked.

const APP = '[data-testid="stApp"]';
const STATE = "data-test-connection-state";
const WHOLE = "CONNECTED";

export class Line {
  window = null;
  back = null;
  cut = false;
  typed = null; // the field that was typed in and not left since

  // `back` is called when the line is whole again.
  constructor(window, back) {
    Object.assign(this, { window, back });
    const on = (type, act) => window.addEventListener(type, act, { capture: true });
    on("input", ({ target }) => { this.typed = target; });
    on("change", ({ target }) => { if (!target.disabled) this.typed = null; }); // it was left
    const app = window.document.querySelector(APP);
    if (app) new MutationObserver(() => this.look(app)).observe(app, { attributes: true, attributeFilter: [STATE] });
  }

  look(app) {
    const whole = app.getAttribute(STATE) === WHOLE;
    if (whole && this.cut) {
      this.finish();
      this.back();
    }
    this.cut = !whole;
  }

  // A field in which the visitor goes on typing is left alone: it commits when it is left.
  finish() {
    const { typed, window: { document } } = this;
    this.typed = null;
    if (!typed?.isConnected || typed === document.activeElement) return;
    const { activeElement } = document;
    typed.focus({ preventScroll: true });
    if (activeElement?.isConnected && activeElement !== document.body) activeElement.focus({ preventScroll: true });
    else typed.blur();
  }
}
