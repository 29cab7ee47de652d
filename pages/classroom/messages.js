// Checks what travels between this browser and a class: only the messages of messages.json. messages.py checks the same.

const LARGEST = 1.7e308;

function isText(value, { is, longest, pattern }) {
  const fits = ["text", "number or text"].includes(is) && [...value].length <= longest;
  return fits && (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value));
}

function isNumber(value, { is, least = -LARGEST, most = LARGEST }) {
  const fits = ["number", "number or text"].includes(is) || (is === "integer" && Number.isSafeInteger(value));
  return fits && value >= least && value <= most;
}

function fits(value, rule) {
  if (typeof value === "boolean") return rule.is === "boolean";
  if (typeof value === "string") return isText(value, rule);
  if (typeof value === "number") return isNumber(value, rule);
  return Array.isArray(value) && rule.is === "list" && value.length <= rule.longest && value.every((item) => fits(item, rule.of));
}

// The message, if the sender may send it; otherwise null.
export function checked(table, sender, message) {
  const names = Object.hasOwn(table[sender], message?.type ?? "") ? table[sender][message.type] : null;
  if (!names || Object.keys(message).length !== names.length + 1) return null;
  const ruleOf = (name) => table.fields[`${message.type}.${name}`] ?? table.fields[name]; // a kind may have one for itself
  return names.every((name) => Object.hasOwn(message, name) && fits(message[name], ruleOf(name))) ? message : null;
}

export function read(table, sender, text) {
  try {
    return checked(table, sender, JSON.parse(text));
  } catch {
    return null;
  }
}
