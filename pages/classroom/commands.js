// What a teacher says in the console, a second window or a phone, the window on the projector does.

import { linkTo } from "./place.js";

// What an order says that goes nowhere.
export const NOWHERE = { page: "", address: "", question: "" };

// What has the projector go on to a line of the lesson.
export function lineCommand({ page, address, question }) {
  return { page, address, question: question ? JSON.stringify(question) : "" };
}

function readQuestion(text) {
  try { return JSON.parse(text); } catch { return null; }
}

// Do it, as far as it can be done now.
export function obey(page, { order, page: name, address, question }) {
  const { classroom, classroom: { questions, paused, free } } = page;
  const acts = {
    line: () => { page.lesson.goTo({ page: name, address, question: readQuestion(question) }); page.open(linkTo({ page: name, address }, 0, page.along(""))); },
    ask: () => page.question && !questions.asked && page.ask(),
    reveal: () => questions.mayReveal && !questions.lack(questions.offer) && questions.reveal(),
    again: () => questions.mayAskAgain && questions.again(),
    conceal: () => questions.mayConceal && questions.conceal(),
    pause: () => classroom.order({ paused: !paused }),
    free: () => classroom.order({ free: !free }),
    show: () => page.presses.press("show", ""),
  };
  acts[order]?.();
}

// The link that opens the console. What stands behind the # is sent to no server and names nobody.
export const consoleLink = (secret, base) => `${new URL("./teach", base).href}#console=${secret}`;

// The secret in a link to the console.
export const secretIn = (hash) => /^#console=([0-9a-f]{32})$/.exec(hash)?.[1] ?? "";
