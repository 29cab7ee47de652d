// What covers a student's page while the class is paused. It is outside of Streamlit's page, so it stays when pages change.

import { element } from "../stage/element.js";

const WORDS = "Eyes on the teacher";
const THEME = ["text-color", "background-color", "secondary-background-color", "border-color", "primary-color", "button-radius", "font"];

export class Pause {
  // `closed` is called when a browser has closed it by itself.
  constructor(closed) {
    this.dialog = element("dialog", { className: "class-pause", ariaLabel: WORDS }, element("p", { textContent: WORDS }));
    // Screen readers hear nothing beneath a modal dialog, so it has a live region of its own.
    this.spoken = element("div", { className: "class-spoken", ariaLive: "polite" });
    this.dialog.prepend(this.spoken);
    // Only the teacher can end it, and no key reaches the page beneath. "cancel" and "close" are for browsers without closedBy.
    this.dialog.closedBy = "none";
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.dialog.addEventListener("close", closed);
    this.dialog.addEventListener("keydown", (event) => event.stopPropagation());
    this.layer = element("div", { className: "class" }, this.dialog);
    document.body.append(this.layer);
  }

  // Copy the colours of the page.
  dress(root) {
    const worn = getComputedStyle(root);
    for (const name of THEME) this.layer.style.setProperty(`--st-${name}`, worn.getPropertyValue(`--st-${name}`));
  }

  // As a modal dialog it makes everything else inert.
  cover(covered, spoken) {
    if (covered && this.dialog.open && this.spoken.textContent !== spoken) this.spoken.textContent = spoken;
    if (covered && !this.dialog.open) this.dialog.showModal();
    if (!covered && this.dialog.open) this.dialog.close();
  }
}
