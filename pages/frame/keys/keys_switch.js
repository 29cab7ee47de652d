// The switch for the page's keys of one letter.

import { guardKeys, isOn, turn } from "./keys.js";

export default function ({ parentElement }) {
  const box = parentElement.querySelector(".keys input");
  guardKeys();
  box.checked = isOn();
  box.onchange = () => turn(box.checked);
  box.disabled = false; // a press before this would be taken back
}
