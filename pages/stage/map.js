// A map of many small cells while a run plays: a picture of one pixel a cell, which the browser makes as large as the
// plot, in the place of Plotly's. Its first row is the lowest one.

import { shape } from "./element.js";
import { colouring } from "./matrix.js";
import { covers } from "./places.js";

const SHADES = 255; // steps of colour between the ends of a scale: more are not seen

/** The colours from one end of a scale to the other, as pixels of a picture.
 * @param {[number, string][]} scale */
export function shadesOf(scale) {
  const colour = colouring(scale, 0, SHADES);
  const channels = Array.from({ length: SHADES + 1 }, (_, shade) => [...colour(shade).match(/\d+/g).map(Number), 255]);
  return new Uint32Array(Uint8ClampedArray.from(channels.flat()).buffer);
}

export function shadeOf(value, low, high) {
  return Math.round(SHADES * Math.min(Math.max((value - low) / (high - low), 0), 1));
}

// Paints rows of values into a picture, lowest row last, and gives its address.
class Painter {
  shades; low; high;

  constructor(columns, rows, { colorscale, zmin, zmax }) {
    this.canvas = document.createElement("canvas");
    [this.canvas.width, this.canvas.height] = [columns, rows];
    this.context = this.canvas.getContext("2d");
    this.image = this.context?.createImageData(columns, rows);
    this.pixels = this.image && new Uint32Array(this.image.data.buffer);
    Object.assign(this, { shades: shadesOf(colorscale), low: zmin, high: zmax });
  }

  paint(rows) {
    const { pixels, shades, low, high, image: { width, height } } = this;
    rows.forEach((row, j) => row.forEach((value, i) => {
      pixels[(height - 1 - j) * width + i] = shades[shadeOf(value, low, high)];
    }));
    this.context.putImageData(this.image, 0, 0);
    return this.canvas.toDataURL();
  }
}

/** See moving.js. A trace with an x of its own has its outer points on the edges of the plot, another one its outer cells.
 * @param {any} chart
 * @param {number} number
 * @param {any} moves */
export function mapOf(chart, number, { z }, { width, height }) {
  const { xaxis = "x", yaxis = "y", ...trace } = chart.div.data[number];
  const drawn = chart.div.querySelectorAll(`.subplot.${xaxis}${yaxis} .hm image`);
  if (!z || drawn.length !== 1) return null;
  let painter = null;
  let picture = null;
  return {
    stands: () => covers(chart.div.layout, chart.div.data[number]),
    write(values) {
      const rows = values(z);
      const [across, down] = [rows[0].length, rows.length];
      painter ??= new Painter(across, down, trace);
      const beyond = trace.x ? [width / (across - 1) / 2, height / (down - 1) / 2] : [0, 0];
      picture ??= pictureOver(drawn[0], width, height, beyond);
      picture.setAttribute("href", painter.paint(rows));
    },
    close() {
      drawn[0].style.visibility = "";
      picture?.remove();
    },
  };
}

/** @param {number[]} beyond */
function pictureOver(drawn, width, height, beyond) {
  const [x, y] = beyond;
  const place = { x: -x, y: -y, width: width + 2 * x, height: height + 2 * y };
  const picture = shape("image", { ...place, preserveAspectRatio: "none" });
  drawn.after(picture);
  drawn.style.visibility = "hidden";
  return picture;
}
