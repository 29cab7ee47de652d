// A map of many small cells while a run plays: a picture of one pixel a cell, which the browser makes as large as the
// plot, in the place of Plotly's. Its first row is the lowest one.

import { shape } from "./element.js";
import { colouring } from "./matrix.js";
import { covers } from "./places.js";

const SHADES = 255; // steps of colour between the ends of a scale: more are not seen

// The colours from one end of a scale to the other, as pixels of a picture.
export function shadesOf(scale) {
  const colour = colouring(scale, 0, SHADES);
  const channels = Array.from({ length: SHADES + 1 }, (_, shade) => [...colour(shade).match(/\d+/g).map(Number), 255]);
  return new Uint32Array(Uint8ClampedArray.from(channels.flat()).buffer);
}

export function shadeOf(value, low, high) {
  return Math.round(SHADES * Math.min(Math.max((value - low) / (high - low), 0), 1));
}

// Gives a function that paints rows of values into a picture, lowest row last, and gives its address.
function painterOf(columns, rows, { colorscale, zmin, zmax }) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, rows];
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const shades = shadesOf(colorscale);
  return (values) => {
    values.forEach((row, j) => row.forEach((value, i) => {
      pixels[(rows - 1 - j) * columns + i] = shades[shadeOf(value, zmin, zmax)];
    }));
    context.putImageData(image, 0, 0);
    return canvas.toDataURL();
  };
}

// See moving.js. A trace with an x of its own has its outer points on the edges of the plot, another one its outer cells.
export function mapOf(chart, number, { z }, { width, height }) {
  const { xaxis = "x", yaxis = "y", ...trace } = chart.div.data[number];
  const drawn = chart.div.querySelectorAll(`.subplot.${xaxis}${yaxis} .hm image`);
  if (!z || drawn.length !== 1) return null;
  let paint = null;
  let picture = null;
  return {
    stands: () => covers(chart.div.layout, chart.div.data[number]),
    write(values) {
      const rows = values(z);
      const [across, down] = [rows[0].length, rows.length];
      paint ??= painterOf(across, down, trace);
      const beyond = trace.x ? [width / (across - 1) / 2, height / (down - 1) / 2] : [0, 0];
      picture ??= pictureOver(drawn[0], width, height, beyond);
      picture.setAttribute("href", paint(rows));
    },
    close() {
      drawn[0].style.visibility = "";
      picture?.remove();
    },
  };
}

function pictureOver(drawn, width, height, beyond) {
  const [x, y] = beyond;
  const place = { x: -x, y: -y, width: width + 2 * x, height: height + 2 * y };
  const picture = shape("image", { ...place, preserveAspectRatio: "none" });
  drawn.after(picture);
  drawn.style.visibility = "hidden";
  return picture;
}
