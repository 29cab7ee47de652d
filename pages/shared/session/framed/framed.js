// Streamlit tells Python of a frame only if the address says embed=true.

const inFrame = () => window.top !== window;

export default function ({ data, parentElement }) {
  const note = parentElement.querySelector(".framed");
  note.textContent = data.text;
  note.hidden = !inFrame();
}
