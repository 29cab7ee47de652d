import assert from "node:assert/strict";
import test from "node:test";

import { significant } from "../../../pages/classroom/six_digits.js";

test("an answer has at most six digits, and powers of ten are written as on the pages", () => {
  const values = [0.5, -0.1749581, 2, 1234567, 0.00000042, -1.23456789e-9, 1e21, 0];
  assert.deepEqual(values.map(significant), [
    "0.5", "−0.174958", "2", "1234570", "4.2 · 10⁻⁷", "−1.23457 · 10⁻⁹", "1 · 10²¹", "0",
  ]);
});
