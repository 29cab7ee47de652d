// The style of a page that is presented. It is put into the document and not into the page, so that it stays when pages
// change.

const ID = "presented-style";

export default function ({ data }) {
  // At the end of the body, so that it comes after the style of every page.
  const style = document.getElementById(ID) ?? document.body.appendChild(Object.assign(document.createElement("style"), { id: ID }));
  if (style.textContent !== data.style) style.textContent = data.style;
}
