// The question of a class: asked, answered, revealed. One at a time.

const DIGITS = { least: 3, most: 6 }; // significant ones of an answer that count
const ROUNDED = 1e-9; // 0.3 is within 0.1 of 0.2, though binary fractions say otherwise
const FORGET_MS = 1500; // after a welcome, for what the server knows of a question

const DECIMAL = "[+-]?(?:\\d+(?:[.,]\\d*)?|[.,]\\d+)(?:e[+-]?\\d+)?";
const NUMBER = new RegExp(`^(${DECIMAL})(?:\\s*/\\s*(${DECIMAL}))?$`, "i");
const THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}(?!\d)/; // or a decimal comma

// A number as somebody types it, by the rules of the app's own fields: its value, or what is wrong with it.
export function readAnswer(text) {
  const parts = NUMBER.exec(text.trim().replaceAll("−", "-"))?.slice(1).filter(Boolean) ?? [];
  const unclear = parts.find((part) => THOUSANDS.test(part));
  if (unclear) return { wrong: `${unclear} has two readings. Write ${unclear.replace(",", ".")} or ${unclear.replace(",", "")}.` };
  const [value, by = 1] = parts.map((part) => Number(part.replace(",", ".")));
  return Number.isFinite(value / by) ? { value: value / by } : { wrong: "That is no number." };
}

// How many significant digits a number has.
const digitsOf = (value) => value.toExponential().replace(/e.*|\D/g, "").length;

// Whether an answer is the right one: as close as a teacher says or, `within` 0, rounded to the digits that it gives, at
// least `least`, at most six significant ones.
export function isRight(answer, right, within = 0, least = DIGITS.least) {
  if (typeof answer !== "number" || typeof right !== "number" || answer === right) return answer === right;
  if (within > 0) return Math.abs(answer - right) <= within * (1 + ROUNDED);
  const digits = Math.min(DIGITS.most, Math.max(least, digitsOf(answer)));
  return answer.toPrecision(digits) === right.toPrecision(digits);
}

// How many fell for which mistake, the most frequent first: of the numbers that known mistakes give, with how each is said.
export function fallen(slips, answers, right, within = 0) {
  const wrong = answers.filter((answer) => !isRight(answer, right, within));
  const counts = slips.map(([value, said]) => [wrong.filter((answer) => isRight(answer, value)).length, said]);
  return counts.filter(([count]) => count > 0).sort((a, b) => b[0] - a[0]);
}

// Whether an answer is wrong only because it gives too few digits.
export const isTooShort = (answer, right, within = 0) => !within && !isRight(answer, right) && isRight(answer, right, 0, 1);

// Whether rounded answers are right as well: the right one has more digits than it takes.
export const isLong = (right) => typeof right === "number" && digitsOf(right) > DIGITS.least;

// In place of a tolerance of 0, which stands for the digits of the answer.
export const EXACT = Number.MIN_VALUE;

// In place of the right answer, if there is none: the class is asked what it thinks.
export const NONE = "—";

// How the loss has changed, in the words of the question's choices; empty if there was none before.
export function outcome(before, after) {
  if (after === "nan") return "not a number";
  if (typeof before !== "number" || typeof after !== "number") return "";
  return after < before ? "lower" : after > before ? "higher" : "the same";
}

export class Questions {
  asked; answers; revealed; answer; first; offer; wanted; doubtful;

  constructor(classroom) {
    this.classroom = classroom;
    this.clear();
  }

  clear() {
    Object.assign(this, { asked: null, answers: 0, revealed: null, answer: null, first: null, number: 0, offer: null, wanted: null, began: null, sent: 0 });
  }

  // --- what is kept over a reload ---
  get kept() { return { number: this.number, asked: this.asked, offer: this.offer }; }

  restore({ number = 0, asked = null, offer = null }) { Object.assign(this, { number, asked, offer }); }

  recall(answer, first) { Object.assign(this, { answer: answer ?? null, first: first ?? null }); }

  // Whether the server has confirmed that it counts the answer. A restarted server has to confirm it again.
  get isNoted() { return this.answer !== null && this.answer.noted !== null && this.answer.noted === this.began; }

  // --- what the server says ---
  welcome(began) {
    this.began = began;
    const { role, connection } = this.classroom;
    const { asked } = this;
    if (!asked) return;
    // A restarted server does not know the question; any other one ignores it.
    if (role === "teacher") { connection?.say("ask", asked); return; }
    this.doubtful = true;
    setTimeout(() => { if (this.doubtful) this.forget(); }, FORGET_MS);
  }

  forget() {
    Object.assign(this, { asked: null, answers: 0, revealed: null, offer: null, wanted: null, doubtful: false });
    this.classroom.keep();
    this.classroom.changed();
  }

  /** @param {any} message */
  hear({ type, ...said }) {
    if (type === "asked") this.ask(said);
    if (type === "counted" && said.question === this.asked?.question) this.answers = said.answers;
    if (type === "noted") this.note(said);
    if (type === "revealed") Object.assign(this, { revealed: said, answers: said.answers.length, wanted: null });
    if (type === "revealed") this.reveals(said);
    if (type === "concealed") Object.assign(this, { revealed: null });
    if (type === "concealed") this.classroom.spoken = "The answers are hidden again.";
    if (type === "withdrawn") this.forget();
  }

  reveals(said) {
    this.classroom.spoken = "The answers are revealed.";
    if (this.classroom.role === "teacher" && this.asked?.question === said.question) this.classroom.page.record.note(this.asked, said);
  }

  ask(asked) {
    const { role } = this.classroom;
    this.doubtful = false;
    // If another window has asked, only that one knows the right answer, so this one's offer is dropped.
    const { question, text, round } = this.asked ?? {};
    const isOther = asked.question !== question || asked.text !== text;
    if (isOther || asked.round !== round) Object.assign(this, { answers: 0, revealed: null });
    if (isOther) this.offer = null;
    this.asked = asked;
    this.number = Math.max(this.number, asked.question);
    if (role === "teacher") return;
    this.classroom.spoken = `${asked.round > 1 ? "Asked again" : "Question"}: ${asked.text}`;
    this.resume(asked);
  }

  // Keep what was answered to this question, and send again what the server has lost, or never had.
  resume(asked) {
    if (this.answer?.question !== asked.question) Object.assign(this, { answer: null, first: null });
    else if (this.answer.round < asked.round) Object.assign(this, { answer: null, first: this.answer });
    for (const each of [this.first, this.answer]) if (each && each.noted !== this.began) this.say(each);
  }

  // --- the student ---
  send(value) {
    const { question, round } = this.asked;
    const answer = { question, round, value, noted: null };
    // Without a connection the answer is sent when there is one again.
    if (this.say(answer)) this.answer = answer;
    this.classroom.keep();
  }

  say({ question, round, value }) {
    this.sent = this.classroom.now();
    return this.classroom.connection.say("answer", { question, round, value });
  }

  note({ question, round, value }) {
    const answer = [this.answer, this.first].find((each) => each?.question === question && each.round === round);
    if (answer?.value !== value) return; // the answer was changed since
    answer.noted = this.began;
    this.classroom.keep();
  }

  // True, once, if the server has not confirmed the answer for so long: then the socket may be dead without an event.
  unheard(wait) {
    const waits = this.answer && !this.isNoted && this.asked && !this.revealed && this.classroom.now() - this.sent > wait;
    if (waits) this.sent = this.classroom.now();
    return Boolean(waits);
  }

  // --- the teacher ---
  // Ask what the page offers. A question about a run, which has no right answer yet, waits until the run that it starts
  // from has a loss.
  put(offer) {
    if ("right" in offer) this.open(offer);
    else this.want((run) => this.open({ ...offer, loss: run.loss, run: run.name }), this.run.name);
  }

  // That of the experiment here: its name, the loss that it ends with, as far as it is known, and how far it is trained.
  get run() { return this.classroom.page.data.run; }

  // Do something with the loss that the present run ends with, or that of the name given, once it is trained to its end.
  want(act, name = "") {
    this.wanted = { act, name };
    this.proceed();
    this.classroom.changed();
  }

  // At every rerun: Python trains for a while at each.
  proceed() {
    const { wanted, run } = this;
    if (!wanted) return;
    const isOther = wanted.name !== "" && wanted.name !== run.name;
    if (run.loss === null && run.trained < 1 && !isOther) { this.classroom.page.train(run.name); return; }
    this.wanted = null;
    if (run.loss !== null && !isOther) wanted.act(run);
  }

  // Why a question about a run cannot be asked or revealed yet, empty if it can.
  lack(question) {
    const { asked, offer, wanted, run } = this;
    if (wanted) return `The run is trained to its end for this: ${Math.floor(100 * run.trained)} %.`;
    if ("right" in question) return "";
    if (asked && offer?.run === run.name) return "Change something first: the question is about the next run.";
    return run.loss === null && run.trained === 1 ? "A run of no epochs has no loss." : "";
  }

  open(offer) {
    const { kind, text, choices = [] } = offer;
    const asked = { question: this.number + 1, kind, text, choices, round: 1 };
    if (!this.classroom.connection.say("ask", asked)) return;
    Object.assign(this, { asked, offer, number: asked.question, answers: 0, revealed: null });
    this.classroom.keep();
    this.classroom.changed();
  }

  // Whether this window has asked the open question, and so knows the right answer.
  get mayReveal() { return this.asked !== null && this.revealed === null && this.commands; }

  // The console has the projector do it, which knows the right answer.
  get commands() { return this.offer !== null || this.classroom.console; }

  reveal() {
    if (!this.offer) { this.classroom.page.command("reveal"); return; }
    if ("right" in this.offer) this.tell(this.offer.right);
    else this.want(({ loss }) => this.tell(outcome(this.offer.loss, loss)));
  }

  tell(right) {
    const { within = 0 } = this.offer;
    const told = this.classroom.connection.say("reveal", { question: this.asked.question, right, within });
    if (told && this.offer.at) this.classroom.page.revealed(this.offer.at);
  }

  // Once the neighbours have talked. Both rounds are revealed together.
  get mayAskAgain() { return this.mayReveal && this.asked.round === 1 && this.answers > 0; }

  again() {
    if (!this.offer) { this.classroom.page.command("again"); return; }
    const asked = { ...this.asked, round: 2 };
    if (!this.classroom.connection.say("ask", asked)) return;
    Object.assign(this, { asked, answers: 0 });
    this.classroom.keep();
    this.classroom.changed();
  }

  // Whoever has revealed the answers too early takes that back.
  get mayConceal() { return this.revealed !== null && this.commands; }

  conceal() { if (!this.offer) this.classroom.page.command("conceal"); else this.classroom.connection.say("conceal", { question: this.asked.question }); }

  withdraw() {
    this.classroom.connection.say("withdraw", { question: this.asked.question });
    this.forget();
  }
}
