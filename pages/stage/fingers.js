// A finger that moves over a chart scrolls the page, and a tap is a click. Plotly would take both for itself, to zoom. On
// a phone the charts are as wide as the screen, so nothing was left to scroll the page by.

const passBy = (event) => { if (event.target.closest?.(".js-plotly-plot .drag")) event.stopPropagation(); };

// The same at every call: heard once. It prevents nothing, so the browser goes on to scroll, or to click.
export const freeFingers = () => window.addEventListener("touchstart", passBy, { capture: true, passive: true });
