// Plotly.js, started once for all players of the page: from its address, or out of its source.

import { element } from "./element.js";

const RETRY_MS = 5000; // after it could not be fetched
const HANDED_MS = 60000; // how long Python may take to send it, on a slow line, before it is asked again

let loading = null;
let handed = 0; // when it was asked for last, by whomever

/** @returns {Promise<void>} */
function started(src) {
  return new Promise((resolve, reject) => {
    // A proxy may answer with a page of its own, which is no program, or one that does something else.
    const onload = () => (window.Plotly ? resolve() : reject());
    document.head.append(element("script", { src, onload, onerror: () => reject() }));
  });
}

export function loadPlotly(address, source = "") {
  if (window.Plotly) return Promise.resolve();
  if (source) loading = started(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  loading ??= started(new URL(address, document.baseURI).href);
  loading.catch(() => { loading = null; });
  return loading;
}

// Gets Plotly.js for charts, however long it takes. `ask` asks Python for its source, because some proxies let no address
// through but Streamlit's; `tell` says that it is not there yet.
export class Supply {
  ask; tell; closed; retrying;

  /** @param {() => void} ask
   * @param {(text: string) => void} tell */
  constructor(ask, tell = () => {}) {
    Object.assign(this, { ask, tell, closed: false, retrying: 0 });
  }

  load(data, draw) {
    clearTimeout(this.retrying);
    loadPlotly(data.plotly, data.source).then(() => { if (!this.closed) draw(); }, () => this.lack(data, draw));
  }

  lack(data, draw) {
    if (this.closed) return;
    const now = performance.now();
    if (now < handed) this.tell("The charts could not be loaded from this server yet.");
    else { handed = now + HANDED_MS; this.ask(); }
    clearTimeout(this.retrying);
    this.retrying = setTimeout(() => this.load(data, draw), RETRY_MS);
  }

  close() {
    this.closed = true;
    clearTimeout(this.retrying);
  }
}
