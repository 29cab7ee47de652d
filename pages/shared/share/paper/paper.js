// A printed page: charts as wide as the paper. What page.css cannot say without being told.

// Plotly writes sizes in pixels; a picture with a view box takes the width that it is given.
function fit() {
  for (const svg of document.querySelectorAll(".js-plotly-plot .main-svg")) {
    svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
  }
  const app = document.querySelector(".stApp");
  if (app && getComputedStyle(app).colorScheme.includes("dark")) document.documentElement.dataset.paper = "dark";
}

function restore() {
  for (const svg of document.querySelectorAll(".js-plotly-plot .main-svg")) svg.removeAttribute("viewBox");
  delete document.documentElement.dataset.paper;
}

export default function () {
  window.addEventListener("beforeprint", fit);
  window.addEventListener("afterprint", restore);
  return () => {
    window.removeEventListener("beforeprint", fit);
    window.removeEventListener("afterprint", restore);
  };
}
