import assert from "node:assert/strict";
import { test } from "node:test";

import { namedAxes, namesThatFit } from "../../../pages/stage/names.js";

const IRIS = { tickangle: 0, tickvals: [0, 1, 2, 3, 4], ticktext: ["sepal<br>length", "sepal<br>width", "petal<br>length", "petal<br>width", "b"], range: [-0.5, 4.5] };
const widthOf = (text) => 7 * text.length; // the widest is 42
const fitting = (axis, wide) => namesThatFit([["xaxis", axis]], wide, widthOf);

test("all names where each has room beside the next, with a gap", () => {
  assert.deepEqual(fitting(IRIS, 5 * 41.5), { "xaxis.tickvals": IRIS.tickvals, "xaxis.ticktext": IRIS.ticktext });
  // One long name stands out of its column, over nothing.
  const long = { ...IRIS, tickvals: [0, 1, 2, 3], ticktext: ["nine long", "a & b", "x₃", "b"], range: [-0.5, 3.5] };
  assert.deepEqual(fitting(long, 4 * 60)["xaxis.tickvals"], [0, 1, 2, 3]);
});

test("every second or third where they would lie on each other", () => {
  assert.deepEqual(fitting(IRIS, 5 * 41)["xaxis.tickvals"], [0, 2, 4]);
  assert.deepEqual(fitting(IRIS, 5 * 41)["xaxis.ticktext"], ["sepal<br>length", "petal<br>length", "b"]);
  assert.deepEqual(fitting(IRIS, 5 * 22)["xaxis.tickvals"], [0, 3]);
});

test("one of several matrices has its part of the width", () => {
  const half = { ...IRIS, domain: [0.5, 1] };
  assert.deepEqual(fitting(half, 2 * 5 * 42)["xaxis.tickvals"], [0, 1, 2, 3, 4]);
  assert.deepEqual(fitting(half, 2 * 5 * 41)["xaxis.tickvals"], [0, 2, 4]);
});

test("the last name does not touch the first of the matrix beside it", () => {
  const axes = [["xaxis", { ...IRIS, ticktext: ["sepal", "width", "petal", "b", "species"], domain: [0, 0.5] }]];
  axes.push(["xaxis2", { ...axes[0][1], domain: [0.5, 1] }]);
  const kept = (wide) => namesThatFit(axes, wide, widthOf)["xaxis.tickvals"];
  assert.deepEqual(kept(2 * 5 * 46), [0, 1, 2, 3, 4]);
  assert.deepEqual(kept(2 * 5 * 44), [0, 3]);
  assert.deepEqual(namesThatFit(axes.slice(0, 1), 2 * 5 * 44, widthOf)["xaxis.tickvals"], [0, 1, 2, 3, 4]);
  assert.deepEqual(kept(2 * 5 * 5), [0]);
});

test("where Python has left out names the others have their columns too", () => {
  const second = { ...IRIS, tickvals: [0, 2, 4], ticktext: ["length", "length", "b"] };
  assert.deepEqual(fitting(second, 5 * 23)["xaxis.tickvals"], [0, 2, 4]);
  assert.deepEqual(fitting(second, 5 * 22)["xaxis.tickvals"], [0, 4]);
});

test("only columns and rows with names have them", () => {
  const numbers = { tickvals: [1, 10], ticktext: ["1", "10"] };
  const found = namedAxes({ xaxis: IRIS, xaxis2: numbers, yaxis: IRIS, title: { text: "" }, xaxis3: { ...IRIS, ticktext: ["b"] } });
  assert.deepEqual(found.map(([key]) => key), ["xaxis", "yaxis"]);
});

test("every second row where the lines of all would lie on each other", () => {
  const rows = { tickangle: 0, tickvals: [0, 1, 2, 3], ticktext: ["h₁", "h₂", "h₃", "h₄"], range: [3.5, -0.5], domain: [0.6, 1] };
  const kept = (high) => namesThatFit([["yaxis", rows]], 100, widthOf, high, 20)["yaxis.tickvals"];
  assert.deepEqual(kept(200), [0, 1, 2, 3]);
  assert.deepEqual(kept(170), [0, 2]);
});
