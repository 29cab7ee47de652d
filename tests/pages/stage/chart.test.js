import assert from "node:assert/strict";
import { test } from "node:test";
import { Chart } from "../../../pages/stage/chart.js";

function closed(plotting) {
  const told = [];
  globalThis.window = { Plotly: { purge: (div) => told.push(`${div} purged`) } };
  const observer = { disconnect: () => told.push("disconnected") };
  Chart.prototype.close.call({ observer, plotting, div: "chart", cell: { remove: () => told.push("removed") } });
  return told;
}

test("a chart that is drawn leaves at once", () => {
  assert.deepEqual(closed(null), ["disconnected", "chart purged", "removed"]);
});

test("a chart that Plotly is drawing is purged when that has ended", async () => {
  let end;
  const drawing = new Promise((resolve) => { end = resolve; });
  const told = closed(drawing);
  assert.deepEqual(told, ["disconnected", "removed"]);
  end();
  await drawing.finally(() => {});
  assert.deepEqual(told, ["disconnected", "removed", "chart purged"]);
});
