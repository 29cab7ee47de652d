// Everybody's own run: one experiment, in which each student has another seed, learning rate or initial weights, by the
// place in the room. The teacher sees what became of all of them; the numbers come from the core, by the values.

import { button } from "./button.js";
import { DIFFERS, RunsChart } from "./runs_chart.js";
import { element } from "../stage/element.js";
import { offer } from "./options.js";
import { linkTo } from "./place.js";
import { significant } from "./six_digits.js";

const RATES = { from: -3, to: 0.5 }; // powers of ten of the smallest learning rate and of the largest one
const MOST_RUNS = 500;

// Between 0 and 1, so that those of however many first numbers are spread evenly: the binary digits behind the point.
function spread(number) {
  let [value, share] = [0, 0.5];
  for (let left = number; left > 0; left = Math.floor(left / 2), share /= 2) value += share * (left % 2);
  return value;
}

// The value of the place with this number, as an address writes it.
export function valueOf(kind, number) {
  return kind === "lr" ? String(Number((10 ** (RATES.from + (RATES.to - RATES.from) * spread(number))).toPrecision(2))) : String(number);
}

// The number of a place: how many the room had given when it was given.
export const numberOf = (place) => Number(place.split(".")[1] ?? 0);

// Where somebody is led who has this value.
export function given({ page, address }, kind, value) {
  const params = new URLSearchParams(address);
  if (kind === "initial") params.set("initial", "none"); // the seed draws them then
  params.set(kind === "lr" ? "lr" : "seed", value);
  return { page, address: params.toString() };
}

// What became of the runs, in words.
export function became(numbers, results) {
  const known = numbers.flatMap((number) => results.get(number) ?? []);
  const lost = known.filter(({ loss }) => loss === "nan").length;
  const right = known.filter((each) => each.right).length;
  const rest = known.length - lost - right;
  return `${known.length} of ${numbers.length} trained. Every ŷ right: ${right} · something wrong: ${rest} · not a number: ${lost}.`;
}

export class OwnRuns {
  page; store; kind; base; numbers; asked;

  constructor(page, store) {
    Object.assign(this, { page, store, asked: "" });
    const { kind = "", base = null, numbers = [] } = store.read("runs") ?? {};
    Object.assign(this, { kind, base, numbers });
    this.text = element("p", { className: "class-question" });
    this.chart = new RunsChart(page, (number) => this.open(number));
    this.pick = element("select", { ariaLabel: "Open a run for everybody", onchange: () => this.open(Number(this.pick.value)) });
    this.box = element("div", { className: "class-runs", hidden: true, role: "group", ariaLabel: "Everybody’s own run" },
      element("div", { className: "class-row" }, this.text, this.pick, button("Put away", () => this.clear())), this.chart.div);
  }

  // Give everybody a run of what is open here, each with a value of one's own.
  give(kind) {
    const { classroom } = this.page;
    const place = this.page.place();
    if (!place) return;
    Object.assign(this, { kind, base: place, numbers: [] });
    classroom.order({ gives: kind });
    this.count(classroom.places);
  }

  // Everybody is where the teacher is again; what became of the runs stays.
  takeBack() { this.page.classroom.order({ gives: "" }); }

  clear() {
    Object.assign(this, { kind: "", base: null, numbers: [] });
    this.takeBack();
    this.keep();
  }

  // Who comes late has a run, too; that of whoever leaves stays, and comes back under the same number.
  count(places) {
    if (!this.page.classroom.gives || !this.kind) return;
    this.numbers = [...new Set([...this.numbers, ...places])].slice(0, MOST_RUNS).sort((a, b) => a - b);
    this.keep();
  }

  keep() {
    const { kind, base, numbers } = this;
    this.store.write("runs", kind ? { kind, base, numbers } : null);
    this.ask();
    this.page.draw();
  }

  // At every rerun, for Python trains for a while at each.
  ask() {
    if (!this.kind) return;
    const values = [...new Set(this.numbers.map((number) => valueOf(this.kind, number)))];
    const text = JSON.stringify({ kind: this.kind, address: this.base.address, values });
    const { runs } = this.page.data;
    if (text === this.asked && runs?.waits === 0) return;
    this.asked = text;
    this.page.train(text, "runs");
  }

  // What is known of each number. Python may still speak of the runs before.
  get results() {
    const { of: [kind, address] = [], results = {} } = this.page.data.runs ?? {};
    if (kind !== this.kind || address !== this.base.address) return new Map();
    const of = (number) => results[valueOf(this.kind, number)];
    return new Map(this.numbers.filter(of).map((number) => [number, { loss: of(number)[0], right: of(number)[1] }]));
  }

  // Show one of the runs to everybody.
  open(number) {
    if (!number) return;
    this.takeBack();
    this.page.open(linkTo(given(this.base, this.kind, valueOf(this.kind, number)), 0, this.page.along("")));
  }

  draw(teaches) {
    this.box.hidden = !teaches || !this.kind;
    if (this.box.hidden) { this.chart.clear(); return; }
    const { results, kind, numbers } = this;
    this.page.record.noteRuns(`${kind} ${this.base.address}`, [...results].map(([number, each]) => ({ kind: DIFFERS[kind], value: valueOf(kind, number), ...each })));
    this.text.textContent = `Everybody’s own ${DIFFERS[kind]}: ${became(numbers, results)}`;
    const choices = [...results].map(([number, { loss }]) => [String(number), `${valueOf(kind, number)}: loss ${loss === "nan" ? "not a number" : significant(loss)}`]);
    offer(this.pick, [["", "Open a run"], ...choices]);
    this.pick.value = "";
    this.chart.draw(kind, [...results].map(([number, result]) => ({ number, value: Number(valueOf(kind, number)), ...result })));
  }

  close() { this.chart.clear(); }
}
