() => {
  const CONTROLS = "button, a[href], input, select, textarea, summary, [role=button], [role=slider]";
  const wide = document.documentElement.clientWidth;
  const wrong = [];
  const name = (e) => {
    const label = e.getAttribute("aria-label") || e.textContent || e.title || e.getAttribute("data-testid") || e.tagName;
    return `${e.tagName.toLowerCase()} "${label.trim().slice(0, 40)}"`;
  };
  const sidebar = document.querySelector("[data-testid=stSidebar]");
  const panel = sidebar?.getBoundingClientRect();
  // Out of sight, or, on a narrow page, over everything else.
  const shut = panel && panel.right < 2, covers = panel && panel.right > wide * 0.6;
  // The box that an element is scrolled in, or cut off by.
  const frames = (e) => {
    const found = [];
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
      if (getComputedStyle(p).overflowX !== "visible") found.push(p);
    }
    return found;
  };
  const seen = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 2 && box.height > 2 && e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && !e.closest("[inert], [aria-hidden=true]") && !(shut && sidebar.contains(e))
      // What is there for the ear alone stands in a box of no size.
      && frames(e).every((frame) => frame.clientWidth > 2);
  };
  for (const page of [document.documentElement, document.querySelector("[data-testid=stMain]")]) {
    if (page && page.scrollWidth > page.clientWidth + 1) wrong.push(`the page is ${page.scrollWidth - page.clientWidth} px too wide`);
  }
  for (const control of document.querySelectorAll(CONTROLS)) {
    if (!seen(control)) continue;
    if (covers && !sidebar.contains(control)) continue;
    control.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = control.getBoundingClientRect();
    const outer = frames(control).map((frame) => frame.getBoundingClientRect());
    const left = Math.max(0, ...outer.map((o) => o.left)), right = Math.min(wide, ...outer.map((o) => o.right));
    const scrolls = frames(control).some((f) => ["auto", "scroll"].includes(getComputedStyle(f).overflowX) && f.scrollWidth > f.clientWidth);
    if (!scrolls && (box.left < left - 1 || box.right > right + 1)) {
      wrong.push(`${name(control)} is cut off: ${Math.round(box.left)} to ${Math.round(box.right)} in ${Math.round(left)} to ${Math.round(right)}`);
      continue;
    }
    // A link in a text may go on in the next line.
    const line = control.getClientRects()[0];
    const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    const label = control.labels?.[0];
    if (top === null || !(control.contains(top) || label?.contains(top))) {
      wrong.push(`${name(control)} lies under ${top ? name(top) : "nothing"}`);
    }
  }
  return wrong;
}
