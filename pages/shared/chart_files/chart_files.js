// A list of the charts on the page, and two buttons. It reads what Plotly shows, and changes nothing of it.

const FORMATS = { PNG: 2, SVG: 1 }; // and the scale: twice the screen's pixels stay sharp on a slide

function charts() {
  return [...document.querySelectorAll("[data-figure]")].filter((div) => div.data && div.layout);
}

function title(div) {
  const text = div.layout.title?.text ?? "";
  return (text.match(/<b>(.*?)<\/b>/)?.[1] ?? text).replace(/<[^>]*>/g, "") || div.dataset.figure;
}

async function download(name, format, box) {
  const div = charts().find((chart) => chart.dataset.figure === name);
  if (!div) return;
  // The page behind a chart is not part of it, but its text has that page's contrast.
  const app = document.querySelector('[data-testid="stApp"]') ?? document.body;
  const layout = { ...div.layout, paper_bgcolor: getComputedStyle(app).backgroundColor };
  const { width, height } = div.getBoundingClientRect();
  const image = { format: format.toLowerCase(), scale: FORMATS[format], width, height };
  const position = div.closest("[data-position]")?.dataset.position ?? 0;
  // Not Plotly.downloadImage: it clicks a link of its own outside the popover, which closes it.
  const link = Object.assign(document.createElement("a"), {
    href: await window.Plotly.toImage({ data: div.data, layout }, image),
    download: `${name}-${position}.${image.format}`,
    hidden: true,
  });
  box.append(link);
  link.click();
  link.remove();
}

export default function ({ parentElement }) {
  const box = parentElement.querySelector(".chart-files");
  if (box.firstChild) return;
  const choice = document.createElement("select");
  choice.setAttribute("aria-label", "Chart");
  const list = () => {
    const kept = choice.value;
    choice.replaceChildren(...charts().map((div) => new Option(title(div), div.dataset.figure)));
    if (kept) choice.value = kept;
  };
  list();
  choice.onfocus = list; // the player may have been on its way
  const buttons = Object.keys(FORMATS).map((format) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: format });
    button.setAttribute("aria-label", `Download the chart as ${format}`);
    button.onclick = () => download(choice.value, format, box);
    return button;
  });
  box.append(choice, ...buttons);
}
