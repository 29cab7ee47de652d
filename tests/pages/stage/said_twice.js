// What Python and the browser both say, and must say alike; test_said_twice.py reads the same cases.

import { readFileSync } from "node:fs";

export const cases = JSON.parse(readFileSync(new URL("said_twice.json", import.meta.url), "utf8"));
