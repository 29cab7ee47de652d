// The way into a class: start one, or type the code of one. For a teacher: code, link and picture, for the room to see.

import { button } from "./button.js";
import { ConsoleCode } from "./console_code.js";
import { isCode, isRoom, typedCode } from "./code.js";
import { tie } from "./tied.js";
import { drawLink } from "./qr.js";
import { element } from "../stage/element.js";

export class Panel {
  constructor(page) {
    this.page = page;
    const { classroom } = page;
    this.opener = button("Class", () => this.open(this.box.hidden), { className: "class-open", ariaExpanded: "false" });
    this.title = element("p");
    this.start = button("Start a class", () => classroom.start(), { className: "class-main" });
    this.field = element("input", { type: "text", autocapitalize: "characters", spellcheck: false, autocomplete: "off" });
    const join = element("form", { className: "class-join", onsubmit: (event) => this.join(event) },
      element("label", {}, "Code of a class ", this.field), element("button", { type: "submit", textContent: "Join" }));
    this.wrong = element("p", { id: "class-code-wrong", role: "alert", hidden: true, textContent: "A code has 8 letters or digits from 2 to 7." });
    const own = button("Your questions", () => { this.open(false); page.own.open(); });
    this.save = button("The last class as CSV", () => page.save());
    this.outside = element("div", { className: "class-part" }, this.start, own, join, this.wrong, this.save);
    this.code = element("p", { className: "class-code" });
    this.link = element("a", { className: "class-link", target: "_blank" });
    this.picture = element("canvas", { className: "class-picture", role: "img", ariaLabel: "QR code of the link to the class", hidden: true });
    this.note = element("p", { textContent: "Other devices need this computer’s name or IP address in the link." });
    const full = button("Show to the room", () => this.sheet.showModal());
    const say = (type, fields) => classroom.connection?.say(type, fields);
    this.lock = button("", () => say("lock", { locked: !classroom.locked }));
    this.remove = button("Remove who joined last", () => say("remove", { count: 1 }));
    const console = button("Open the console", () => window.open(page.console, "_blank", "noopener"));
    const copy = button("Copy the console’s link", () => navigator.clipboard?.writeText(page.console));
    console.title = "A second window for you: the lesson with its answers. The projector does what you say there.";
    copy.title = "Whoever has it teaches the class.";
    this.consoleCode = new ConsoleCode(page);
    this.scan = button("Show the console’s code", () => this.consoleCode.open());
    this.scan.title = "For your phone. Nobody else may see it: not for the projector.";
    this.inside = element("div", { className: "class-part" }, this.code, this.link, this.note, full, console, copy, this.scan, this.lock, this.remove, this.picture);
    this.leave = button("Leave the class", () => { this.open(false); page.leave(); });
    this.box = element("div", { className: "class-panel", hidden: true, role: "group", ariaLabel: "Class" }, this.title, this.outside, this.inside, this.leave);
    this.large = { code: this.code.cloneNode(), link: element("p"), picture: this.picture.cloneNode() };
    const shut = button("Close", () => this.sheet.close());
    this.sheet = element("dialog", { className: "class-sheet", ariaLabel: "The way into the class" }, this.large.picture, element("div", {}, this.large.code, this.large.link, shut));
    this.sheet.addEventListener("keydown", (event) => event.stopPropagation());
    this.sheets = [this.sheet, this.consoleCode.sheet];
    /** @param {any} event */
    this.away = ({ target, type, key }) => {
      if (type === "pointerdown" && ![this.box, this.opener, ...this.sheets].some((part) => part.contains(target))) this.open(false);
      if (key !== "Escape" || this.sheets.some((sheet) => sheet.open)) return;
      this.open(false);
      this.opener.focus();
    };
  }

  open(on) {
    if (on === !this.box.hidden) return;
    this.box.hidden = !on;
    this.opener.ariaExpanded = String(on);
    const listen = on ? "addEventListener" : "removeEventListener";
    for (const type of ["pointerdown", "keydown"]) window[listen](type, this.away, { capture: true });
    if (on) this.show();
  }

  show() {
    if (!this.page.classroom.room || this.page.classroom.role !== "teacher") return;
    for (const { picture } of [this, this.large]) drawLink(picture, this.page.linkToClass(), this.page.data.qr);
  }

  join(event) {
    event.preventDefault();
    const code = typedCode(this.field.value);
    const wrong = !isCode(code) && !isRoom(code);
    this.wrong.hidden = !wrong;
    tie(this.field, this.wrong, wrong);
    if (wrong) return;
    this.open(false);
    this.page.classroom.join(code);
    this.page.open(this.page.ownPlace(code));
  }

  draw(classroom) {
    const { role, code, locked, present } = classroom;
    this.consoleCode.draw(classroom);
    const teaches = role === "teacher";
    this.title.textContent = { teacher: "Your class", student: `You are in the class ${code}.`, none: "Everybody sees what you see, while it moves." }[role];
    this.outside.hidden = role !== "none";
    this.save.hidden = this.page.record.isEmpty;
    this.inside.hidden = !teaches || code === ""; // the server names a new class
    this.scan.hidden = this.page.presents;
    this.lock.textContent = locked ? "Let others in again" : "Lock the class";
    this.remove.hidden = !locked || present === 0; // who is not kept out would come in again
    this.leave.hidden = role !== "student";
    if (!teaches) { if (this.sheet.open) this.sheet.close(); return; }
    if (!this.box.hidden) this.show();
    const link = this.page.linkToClass();
    this.link.textContent = link;
    this.large.link.textContent = this.page.linkToClass(code); // to be typed
    for (const { code: name } of [this, this.large]) name.textContent = code;
    this.link.href = link;
    this.note.hidden = !["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  }
}
