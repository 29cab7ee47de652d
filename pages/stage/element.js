// Elements of the page.

// One with properties and children.
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// Give an element the focus where it stands. Without this the browser scrolls to it, and what a finger is on moves away.
export function focus(there) {
  there?.focus({ preventScroll: true });
}

// Have an element say a text. Its text node stays: with another one the browser judges anew hundreds of elements, those
// of every style on the page that asks what an element holds.
export function write(where, text) {
  if (where.textContent === text) return;
  if (where.firstChild?.nodeType === 3 && where.childNodes.length === 1) where.firstChild.nodeValue = text;
  else where.textContent = text;
}

// An element of a drawing, with its attributes.
export function shape(name, attributes = {}) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  return made;
}
