// What is wrong with the fields of the panel, of a popover or of the page, for screen readers: each message is
// announced when it appears, and tied to its field.

const FIELDS = ["input", "textarea"];
const PLACES = ["stPopoverBody", "stSidebar", "stMain"];

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".announced");
  const place = root.closest(PLACES.map((id) => `[data-testid=${id}]`).join());
  const texts = JSON.stringify(data.problems);
  if (root.dataset.texts !== texts) {
    root.dataset.texts = texts;
    root.replaceChildren(...Object.entries(data.problems).map(([label, text], i) => {
      const line = document.createElement("p");
      line.id = `${data.name}-${i}`;
      line.dataset.label = label;
      line.textContent = text;
      return line;
    }));
  }
  for (const label of data.labels) {
    const field = place?.querySelector(FIELDS.map((tag) => `${tag}[aria-label="${CSS.escape(label)}"]`).join());
    const line = [...root.children].find((line) => line.dataset.label === label);
    if (!field) continue;
    field.setAttribute("aria-invalid", String(Boolean(line)));
    // Streamlit sets aria-describedby of its multiselect itself, and would overwrite ours.
    const by = field.getAttribute("role") === "combobox" ? "aria-errormessage" : "aria-describedby";
    if (line) field.setAttribute(by, line.id); else field.removeAttribute(by);
  }
}
