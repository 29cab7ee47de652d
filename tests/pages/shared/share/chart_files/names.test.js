import assert from "node:assert/strict";
import test from "node:test";

import { fileName, plainTitle } from "../../../../../pages/shared/share/chart_files/names.js";

test("a chart is called by the heading of its title, without markup", () => {
  assert.equal(plainTitle('<b>Loss</b>  <span style="color:#000">summed</span>'), "Loss");
  assert.equal(plainTitle("Outer <i>product</i>"), "Outer product");
  assert.equal(plainTitle(""), "");
});

test("a file's name has letters and digits of any script, and the position", () => {
  assert.equal(fileName("layer_gradients", "318", "png"), "layer_gradients-318.png");
  assert.equal(fileName("∂L/∂W of ŷ₁", undefined, "svg"), "L_W_of_ŷ₁.svg");
  assert.equal(fileName("∂", "0", "svg"), "chart-0.svg");
});
