// Streamlit tells Python of a frame only if the address says embed=true.

export default function ({ data, parentElement }) {
  const note = parentElement.querySelector(".framed");
  note.textContent = data.text;
  note.hidden = window.top === window;
}
