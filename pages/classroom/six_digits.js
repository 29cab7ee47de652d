// A number of an answer as the screen shows it.

export const significant = (value) => String(Number(value.toPrecision(6))).replace("-", "−");
