// The numbers of a run as they arrive: typed arrays whose first axis is the frame.

const TYPES = { f4: Float32Array, f8: Float64Array, i4: Int32Array, i2: Int16Array, u1: Uint8Array };
const DATA_ATTRIBUTES = new Set(["x", "y", "z", "customdata"]);

// A message from Python: a line of JSON, and behind it the numbers of its frames.
export function unpack(message) {
  const end = message.indexOf("\n".charCodeAt(0));
  const data = JSON.parse(new TextDecoder().decode(message.subarray(0, end)));
  for (const coded of Object.values(data.frames)) {
    const start = end + 1 + coded.at;
    // A copy, because a typed array may begin only at a multiple of its numbers' size.
    coded.bytes = message.slice(start, start + product(coded.shape) * TYPES[coded.dtype].BYTES_PER_ELEMENT);
  }
  return data;
}

/** @param {{ dtype: string, shape: number[], bdata?: string, bytes?: Uint8Array }} coded */
export function decode({ dtype, shape, bdata, bytes = unbase64(bdata) }) {
  return { values: new TYPES[dtype](bytes.buffer), shape };
}

function unbase64(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

function product(sizes) {
  return sizes.reduce((a, b) => a * b, 1);
}

// The frames that have arrived. Every array has room for the whole run, so that a chunk is one copy.
export class Frames {
  constructor(positions) {
    this.positions = positions;
    this.have = 0;
    this.arrays = new Map([["position", { values: positions, item: [], size: 1 }]]);
  }

  // Takes a chunk only if it is the next one, and says whether it was.
  append(start, chunk) {
    const entries = Object.entries(chunk).map(([name, coded]) => ({ name, ...decode(coded) }));
    if (!entries.length || start !== this.have) return false;
    for (const { name, values, shape } of entries) {
      const item = shape.slice(1);
      const size = product(item);
      if (!this.arrays.has(name)) {
        this.arrays.set(name, { values: new values.constructor(this.positions.length * size), item, size });
      }
      this.arrays.get(name).values.set(values, start * size);
    }
    this.have = start + entries[0].shape[0];
    return true;
  }

  // What `binding` shows at `frame`; undefined leaves the chart as it is.
  value({ array, attribute, how, first, scale, links }, frame) {
    if (links) return this.linked(array, links, frame);
    const { values, item, size } = this.arrays.get(Array.isArray(array) ? array[0] : array);
    if (how !== "at") return shaped(values.subarray(first * size, (how === "all" ? this.have : frame + 1) * size), item);
    const isData = DATA_ATTRIBUTES.has(attribute);
    if (frame < first) return isData ? nothing(item) : undefined;
    if (Array.isArray(array)) return this.stack(array, scale, first, frame);
    const part = values.subarray(frame * size, (frame + 1) * size);
    if (item.length === 0) return isData ? part : part[0] * scale;
    return item.length === 1 ? part : rows(part, item[1]);
  }

  // The heights of lines, each if its value lies in the range; a gap where it does not, and between two lines. The first
  // line lies outside of the plot, so that there always is one.
  linked(names, { points, cells, within: [low, high] }, frame) {
    const size = points.length / cells.length;
    const heights = [0, 0, NaN];
    cells.forEach(([which, place], i) => {
      const array = this.arrays.get(names[which]);
      const value = array.values[frame * array.size + place];
      const shown = low < value && value <= high;
      for (let k = 0; k < size; k++) heights.push(shown ? points[i * size + k] : NaN);
      heights.push(NaN);
    });
    return heights;
  }

  // The values of several arrays side by side; of one that has none yet undefined, for which Plotly writes "-": null is 0 to it.
  stack(names, scale, first, frame) {
    const parts = names.map((name, i) => {
      const { values, size } = this.arrays.get(name);
      const [factor, begins] = [scale, first].map((each) => (Array.isArray(each) ? each[i] : each));
      return Array.from(values.subarray(frame * size, (frame + 1) * size), (v) => (frame < begins ? undefined : v * factor));
    });
    const width = this.arrays.get(names[0]).item[1];
    return rows(parts[0].map((_, cell) => parts.map((part) => part[cell])), width);
  }
}

// Plotly leaves a gap where null stands.
function nothing(item) {
  return item.length < 2 ? [] : Array.from({ length: item[0] }, () => new Array(item[1]).fill(null));
}

// Frames one after the other, each with its own shape.
function shaped(flat, item) {
  if (!item.length) return flat;
  return rows(flat, product(item)).map((each) => shaped(each, item.slice(1)));
}

function rows(flat, width) {
  const out = [];
  for (let i = 0; i < flat.length; i += width) out.push(flat.slice(i, i + width));
  return out;
}
