// A number in an answer as the screen shows it: at most six digits, and a power of ten for very large or small ones.

const RAISED = { "-": "⁻", ...Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹") };

export function significant(value) {
  const [digits, exponent] = String(Number(value.toPrecision(6))).replace("+", "").split("e");
  const power = exponent ? ` · 10${Array.from(exponent, (sign) => RAISED[sign]).join("")}` : "";
  return digits.replace("-", "−") + power;
}
