// What is wrong with a page's fields, for screen readers: each message is announced when it appears, and tied to its
// field. Streamlit's own inputs cannot be tied to a message.

export function announce(root, { labels, problems }) {
  const texts = JSON.stringify(problems);
  if (root.dataset.texts !== texts) {
    root.dataset.texts = texts;
    root.replaceChildren(...Object.entries(problems).map(([label, text], i) => {
      const line = Object.assign(document.createElement("p"), { id: `announced-${i}`, textContent: text });
      line.dataset.label = label;
      return line;
    }));
  }
  for (const label of labels) {
    const field = document.querySelector(`:is(input, textarea)[aria-label="${CSS.escape(label)}"]`);
    const line = [...root.children].find((each) => each.dataset.label === label);
    if (!field) continue;
    field.setAttribute("aria-invalid", String(Boolean(line)));
    // Streamlit sets aria-describedby of its multiselect itself, and would overwrite ours.
    const by = field.getAttribute("role") === "combobox" ? "aria-errormessage" : "aria-describedby";
    if (line) field.setAttribute(by, line.id); else field.removeAttribute(by);
  }
}
