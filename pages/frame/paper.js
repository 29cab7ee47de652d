// A printed page: charts as wide as the paper, and the link to the page. This does what every_page.css alone cannot.

// Plotly writes sizes in pixels. With a view box an SVG scales to the width that the page gives it.
function fit() {
  for (const svg of document.querySelectorAll(".js-plotly-plot .main-svg")) {
    svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    svg.style.maxWidth = `${svg.getAttribute("width")}px`;
  }
  const app = document.querySelector(".stApp");
  if (app && getComputedStyle(app).colorScheme.includes("dark")) document.documentElement.dataset.paper = "dark";
}

function restore() {
  for (const svg of document.querySelectorAll(".js-plotly-plot .main-svg")) {
    svg.removeAttribute("viewBox");
    svg.style.maxWidth = "";
  }
  delete document.documentElement.dataset.paper;
}

export function preparePaper() {
  window.addEventListener("beforeprint", fit);
  window.addEventListener("afterprint", restore); // for the whole visit: they are the same on every page
}
