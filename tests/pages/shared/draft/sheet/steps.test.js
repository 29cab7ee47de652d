import assert from "node:assert/strict";
import test from "node:test";

import { MOST_STEPS, Steps } from "../../../../../pages/shared/draft/sheet/steps.js";
import { Table } from "../../../../../pages/shared/draft/sheet/table.js";

function edited() {
  const table = new Table({ inputs: ["x₁"], labels: ["y₁"], rows: [["1", "0"]] });
  const steps = new Steps();
  const states = [table.state()];
  const change = (place, act) => {
    steps.keep(table.state(), place);
    act();
    states.push(table.state());
  };
  change([0, 0], () => table.put(0, 0, "7"));
  change([-1, 0], () => table.put(-1, 0, "size"));
  change([1, 0], () => table.addRow());
  change([-1, 1], () => table.addColumn("inputs"));
  change([0, 1], () => table.paste([["3", "1"], ["4", "0"], ["5", "1"]], 0, 1, 9));
  change([1, 0], () => table.removeRow(1));
  change([-1, 0], () => table.removeColumn(0));
  return { table, steps, states };
}

test("another table in the place of this one is a change at no place, the same one is none", () => {
  const { table, steps, states } = edited();
  const [first] = states;
  steps.replace(undefined, first);
  steps.replace(table.state(), { ...structuredClone(table.state()), name: "as Python sends it" });
  assert.equal(steps.done.length, states.length - 1);
  steps.replace(table.state(), first);
  assert.deepEqual(steps.undo(first), { state: states.at(-1), place: null });
  assert.deepEqual(steps.redo(states.at(-1)), { state: first, place: null });
});

test("every kind of change is undone and redone, in its order", () => {
  const { table, steps, states } = edited();
  const places = [];
  for (const state of states.slice(0, -1).reverse()) {
    const step = steps.undo(table.state());
    table.restore(step.state);
    places.push(step.place);
    assert.deepEqual(table.state(), state);
  }
  assert.deepEqual(places, [[-1, 0], [1, 0], [0, 1], [-1, 1], [1, 0], [-1, 0], [0, 0]]);
  assert.equal(steps.undo(table.state()), undefined);
  for (const state of states.slice(1)) {
    const step = steps.redo(table.state());
    table.restore(step.state);
    assert.deepEqual(step.place, places.pop());
    assert.deepEqual(table.state(), state);
  }
  assert.equal(steps.redo(table.state()), undefined);
});

test("what is undone cannot be redone after another change", () => {
  const { table, steps } = edited();
  table.restore(steps.undo(table.state()).state);
  steps.keep(table.state(), [0, 0]);
  table.put(0, 0, "8");
  assert.equal(steps.redo(table.state()), undefined);
  table.restore(steps.undo(table.state()).state);
  assert.notEqual(table.text(0, 0), "8");
});

test("so many steps are kept, and fewer of a large table", () => {
  const small = new Table({ inputs: ["x₁"], labels: ["y₁"], rows: [["1", "0"]] });
  const large = new Table({
    inputs: new Array(64).fill("x"), labels: new Array(16).fill("y"), rows: new Array(1000).fill(new Array(80).fill("0")),
  });
  for (const [table, kept] of [[small, MOST_STEPS], [large, 25]]) {
    const steps = new Steps();
    for (let i = 0; i < MOST_STEPS + 50; i += 1) {
      steps.keep(table.state(), [0, i]);
      table.put(0, 0, String(i));
    }
    assert.equal(steps.done.length, kept);
    assert.deepEqual(steps.undo(table.state()).place, [0, MOST_STEPS + 49]);
  }
});
