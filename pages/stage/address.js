// The part of the page's address that the browser writes by itself: the position, and the view of each chart.

// The view that a chart has in the address, if any.
export function viewIn(search, figure) {
  const views = new URLSearchParams(search).getAll("view");
  return views.find((view) => view.startsWith(`${figure}.`))?.slice(figure.length + 1);
}

// `search` with another position, and with the view of each chart that does not show its first one.
export function addressWith(search, position, figures, viewOf) {
  const kept = search.slice(1).split("&").filter((part) => part && !["position", "view"].includes(part.split("=")[0]));
  for (const [figure, { layout }] of Object.entries(figures)) {
    const views = layout.meta?.views;
    const view = viewOf(figure);
    if (views && view !== Object.keys(views)[0]) kept.push(`view=${figure}.${view}`);
  }
  if (position) kept.push(`position=${position}`);
  return kept.length ? `?${kept.join("&")}` : "";
}
