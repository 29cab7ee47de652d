// The console's link as a QR code, for the teacher's phone. Whoever scans it teaches the class: it is drawn when it is asked
// for, and wiped once it was used, when the page is presented, and when it is closed.

import { button } from "./button.js";
import { drawLink } from "./qr.js";
import { element } from "../stage/element.js";

export class ConsoleCode {
  windows = 0; // of the teacher's, when it was opened

  constructor(page) {
    this.page = page;
    this.picture = element("canvas", { className: "class-picture", role: "img", ariaLabel: "QR code of the console’s link", hidden: true });
    const words = element("p", { textContent: "Scan this with your phone. Whoever scans it teaches the class, so let nobody else see it." });
    this.sheet = element("dialog", { className: "class-sheet", ariaLabel: "The way to the console" },
      this.picture, element("div", {}, words, button("Close", () => this.sheet.close())));
    this.sheet.addEventListener("keydown", (event) => event.stopPropagation());
    this.sheet.addEventListener("close", () => drawLink(this.picture, "", page.data.qr));
  }

  open() {
    this.windows = this.page.classroom.windows;
    this.sheet.showModal();
    drawLink(this.picture, this.page.console, this.page.data.qr);
  }

  draw({ role, windows }) {
    if (this.sheet.open && (role !== "teacher" || windows > this.windows || this.page.presents)) this.sheet.close();
    this.windows = Math.min(this.windows, windows); // one that has gone may come back by this code
  }
}
