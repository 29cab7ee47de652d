import assert from "node:assert/strict";
import test from "node:test";

import { write } from "../../../pages/stage/element.js";

test("a text takes the place of another one in the same node, and nothing is written twice", () => {
  const node = { nodeType: 3, nodeValue: "0.1" };
  const where = { firstChild: node, childNodes: [node], get textContent() { return node.nodeValue; }, set textContent(_) { assert.fail(); } };
  write(where, "0.2");
  assert.equal(node.nodeValue, "0.2");
  Object.freeze(node);
  write(where, "0.2");
});

test("where there is no text yet, or more than one node, it becomes the only one", () => {
  for (const childNodes of [[], [{ nodeType: 1 }, { nodeType: 3 }]]) {
    const where = { firstChild: childNodes[0], childNodes, textContent: "" };
    write(where, "a");
    assert.equal(where.textContent, "a");
  }
});
