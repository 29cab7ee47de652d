// The page as a file. It holds what Python would send to the player, and answers the player in Python's place.

import { readValues } from "../../charts/values/chart_values.js";
import { message } from "./held.js";

const POSITION = "position"; // in an address

export default function ({ stage }) {
  const file = JSON.parse(document.getElementById("page-data").textContent);
  const link = document.querySelector(".page-live");
  const chosen = { ...file.chosen };
  const asked = new URLSearchParams(location.search).get(POSITION);
  let position = /^\d{1,9}$/.test(asked ?? "") ? Math.min(Number(asked), file.player.total) : file.player.position;
  let answer = 0;
  let pressed = 0;

  const choose = (place, name) => {
    if (Object.hasOwn(file.parts, place) && Object.hasOwn(file.parts[place], name)) chosen[place] = name;
  };

  const show = () => {
    stage({
      data: message(file, chosen, position, answer, pressed),
      parentElement: document,
      setTriggerValue: () => {}, // nothing can bring Plotly.js later: the player itself says that it is missing
      setStateValue: (name, said) => {
        if (name === "view") {
          ({ position, question: answer } = said);
        } else for (const [number, kind, value] of said) {
          pressed = number;
          choose(kind, value);
        }
        show();
      },
    });
    if (!link) return;
    const live = new URL(file.live);
    live.searchParams.set(POSITION, position);
    link.href = live;
  };

  show();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  readValues(document.querySelector(".chart-values"));
}
