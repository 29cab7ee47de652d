// The code of a class as people type it: in lower case, in groups, with a zero for an O, or as the whole link.

import { asCode } from "./code.js";

export function typedCode(text) {
  const linked = /[?&]class=([^&#\s]*)/i.exec(text)?.[1];
  return asCode(linked ?? text.replace(/[\s\-–—_.]/g, ""));
}
