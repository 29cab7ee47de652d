import assert from "node:assert/strict";
import test from "node:test";

import { parted } from "../../../pages/stage/explained.js";

test("a word is explained once, whole with its ending, and the longer one where two begin", () => {
  const words = { epoch: "E", "hidden layer": "H", layer: "L" };
  assert.deepEqual(parted("Epochs: 2 hidden layers, an epoch", words), [["Epochs", "E"], ": 2 ", ["hidden layers", "H"], ", an epoch"]);
  assert.deepEqual(parted("<b>", words), ["<b>"]);
  assert.deepEqual(parted("", words), []);
});
