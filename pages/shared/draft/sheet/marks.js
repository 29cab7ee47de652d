// What is wrong in the table, as Python found it: marked in its cells, described for each of them, and announced once.

import { element } from "../../../stage/element.js";
import { placeOf } from "./cells.js";

// What to say when these problems are found: [row or null, column or null, text]. The first, and how many more.
export function spoken(problems, { headings }) {
  const [first, ...others] = problems.map(([row, column, text]) =>
    (row === null || column === null ? text : `${headings[column]}, row ${row + 1}: ${text}`));
  return [first ?? "", ...(others.length ? [`And ${others.length} more.`] : [])].join(" ");
}

export class Marks {
  constructor(grid, hear) {
    this.grid = grid;
    this.hear = hear;
    this.texts = new Map();
    this.element = element("div", { hidden: true });
  }

  // `problems` is null if the table has changed since Python looked at it.
  set(problems, table) {
    this.texts = new Map((problems ?? []).filter(([, column]) => column !== null)
      .map(([row, column, text]) => [`${row ?? -1},${column}`, text]));
    this.show();
    const said = problems && spoken(problems, table);
    if (said && said !== this.said) this.hear(said);
    this.said = said ?? this.said;
  }

  forget() { this.texts.clear(); }

  // On the cells that are drawn, and on the field that is open in one.
  show() {
    const told = new Map();
    for (const part of this.grid.querySelectorAll("[data-column], [data-column] > input")) {
      const place = placeOf(part.closest("[data-column]"));
      const id = `problem-${place.join("-")}`;
      const text = this.texts.get(String(place));
      part.toggleAttribute("aria-invalid", text !== undefined);
      part.toggleAttribute("aria-describedby", Boolean(text));
      if (part.tagName === "TD") part.title = text ?? "";
      if (text === undefined) continue;
      part.setAttribute("aria-invalid", "true");
      if (text) part.setAttribute("aria-describedby", id);
      if (text) told.set(id, element("span", { id, textContent: text }));
    }
    this.element.replaceChildren(...told.values());
  }
}
