// What a chart is called: in the list, and as a file.

// The heading of a chart whose title Plotly reads as HTML, without its markup and the sentence beside it.
export const plainTitle = (text) => (text.match(/<b>(.*?)<\/b>/)?.[1] ?? text).replace(/<[^>]*>/g, "");

export function fileName(name, position, format) {
  const letters = name.replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_|_$/g, "") || "chart";
  return `${letters}${position === undefined ? "" : `-${position}`}.${format}`;
}
