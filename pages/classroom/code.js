// A class's room is named by the SHA-256 of its teacher's secret; its code, to be typed, is the beginning of that name. It
// is written out here because browsers offer theirs only over https or on localhost, and most classrooms are served over
// http by another computer.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BITS = 256;
const CODE = 8; // letters and digits that are typed

const primes = (count) => {
  const found = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime)) found.push(n);
  return found;
};
const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32);
const turned = (x, by) => (x >>> by) | (x << (32 - by));

// The words of one block's schedule, from the bytes of a short message.
function schedule(bytes) {
  const words = new Uint32Array(64);
  [...bytes, 0x80].forEach((byte, i) => { words[i >> 2] |= byte << (24 - 8 * (i % 4)); });
  words[15] = 8 * bytes.length;
  for (let i = 16; i < 64; i++) {
    const [a, b] = [words[i - 15], words[i - 2]];
    const first = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
    const second = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
    words[i] = words[i - 16] + first + words[i - 7] + second;
  }
  return words;
}

// SHA-256 (FIPS 180-4) of at most 55 bytes: one block.
export function sha256(bytes) {
  const constants = primes(64);
  const start = constants.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)) | 0);
  const words = schedule(bytes);
  let [a, b, c, d, e, f, g, h] = start;
  constants.forEach((prime, i) => {
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + mixed + ((e & f) ^ (~e & g)) + fraction(Math.cbrt(prime)) + words[i]) | 0;
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
  });
  const state = [a, b, c, d, e, f, g, h].map((word, i) => word + start[i]);
  return Uint8Array.from({ length: 32 }, (_, i) => state[i >> 2] >>> (24 - 8 * (i % 4)));
}

export function newSecret() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The whole digest in base 32: who has only a part of it could be led into a room that somebody else has made.
export function roomOf(secret) {
  const digest = sha256(secret.match(/../g).map((pair) => parseInt(pair, 16)));
  const bits = Array.from(digest, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const letters = Math.ceil(BITS / 5);
  return Array.from({ length: letters }, (_, i) => ALPHABET[parseInt(bits.slice(5 * i, 5 * i + 5).padEnd(5, "0"), 2)]).join("");
}

export const codeOf = (room) => room.slice(0, CODE);

// What is typed, and what a link to a class carries. A link from before there were whole names carries a code.
export const isCode = (text) => /^[A-Z2-7]{8}$/.test(text);
export const isRoom = (text) => /^[A-Z2-7]{52}$/.test(text);
