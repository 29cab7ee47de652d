// Words of the field explain themselves, under a pointer and with the focus.

import { element } from "./element.js";

// Where the words stand in a text, each at its first place: a list of texts and of pairs of a word and what it means.
export function parted(text, words) {
  const found = Object.entries(words).flatMap(([word, about]) => {
    const at = text.toLowerCase().indexOf(word.toLowerCase());
    return at < 0 ? [] : [{ at, end: at + word.length, about }];
  });
  found.sort((a, b) => a.at - b.at || b.end - a.end);
  const parts = [];
  let done = 0;
  for (const { at, end, about } of found) {
    if (at < done) continue;
    const letters = /^\p{L}*/u.exec(text.slice(end))[0].length; // epochs, layers
    parts.push(text.slice(done, at), [text.slice(at, end + letters), about]);
    done = end + letters;
  }
  return [...parts, text.slice(done)].filter((part) => part.length);
}

let number = 0; // of the last one, for its id

// What stands in an element for a text. Each text is data, never markup.
export function explained(text, words) {
  return parted(text, words ?? {}).flatMap((part) => {
    if (typeof part === "string") return [part];
    const about = element("span", { className: "stage-about", id: `stage_about_${number++}`, role: "tooltip", textContent: part[1] });
    const word = element("span", { className: "stage-word", tabIndex: 0, textContent: part[0] });
    word.setAttribute("aria-describedby", about.id);
    return [word, about];
  });
}
