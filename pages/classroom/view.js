// The elements of a class: a button, its panel, a bar for those who are in a class, and a sheet to show to the room.

import { AnswerRow } from "./answer_row.js";
import { button } from "./button.js";
import { Panel } from "./panel.js";
import { element } from "../stage/element.js";

const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

function show(made, shown, text) {
  made.hidden = !shown;
  if (text !== undefined && made.textContent !== text) made.textContent = text;
}

export class View {
  constructor(root, page) {
    const { classroom } = page;
    Object.assign(this, { root, page });
    this.panel = new Panel(page);
    this.where = element("span", { className: "class-where" });
    this.trouble = element("p", { className: "class-trouble" });
    this.unseen = element("p", { className: "class-unseen" });
    this.unseen.setAttribute("role", "status");
    // What comes and goes stands first and what is renamed has one width, so that none moves under a second press.
    this.buttons = {
      ask: button("Ask", () => classroom.questions.open({ ...page.data.question, loss: page.data.loss })),
      pause: button("", () => classroom.order({ paused: !classroom.paused }), { className: "class-pauses" }),
      free: button("", () => classroom.order({ free: !classroom.free }), { className: "class-frees" }),
      lead: button("Take over", () => classroom.connection.say("lead")),
      end: button("End", () => classroom.end()),
      alone: button("Look around on my own", () => classroom.lookAround()),
      back: button("Back to the class", () => classroom.back()),
      leave: button("Leave the class", () => page.leave()),
    };
    this.answers = new AnswerRow(page);
    const row = element("div", { className: "class-row" }, this.where, ...Object.values(this.buttons));
    this.bar = element("section", { className: "class-bar", ariaLabel: "The class" }, this.trouble, this.unseen, this.answers.box, row);
    this.spoken = element("div", { className: "class-spoken" });
    this.spoken.setAttribute("aria-live", "polite");
    root.replaceChildren(this.panel.opener, this.panel.box, this.panel.sheet, this.bar, this.spoken);
    // In the next animation frame: a size may not be changed while it is being observed.
    this.sizes = new ResizeObserver(() => requestAnimationFrame(() => {
      if (this.closed) return;
      this.makeRoom();
      this.answers.draw(classroom);
    }));
    this.main = root.closest("section, main") ?? document.body;
    for (const box of [this.bar, this.main]) this.sizes.observe(box);
  }

  draw(classroom) {
    const { role, code, present, following, paused, questions } = classroom;
    const student = role === "student";
    Object.assign(this.root.dataset, {
      role, code, present, following, answers: questions.answers,
      paused, question: questions.asked?.question ?? "",
    });
    this.bar.hidden = role === "none";
    this.drawTeacher(classroom, role === "teacher");
    this.drawStudent(classroom, student);
    show(this.trouble, classroom.trouble !== "" || classroom.away, classroom.trouble || "The connection is lost. It is being made again.");
    this.answers.draw(classroom);
    this.panel.draw(classroom);
    // While the class is paused, a question can still be answered: then its row is in the dialog.
    const place = student && paused ? this.page.pause.dialog : this.bar;
    if (this.answers.box.parentElement !== place) place.insertBefore(this.answers.box, place.lastElementChild);
    show(this.spoken, true, classroom.spoken);
  }

  drawTeacher({ code, present, alone, silent, leads, paused, free, questions }, teaches) {
    const { pause, free: letGo, ask, lead, end } = this.buttons;
    const others = [[alone, "on their own"], [silent, "silent"]].filter(([count]) => count > 0).map(([count, words]) => `, ${count} ${words}`);
    const led = leads ? "" : " · led from another window";
    if (teaches) this.where.textContent = `Class ${code} · ${counted(present, "student", "students")}${others.join("")}${led}`;
    show(lead, teaches && !leads);
    show(pause, teaches && leads, paused ? "Go on" : "Pause the class");
    show(letGo, teaches && leads, free ? "Call back" : "Let go");
    const { question, unseen } = this.page.data;
    show(this.unseen, teaches && unseen !== "", unseen);
    show(ask, teaches && !questions.asked && question !== null);
    show(end, teaches);
  }

  drawStudent({ following, connection, away, trouble, state }, learns) {
    const { alone, back, leave } = this.buttons;
    const isThere = learns && (connection.isIn || (away && state !== null));
    if (learns) this.where.textContent = following ? "Following the class" : "On your own";
    show(this.where, !learns || isThere);
    show(alone, isThere && following);
    show(back, isThere && !following && state !== null);
    show(leave, learns && !isThere && trouble !== "");
  }

  // The page ends above the bar, and the bar begins to the right of Streamlit's sidebar.
  makeRoom() {
    this.bar.style.left = `${this.main.getBoundingClientRect().left}px`;
    document.documentElement.style.setProperty("--class-bar", `${this.bar.offsetHeight}px`);
  }

  close() {
    this.closed = true;
    this.sizes.disconnect();
    this.panel.close();
    this.answers.close();
    document.documentElement.style.setProperty("--class-bar", "0px");
  }
}
