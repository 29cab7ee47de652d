// The elements of a class: a button, its panel, a bar for those who are in a class, and a sheet to show to the room.

import { button } from "./button.js";
import { numberOf, valueOf } from "./own_runs.js";
import { offer } from "./options.js";
import { Panel } from "./panel.js";
import { DIFFERS } from "./runs_chart.js";
import { element } from "../stage/element.js";
import { reasonFor } from "./words.js";

const MARKS = ["data-in-class", "data-led", "data-asked"];

const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

function present({ code, present: students, alone, silent }) {
  const others = [[alone, "on their own"], [silent, "silent"]].filter(([count]) => count > 0).map(([count, words]) => `, ${count} ${words}`);
  return `Class ${code} · ${counted(students, "student", "students")}${others.join("")}`;
}

// What the bar says and which buttons it has.
const WHERE = {
  leads: present,
  watches: (classroom) => `${present(classroom)} · led from another window`,
  console: (classroom) => `Console · ${present(classroom)}`,
  sure: () => "End the class for everybody?",
  over: () => "The class has ended. For a minute you can take this back.",
  follows: ({ state, place }) => `Following the class${state?.own ? ` · your ${DIFFERS[state.own]}: ${valueOf(state.own, numberOf(place))}` : ""}`,
  alone: () => "On your own",
};
const BUTTONS = {
  leads: ["own", "gives", "same", "pause", "free", "end"], watches: ["lead"], console: ["next", "askThere", "show", "pauseThere", "freeThere"], sure: ["sure", "stay"], over: ["again", "save", "close"],
  follows: ["alone"], alone: ["back"], gone: ["leave"], none: [],
};

const leads = (classroom, sure) => (classroom.console && !classroom.leads ? "console" : sure ? "sure" : classroom.leads ? "leads" : "watches");

function stageOf(classroom, sure) {
  const { role, state, following, connection, away } = classroom;
  if (role === "none") return "none";
  if (role === "teacher") return classroom.isOver ? "over" : leads(classroom, sure);
  const isThere = !classroom.isOver && (connection.isIn || (away && state !== null));
  if (isThere) return following ? "follows" : "alone";
  return classroom.notice ? "gone" : "none";
}

function show(made, shown, text) {
  made.hidden = !shown;
  if (text !== undefined && made.textContent !== text) made.textContent = text;
}

export class View {
  root; page;

  constructor(root, page) {
    const { classroom } = page;
    Object.assign(this, { root, page });
    this.panel = new Panel(page);
    this.where = element("span", { className: "class-where" });
    this.trouble = element("p", { className: "class-trouble" });
    this.unseen = element("p", { className: "class-unseen", role: "status" });
    // What comes and goes stands first and what is renamed has one width, so that none moves under a second press. If one
    // line is too short for all, the last ones are the lower line.
    this.buttons = {
      ask: button("Ask", () => page.ask()),
      own: button("Your questions", () => page.own.open()),
      gives: button("Give everybody their own", () => page.runs.give(this.differs.value)),
      same: button("The same for everybody", () => page.runs.takeBack()),
      pause: button("", () => classroom.order({ paused: !classroom.paused }), { className: "class-pauses" }),
      free: button("", () => classroom.order({ free: !classroom.free }), { className: "class-frees" }),
      next: button("Next line", () => page.goToLine(page.lesson.at + 1), { className: "class-main" }),
      askThere: button("Ask", () => page.command("ask")),
      show: button("Show", () => page.command("show")),
      pauseThere: button("", () => page.command("pause"), { className: "class-pauses" }),
      freeThere: button("", () => page.command("free"), { className: "class-frees" }),
      lead: button("Take over", () => classroom.connection.say("lead")),
      end: button("End", () => this.ask(true)),
      sure: button("End the class", () => classroom.finish()),
      stay: button("Do not end it", () => this.ask(false)),
      again: button("Take it back", () => classroom.order({ over: 0 })),
      save: button("Answers and runs as CSV", () => page.save()),
      close: button("Close", () => classroom.end()),
      alone: button("Look around on my own", () => classroom.lookAround()),
      back: button("Back to the class", () => classroom.back()),
      leave: button("Leave the class", () => page.leave()),
    };
    this.clock = element("span", { className: "class-clock", hidden: true });
    this.lines = element("select", { ariaLabel: "Line of the lesson", onchange: () => page.goToLine(Number(this.lines.value)) });
    this.differs = element("select", { ariaLabel: "What differs" });
    this.answers = page.answers;
    const { ask, own, gives, same, ...rest } = this.buttons;
    const row = element("div", { className: "class-row" },
      element("div", { className: "class-row class-first" }, this.where, this.clock, this.lines, this.differs, ask, own, gives, same),
      element("div", { className: "class-row class-last" }, ...Object.values(rest)));
    this.bar = element("section", { className: "class-bar", ariaLabel: "The class" }, this.trouble, this.unseen, page.runs.box, row);
    this.spoken = element("div", { className: "class-spoken", ariaLive: "polite" });
    root.replaceChildren(this.panel.opener, this.panel.box, ...this.panel.sheets, this.bar, this.spoken);
    // In the next animation frame: a size may not be changed while it is being observed.
    this.sizes = new ResizeObserver(() => requestAnimationFrame(() => {
      if (this.closed) return;
      this.makeRoom();
      this.answers.draw(classroom);
      page.runs.draw(!page.runs.box.hidden);
    }));
    this.main = root.closest("section, main") ?? document.body;
    page.own.standIn(root);
    for (const box of [this.bar, this.main]) this.sizes.observe(box);
  }

  // For tests and assistive tools.
  tell({ role, code, present, paused, gives, state, questions: { answers, asked } }, following) {
    const { question = "", round = "" } = asked ?? {};
    const own = (role === "student" ? state?.own : gives) ?? "";
    Object.assign(this.root.dataset, { role, code, present, following, answers, paused, question, round, own });
    const led = role === "student" && following;
    this.mark({ "data-in-class": role !== "none", "data-led": led, "data-asked": led && question !== "" });
  }

  // For the style of what stands outside. `:root:has()` would be asked anew at each change of the page: 30 ms on a long one.
  mark(marks = {}) {
    for (const name of MARKS) document.documentElement.toggleAttribute(name, Boolean(marks[name]));
  }

  draw(classroom) {
    const { role, paused } = classroom;
    const student = role === "student";
    const following = classroom.following && !classroom.isOver;
    const stage = stageOf(classroom, this.sure);
    if (stage !== "sure") this.sure = false;
    this.tell(classroom, following);
    this.bar.hidden = role === "none";
    this.drawButtons(classroom, stage);
    show(this.trouble, classroom.notice !== "" || classroom.away, classroom.notice || reasonFor("away", role));
    this.answers.draw(classroom);
    this.page.runs.draw(stage === "leads");
    this.panel.draw(classroom);
    // While the class is paused, a question can still be answered: then its row is in the dialog.
    this.answers.standIn(student && paused ? this.page.pause.dialog : this.bar);
    show(this.spoken, true, classroom.spoken);
  }

  // Ask once before the class is ended. The focus goes along, since what was pressed goes.
  ask(sure) {
    this.sure = sure;
    this.page.draw();
    (sure ? this.buttons.stay : this.buttons.end).focus();
  }

  drawButtons(classroom, stage) {
    const { paused, free } = classroom;
    const where = WHERE[stage]?.(classroom) ?? "";
    show(this.where, where !== "", where);
    for (const [name, shown] of Object.entries(this.buttons)) shown.hidden = !BUTTONS[stage].includes(name);
    if (!classroom.state) this.buttons.back.hidden = true;
    this.buttons.save.hidden ||= this.page.record.isEmpty;
    const { pause, free: letGo, pauseThere, freeThere } = this.buttons;
    const there = classroom.heard ?? {};
    for (const [each, on] of [[pause, paused], [pauseThere, there.paused]]) show(each, !each.hidden, on ? "Go on" : "Pause the class");
    for (const [each, on] of [[letGo, free], [freeThere, there.free]]) show(each, !each.hidden, on ? "Call back" : "Let go");
    this.drawLines(stage === "console");
    this.drawAsk(stage === "leads", classroom.questions);
    this.drawGives(stage === "leads", classroom.gives);
  }

  drawAsk(leads, questions) {
    const { question, lesson, data: { unseen } } = this.page;
    const mayAsk = leads && question !== null && !questions.asked;
    const lack = mayAsk ? questions.lack(question) : "";
    show(this.buttons.ask, mayAsk && !lack);
    const ready = mayAsk && question === lesson.line?.question ? `Ready to ask: ${question.text}` : "";
    const said = unseen || lack || ready;
    show(this.unseen, leads && said !== "", said);
  }

  // The lesson, for the console; what the page beside it says of the lines only the console shows.
  drawLines(shown) {
    const { lesson } = this.page;
    this.clock.hidden = !shown;
    this.lines.hidden = !shown || lesson.lines.length === 0;
    this.buttons.next.hidden ||= lesson.at + 1 >= lesson.lines.length;
    offer(this.lines, [["-1", "Line of the lesson"], ...lesson.lines.map(({ title }, at) => [String(at), title])]);
    this.lines.value = String(lesson.at);
  }

  tick() {
    if (!this.clock.hidden) show(this.clock, true, new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  }

  // In the playground, where a run is.
  drawGives(leads, gives) {
    const { page, differs } = this.page.data;
    const offers = leads && page === "" && !gives;
    this.buttons.gives.hidden = this.differs.hidden = !offers;
    this.buttons.same.hidden = !leads || !gives;
    offer(this.differs, differs.map((value) => [value, DIFFERS[value]]));
  }

  // The page ends above the bar, and the bar begins to the right of Streamlit's sidebar.
  makeRoom() {
    this.bar.style.left = `${this.main.getBoundingClientRect().left}px`;
    document.documentElement.style.setProperty("--class-bar", `${this.bar.offsetHeight}px`);
  }

  close() {
    this.closed = true;
    this.sizes.disconnect();
    this.panel.open(false);
    this.answers.close();
    this.page.runs.close();
    document.documentElement.style.setProperty("--class-bar", "0px");
    this.mark();
  }
}
