// How numbers are written. Six significant digits and shares are written by Python as well; tests hold both equal.

const RAISED = { "-": "⁻", ...Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹") };

const minus = (text) => text.replaceAll("-", "−");

export const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");

// Two digits and a power, for cells of a matrix.
export const small = (value) => (value === 0 ? "0" : minus(value.toExponential(1)));

// Six significant digits, as in the formulas of the other pages.
export function significant(value) {
  if (value === 0) return "0.00000";
  const [mantissa, power] = value.toExponential(5).split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return minus(value.toFixed(5 - exponent));
  return `${minus(mantissa)} · 10${Array.from(String(exponent), (sign) => RAISED[sign]).join("")}`;
}

// All is 100 %, nothing is 0 %, and rounding makes neither of what is not.
export function percent(share) {
  if (share === 0 || share === 1) return `${100 * share} %`;
  return `${Math.min(Math.max(Number((100 * share).toFixed(1)), 0.1), 99.9)} %`;
}

// What a readout shows at a frame; a dash before the first one that has a value.
export function readoutText({ kind, first }, value, frame) {
  if (frame < first) return "–";
  return kind === "percent" ? percent(value) : significant(value);
}
