import assert from "node:assert/strict";
import test from "node:test";

import page from "../../../../../pages/shared/share/page_html/page.js";

const part = (name) => ({ figures: { [name]: { name } }, bindings: [name], frames: { [name]: name } });
const FILE = {
  player: { run: "file", total: 9, position: 3 },
  parts: { run: { "": part("loss") }, choice: { layers: part("layers"), decision: part("decision") } },
  chosen: { run: "", choice: "layers" },
  order: ["decision", "loss", "layers"],
  live: null,
};

function opened(t, search = "") {
  const globals = {
    window: new EventTarget(),
    document: Object.assign(new EventTarget(), {
      getElementById: () => ({ textContent: JSON.stringify(FILE) }),
      getElementsByClassName: () => [],
      querySelector: () => null,
    }),
    MutationObserver: class { observe() {} },
    location: { search },
    matchMedia: () => ({ addEventListener() {} }),
  };
  Object.assign(globalThis, globals);
  t.after(() => Object.keys(globals).forEach((name) => { delete globalThis[name]; }));
  const told = [];
  page({ stage: (given) => told.push(given), });
  return told;
}

test("the player gets the chosen parts, in their order, and every part that it asks for", (t) => {
  const told = opened(t);
  const { setStateValue } = told[0];
  assert.deepEqual([told[0].data.position, Object.keys(told[0].data.figures)], [3, ["loss", "layers"]]);
  setStateValue("view", { position: 5, question: 77 });
  setStateValue("pressed", [[1, "choice", "nothing"], [2, "nowhere", "x"], [3, "choice", "decision"]]);
  const { data } = told[2];
  assert.deepEqual([data.position, data.answer, data.pressed], [5, 77, 3]);
  assert.deepEqual([Object.keys(data.figures), data.bindings, data.frames], [["decision", "loss"], ["loss", "decision"], { loss: "loss", decision: "decision" }]);
  assert.notEqual(data.run, told[1].data.run);
});

test("an address says where it stands, within the run", (t) => {
  for (const [search, position] of [["?position=5", 5], ["?position=99", 9], ["?position=-1", 3], ["?position=x", 3]]) {
    assert.equal(opened(t, search)[0].data.position, position, search);
  }
});

test("a player that lacks Plotly.js, as where its file was left behind, may say so", (t) => {
  opened(t)[0].setTriggerValue("plotly", true);
});
