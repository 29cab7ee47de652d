// A class's room is named by its teacher's secret, which the server does (names.py); its code, to be typed, is the beginning
// of that name.

const CODE = 8; // letters and digits that are typed

export function newSecret() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const codeOf = (room) => room.slice(0, CODE);

const READ_AS = { 0: "O", 1: "I" }; // what looks like them: no code has these digits

export const asCode = (text) => text.toUpperCase().replace(/[01]/g, (digit) => READ_AS[digit]);

// What is typed, and what a link to a class carries. A link from before there were whole names carries a code.
export const isCode = (text) => /^[A-Z2-7]{8}$/.test(text);
export const isRoom = (text) => /^[A-Z2-7]{52}$/.test(text);
