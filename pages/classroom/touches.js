// Whether a viewer changes something: then the viewer no longer follows the class. Looking, scrolling and sharing do not
// count.

const CONTROLS = "a[href], button, input, select, textarea, [role=button], [role=option], [role=radio], [role=switch], [role=tab]";
// Left out: the player reports by itself what was done to it; the others change nothing that is shown, or change the
// address.
const NOT_OWN = ".class, .stage, .st-key-share_corner, [data-testid=stPopoverBody], [data-testid=stExpandSidebarButton], "
  + "[data-testid=stSidebarCollapseButton], [data-testid=stMainMenu], [data-testid=stMainMenuPopover], [data-testid=stFullScreenFrame] button";

export class Touches {
  // `touch` is called when the viewer has changed something.
  constructor(touch) {
    this.touch = touch;
    this.last = -Infinity; // when anything was pressed outside of the class
    const heed = (type, act) => window.addEventListener(type, (event) => { if (event.isTrusted) act(event); }, { capture: true, passive: true });
    for (const type of ["pointerdown", "keydown"]) heed(type, (event) => this.press(event));
    for (const type of ["input", "change", "click"]) heed(type, (event) => this.judge(event));
    heed("popstate", () => touch());
  }

  press({ target }) {
    if (!target.closest?.(".class")) this.last = performance.now();
  }

  judge({ target }) {
    if (target.closest?.(CONTROLS) && !target.closest(NOT_OWN)) this.touch();
  }
}
