// Plotly.js, fetched once for all players of the page.

import { element } from "./element.js";

let loading = null;

export function loadPlotly(address) {
  loading ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve();
    const script = element("script", { src: new URL(address, document.baseURI).href, onload: resolve });
    script.onerror = () => { loading = null; reject(new Error("Plotly.js could not be loaded from this server.")); };
    document.head.append(script);
  });
  return loading;
}
