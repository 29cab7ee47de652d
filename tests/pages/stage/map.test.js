import assert from "node:assert/strict";
import test from "node:test";

import { shadeOf, shadesOf } from "../../../pages/stage/map.js";

test("a value between the ends of a scale has its shade, one beyond them that of the end", () => {
  const shades = shadesOf([[0, "#000000"], [1, "#ff8000"]]);
  const pixel = (value) => [...new Uint8Array(shades.buffer, 4 * shadeOf(value, -3000, 3000), 4)];
  assert.deepEqual(pixel(-3000), [0, 0, 0, 255]);
  assert.deepEqual(pixel(3000), [255, 128, 0, 255]);
  assert.deepEqual(pixel(0), [128, 64, 0, 255]);
  assert.deepEqual([pixel(-9999), pixel(9999)], [pixel(-3000), pixel(3000)]);
});
