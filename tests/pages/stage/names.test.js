import assert from "node:assert/strict";
import { test } from "node:test";

import { namedAxes, namesThatFit } from "../../../pages/stage/names.js";

const IRIS = { tickangle: 0, tickvals: [0, 1, 2, 3, 4], ticktext: ["sepal<br>length", "sepal<br>width", "petal<br>length", "petal<br>width", "b"], range: [-0.5, 4.5] };
const widthOf = (text) => 7 * text.length; // the widest is 42
const fitting = (axis, wide) => namesThatFit([["xaxis", axis]], wide, widthOf);

test("all names where the widest has room in its column, with a gap to the next", () => {
  assert.deepEqual(fitting(IRIS, 5 * 45), { "xaxis.tickvals": IRIS.tickvals, "xaxis.ticktext": IRIS.ticktext });
});

test("every second or third where they would lie on each other", () => {
  assert.deepEqual(fitting(IRIS, 5 * 45 - 1)["xaxis.tickvals"], [0, 2, 4]);
  assert.deepEqual(fitting(IRIS, 5 * 45 - 1)["xaxis.ticktext"], ["sepal<br>length", "petal<br>length", "b"]);
  assert.deepEqual(fitting(IRIS, 5 * 22)["xaxis.tickvals"], [0, 3]);
});

test("one of several matrices has its part of the width", () => {
  const half = { ...IRIS, domain: [0.5, 1] };
  assert.deepEqual(fitting(half, 2 * 5 * 45)["xaxis.tickvals"], [0, 1, 2, 3, 4]);
  assert.deepEqual(fitting(half, 2 * 5 * 44)["xaxis.tickvals"], [0, 2, 4]);
});

test("where Python has left out names the others have their columns too", () => {
  const second = { ...IRIS, tickvals: [0, 2, 4], ticktext: ["length", "length", "b"] };
  assert.deepEqual(fitting(second, 5 * 23)["xaxis.tickvals"], [0, 2, 4]);
  assert.deepEqual(fitting(second, 5 * 22)["xaxis.tickvals"], [0, 4]);
});

test("only columns with names have them", () => {
  const numbers = { tickvals: [1, 10], ticktext: ["1", "10"] };
  const found = namedAxes({ xaxis: IRIS, xaxis2: numbers, yaxis: IRIS, title: { text: "" }, xaxis3: { ...IRIS, ticktext: ["b"] } });
  assert.deepEqual(found.map(([key]) => key), ["xaxis"]);
});
