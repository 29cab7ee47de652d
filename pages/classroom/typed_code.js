// The code of a class as people type it: in lower case, in groups, or as the whole link.

export function typedCode(text) {
  const linked = /[?&]class=([^&#\s]*)/i.exec(text)?.[1];
  return (linked ?? text.replace(/[\s\-–—_.]/g, "")).toUpperCase();
}
