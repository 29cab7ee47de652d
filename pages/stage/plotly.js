// Plotly.js, started once for all players of the page: from its address, or out of its source.

import { element } from "./element.js";

let loading = null;

/** @returns {Promise<void>} */
function started(src) {
  return new Promise((resolve, reject) => {
    // A proxy may answer with a page of its own, which is no program, or one that does something else.
    const onload = () => (window.Plotly ? resolve() : reject());
    document.head.append(element("script", { src, onload, onerror: () => reject() }));
  });
}

export function loadPlotly(address, source) {
  if (window.Plotly) return Promise.resolve();
  if (source) loading = started(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  loading ??= started(new URL(address, document.baseURI).href);
  loading.catch(() => { loading = null; });
  return loading;
}
