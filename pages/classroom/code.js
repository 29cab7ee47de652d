// A class's room is named by its teacher's secret, which the server does (names.py); its code, to be typed, is the beginning
// of that name.

const CODE = 8; // letters and digits that are typed

export function newSecret() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const codeOf = (room) => room.slice(0, CODE);

// A digit that looks like a letter is read as one: no code has these two.
export const asCode = (text) => text.toUpperCase().replaceAll("0", "O").replaceAll("1", "I");

// A code as people type it: in lower case, in groups, with a zero for an O, or as the whole link.
export function typedCode(text) {
  const linked = /[?&]class=([^&#\s]*)/i.exec(text)?.[1];
  return asCode(linked ?? text.replace(/[\s\-–—_.]/g, ""));
}

// What is typed, and what a link to a class carries. A link from before there were whole names carries a code.
export const isCode = (text) => /^[A-Z2-7]{8}$/.test(text);
export const isRoom = (text) => /^[A-Z2-7]{52}$/.test(text);
