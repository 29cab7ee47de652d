// The code of a class as people type it: in lower case, in groups, with a zero for an O, or as the whole link.

const READ_AS = { 0: "O", 1: "I" }; // no code has these digits

export function typedCode(text) {
  const linked = /[?&]class=([^&#\s]*)/i.exec(text)?.[1];
  return (linked ?? text.replace(/[\s\-–—_.]/g, "")).toUpperCase().replace(/[01]/g, (digit) => READ_AS[digit]);
}
