// The charts of a page where nothing plays: a grid of them alone, without a run, a clock or a position.

import { element } from "./element.js";
import { Grid } from "./grid.js";
import { Supply } from "./plotly.js";
import { Report } from "./report.js";

const NONE = { have: 0 }; // frames

export class Still {
  constructor(root) {
    this.root = root;
    root.className = "still";
    root.dataset.testid = "charts";
    for (const name of ["tabindex", "aria-label", "data-ready"]) root.removeAttribute(name);
    const box = element("div", { className: "stage-charts" });
    root.replaceChildren(box);
    this.grid = new Grid(box, this);
    this.report = new Report(() => ({}));
    this.supply = new Supply(() => this.report.setTrigger("lost", true));
    this.resizing = new ResizeObserver(() => this.show());
    this.resizing.observe(box);
  }

  receive(data) {
    this.report.presses.heard(data.pressed);
    this.supply.load(data, () => this.grid.settle({ bindings: [], ...data }, NONE, 0));
  }

  // What a chart tells.
  show() { this.grid.resize(); }
  viewInAddress() {}
  pick(name, { x, y }) { this.report.presses.press("cell", `${name} ${x} ${y}`); }

  close() {
    this.supply.close();
    this.resizing.disconnect();
    this.grid.close();
  }
}
