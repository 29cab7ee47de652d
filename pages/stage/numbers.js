// How numbers are written. Six significant digits and shares are written by Python as well; tests hold both equal.

const RAISED = { "-": "⁻", ...Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹") };

const minus = (text) => text.replaceAll("-", "−");

export const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");

const power = (exponent) => `10${Array.from(String(exponent), (sign) => RAISED[sign]).join("")}`;

// So many decimals; what rounds to 0 has no sign.
export const fixed = (value, decimals) => minus((Number(value.toFixed(decimals)) || 0).toFixed(decimals));

// At most three digits, for a cell of a matrix: a power of ten from 10⁴ on and below 10⁻³.
export function inCell(value) {
  const size = Math.abs(value);
  if (value !== 0 && (size < 0.001 || size >= 1e4)) {
    const [mantissa, exponent] = value.toExponential(1).split("e");
    return `${minus(mantissa)}·${power(Number(exponent))}`;
  }
  const decimals = [0.1, 1, 10, 100].filter((bound) => size < bound).length;
  return minus(String(Number(value.toFixed(decimals)) || 0));
}

// One digit and a power of ten, where a cell has no room for more.
export function roughly(value) {
  const [digit, exponent] = value.toExponential(0).split("e");
  return value === 0 ? "0" : `${minus(digit)}·${power(Number(exponent))}`;
}

// Six significant digits, as in the formulas of the other pages.
export function significant(value) {
  const [mantissa, raised] = value.toExponential(5).split("e");
  const exponent = Number(raised);
  if (exponent >= -4 && exponent < 6) return minus(value.toFixed(5 - exponent));
  return `${minus(mantissa)} · ${power(exponent)}`;
}

// Only 1 is written as 100 % and only 0 as 0 %: rounding gives neither.
export function percent(share) {
  if (share === 0 || share === 1) return `${100 * share} %`;
  return `${Math.min(Math.max(Number((100 * share).toFixed(1)), 0.1), 99.9)} %`;
}

// What a readout shows at a frame; a dash before the first one that has a value.
export function readoutText({ kind, first }, value, frame) {
  if (frame < first) return "–";
  return kind === "percent" ? percent(value) : significant(value);
}
