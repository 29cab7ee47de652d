// The style of a page that is presented, for as long as it is: over a change of pages, too, which takes with it what
// the page itself has brought.

const ID = "presented-style";

export default function ({ data }) {
  // The last in the body: what every page has comes before it.
  const style = document.getElementById(ID) ?? document.body.appendChild(Object.assign(document.createElement("style"), { id: ID }));
  if (style.textContent !== data.style) style.textContent = data.style;
}
