import assert from "node:assert/strict";
import test from "node:test";

import { Frames, decode, unpack } from "../../../pages/stage/frames.js";

const coded = (Type, dtype, shape, values) =>
  ({ dtype, shape, bdata: Buffer.from(new Type(values).buffer).toString("base64") });
const f4 = (shape, values) => coded(Float32Array, "f4", shape, values);
const at = (array, changes) => ({ array, attribute: "z", how: "at", first: 0, scale: 1, ...changes });
const plain = (value) => JSON.parse(JSON.stringify(value, (_, v) => (ArrayBuffer.isView(v) ? [...v] : v)));

// Positions of six frames, of which three have arrived: a number, a vector and a matrix each.
function some() {
  const frames = new Frames(Int32Array.of(0, 1, 2, 4, 8, 16));
  frames.append(0, { loss: f4([2], [9, 8]), bias: f4([2, 2], [1, 2, 3, 4]), weight: f4([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]) });
  frames.append(2, { loss: f4([1], [7]), bias: f4([1, 2], [5, 6]), weight: f4([1, 2, 2], [9, 10, 11, 12]) });
  return frames;
}

test("typed arrays are read in each of their types", () => {
  for (const [Type, dtype] of [[Float32Array, "f4"], [Float64Array, "f8"], [Int32Array, "i4"], [Int16Array, "i2"], [Uint8Array, "u1"]]) {
    const { values, shape } = decode(coded(Type, dtype, [3], [1, 2, 250]));
    assert.deepEqual(values, Type.of(1, 2, 250));
    assert.deepEqual(shape, [3]);
  }
});

test("a message is a line of JSON, and behind it the numbers of its frames, wherever it begins in memory", () => {
  const told = { run: "∂", frames: {
    wrong: { dtype: "u1", shape: [3], at: 0 },
    loss: { dtype: "f8", shape: [2], at: 3 },
    none: { dtype: "f4", shape: [0, 2], at: 19 },
    yhat: { dtype: "f4", shape: [2, 1], at: 19 },
  } };
  const numbers = [Uint8Array.of(10, 0, 1), Float64Array.of(0.1, 1e300), Float32Array.of(0.5, 2)];
  const parts = [Buffer.from("x"), Buffer.from(`${JSON.stringify(told)}\n`), ...numbers.map((each) => Buffer.from(each.buffer))];
  const { run, frames } = unpack(new Uint8Array(Buffer.concat(parts)).subarray(1));
  assert.equal(run, "∂");
  const read = Object.values(frames).map((coded) => decode(coded).values);
  assert.deepEqual(read, [numbers[0], numbers[1], new Float32Array(0), numbers[2]]);
});

test("the next chunk is appended", () => {
  const frames = some();
  assert.equal(frames.have, 3);
  assert.deepEqual([...frames.arrays.get("loss").values], [9, 8, 7, 0, 0, 0]);
  assert.deepEqual([...frames.arrays.get("weight").values.subarray(8, 12)], [9, 10, 11, 12]);
});

test("a chunk that is not the next one, or is empty, is refused and changes nothing", () => {
  const frames = some();
  const before = [...frames.arrays.get("loss").values];
  for (const start of [0, 2, 4]) assert.equal(frames.append(start, { loss: f4([1], [1]) }), false);
  assert.equal(frames.append(3, {}), false);
  assert.equal(frames.have, 3);
  assert.deepEqual([...frames.arrays.get("loss").values], before);
  assert.equal(frames.append(3, { loss: f4([1], [6]) }), true);
});

test("`at` is the present frame alone", () => {
  const frames = some();
  assert.deepEqual(plain(frames.value(at("loss"), 1)), [8]);
  assert.deepEqual(plain(frames.value(at("bias"), 2)), [5, 6]);
  assert.deepEqual(plain(frames.value(at("weight"), 1)), [[5, 6], [7, 8]]);
  assert.deepEqual(plain(frames.value(at("position", { attribute: "x" }), 3)), [4]);
});

test("a number that is no data is scaled", () => {
  assert.equal(some().value(at("loss", { attribute: "marker.opacity", scale: 0.5 }), 1), 4);
});

test("`up_to` is every frame so far, `all` every one that has arrived, each from the first on", () => {
  const frames = some();
  assert.deepEqual(plain(frames.value(at("loss", { how: "up_to" }), 1)), [9, 8]);
  assert.deepEqual(plain(frames.value(at("loss", { how: "up_to", first: 1 }), 2)), [8, 7]);
  assert.deepEqual(plain(frames.value(at("loss", { how: "up_to", first: 2 }), 0)), []);
  assert.deepEqual(plain(frames.value(at("loss", { how: "all" }), 0)), [9, 8, 7]);
  assert.deepEqual(plain(frames.value(at("loss", { how: "all", first: 1 }), 0)), [8, 7]);
  assert.deepEqual(plain(frames.value(at("bias", { how: "up_to" }), 1)), [[1, 2], [3, 4]]);
  assert.deepEqual(plain(frames.value(at("bias", { how: "all", first: 1 }), 0)), [[3, 4], [5, 6]]);
  assert.deepEqual(plain(frames.value(at("weight", { how: "up_to", first: 1 }), 2)), [[[5, 6], [7, 8]], [[9, 10], [11, 12]]]);
});

test("before its first value data are a gap, and an attribute stays as it is", () => {
  const frames = some();
  assert.deepEqual(frames.value(at("loss", { first: 1 }), 0), []);
  assert.deepEqual(frames.value(at("bias", { first: 1 }), 0), []);
  assert.deepEqual(frames.value(at("weight", { first: 1 }), 0), [[null, null], [null, null]]);
  assert.equal(frames.value(at("loss", { attribute: "marker.opacity", first: 1 }), 0), undefined);
});

test("several arrays stand side by side in each cell, each with its factor", () => {
  const frames = some();
  frames.arrays.set("other", { ...frames.arrays.get("weight") });
  const binding = at(["weight", "other"], { attribute: "customdata", scale: [1, -2] });
  assert.deepEqual(frames.value(binding, 0), [[[1, -2], [2, -4]], [[3, -6], [4, -8]]]);
  assert.deepEqual(frames.value(binding, 1), [[[5, -10], [6, -12]], [[7, -14], [8, -16]]]);
  assert.deepEqual(frames.value({ ...binding, scale: 3 }, 0)[1], [[9, 9], [12, 12]]);
  // One of them has its first value later.
  const later = { ...binding, first: [0, 1] };
  assert.deepEqual(frames.value(later, 0), [[[1, undefined], [2, undefined]], [[3, undefined], [4, undefined]]]);
  assert.deepEqual(frames.value(later, 1), frames.value(binding, 1));
});
