// A figure's colours on a dark page.

// These attributes may hold what a user typed, so no colour in them is exchanged; in a `text`, only those of its styles
// are.
const TYPED = new Set(["hovertext", "ticktext", "name", "label"]);

export function recolour(node, twins, key = "") {
  const twin = (colour) => (Object.hasOwn(twins, colour) ? twins[colour] : colour);
  if (TYPED.has(key)) return node;
  if (typeof node === "string") {
    const styled = node.replace(/(?<=color:)#[0-9a-f]{6}/g, twin);
    return key === "text" ? styled : twin(styled);
  }
  if (Array.isArray(node)) return key === "text" ? node : node.map((child) => recolour(child, twins));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, recolour(child, twins, name)]));
}

// Whether a page of this background (#rrggbb; white if it is written otherwise) is a dark one.
export function isDark(background) {
  const channels = background.trim().match(/^#(..)(..)(..)/) ?? ["", "ff", "ff", "ff"];
  const [r, g, b] = channels.slice(1).map((hex) => parseInt(hex, 16) / 255);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.5;
}
