// Attributes of Plotly by their dotted names.

// Put `value` at a dotted path: setPath(trace, "marker.opacity", …)
export function setPath(target, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  for (const key of keys) target = target[key] ??= {};
  target[last] = value;
}
