// A list of the charts on the page, and two buttons. It reads what Plotly shows, and changes nothing.

import { fileName, plainTitle } from "./names.js";
import { element } from "../../../stage/element.js";

const FORMATS = { PNG: 2, SVG: 1 }; // and the scale: twice the screen's pixels stay sharp on a slide

function charts() {
  return [...document.querySelectorAll(".js-plotly-plot")].filter((div) => div.data && div.layout && div.clientWidth);
}

const title = (div) => plainTitle(div.layout.title?.text ?? "");

async function download(place, format, box) {
  const div = charts()[place];
  if (!div) return;
  // A chart has no background of its own, and its text is only readable on the page's: the image gets that one.
  const app = document.querySelector('[data-testid="stApp"]') ?? document.body;
  const layout = { ...div.layout, paper_bgcolor: getComputedStyle(app).backgroundColor };
  const { width, height } = div.getBoundingClientRect();
  const image = { format: format.toLowerCase(), scale: FORMATS[format], width, height };
  const position = div.closest("[data-position]")?.dataset.position;
  // Not Plotly.downloadImage: it clicks a link of its own outside the popover, which closes it.
  const link = element("a", {
    href: await window.Plotly.toImage({ data: div.data, layout }, image),
    download: fileName(div.dataset.figure ?? title(div), position, image.format),
    hidden: true,
  });
  box.append(link);
  link.click();
  link.remove();
}

export default function ({ parentElement }) {
  const box = parentElement.querySelector(".chart-files");
  if (box.firstChild) return;
  const choice = element("select", { ariaLabel: "Chart" });
  const list = () => {
    const kept = choice.value;
    choice.replaceChildren(...charts().map((div, place) => new Option(title(div) || `Chart ${place + 1}`, String(place))));
    if (kept) choice.value = kept;
  };
  list();
  choice.onfocus = list; // anew, for the player may not have drawn its charts when the popover opened
  const buttons = Object.keys(FORMATS).map((format) => element("button", {
    type: "button", textContent: format, ariaLabel: `Download the chart as ${format}`, onclick: () => download(Number(choice.value), format, box),
  }));
  box.append(choice, ...buttons);
}
