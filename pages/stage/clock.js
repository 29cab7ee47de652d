// The position of a viewer in a run, as time goes on. It needs no browser: the time is an argument.

const LATE_MS = 250; // if a picture comes later than this, the rest of the time is left out: playing does not jump
const SPEEDS = [0, 1, 2, 3, 4, 5].flatMap((power) => [1, 2, 5].map((m) => m * 10 ** power)); // epochs per second

export const speedsFor = (total) => SPEEDS.filter((speed) => speed <= Math.max(total, 10));
export const usualSpeed = (speeds, total) => speeds.findLast((speed) => speed <= Math.max(1, total / 20));

// The last frame, of those up to `last`, whose position is not beyond `position`.
export function frameAt(positions, last, position) {
  return Math.max(positions.findLastIndex((each, frame) => frame <= last && each <= position), 0);
}

export class Clock {
  /** @type {number | null} The last frame there will ever be, if the run ended before its last epoch. */
  end = null;

  constructor() {
    this.playing = false;
    this.goal = null; // a position to go to that has not arrived yet
    this.course = null; // where another player, whom this one follows, was at what time
    this.late = false; // the last picture came so late that time was left out
  }

  // Another run, from its beginning.
  begin(frames) {
    this.frames = frames;
    this.frame = 0;
    this.epochs = 0; // with fractions; the shown position is the last recorded one before it
  }

  get last() { return this.end ?? this.frames.positions.length - 1; }
  get position() { return this.frames.positions[this.frame]; }
  get waiting() { return this.goal !== null; }
  // Where the viewer wants to be; the frame of that position may not have arrived yet.
  get stands() { return this.goal ?? this.position; }
  get starved() { return this.waiting || (this.playing && this.frame === this.frames.have - 1 && this.frame < this.last); }
  get complete() { return this.frames.have > this.last; }
  // Seconds that can be played before the next frames must have come.
  get ahead() { return (this.frames.positions[this.frames.have - 1] - this.epochs) / this.speed; }

  play(on, now) {
    this.playing = on;
    this.goal = this.course = null;
    this.epochs = this.position;
    this.then = now;
  }

  frameAt(position) { return frameAt(this.frames.positions, this.last, position); }

  // Go to a frame of the whole run, or as far as frames have arrived; says whether it is there.
  seek(frame) {
    this.course = null;
    this.goal = this.frames.positions[Math.max(0, Math.min(frame, this.last))];
    return this.pursue();
  }

  pursue() {
    const frame = this.frameAt(this.goal);
    this.frame = Math.min(frame, this.frames.have - 1);
    this.epochs = this.position;
    if (this.frame < frame) return false;
    this.goal = null;
    return true;
  }

  // Go where another player is. However late a picture comes, no time is left out: the other player did not wait.
  follow(position, playing, speed, since) {
    this.speed = speed;
    this.playing = playing;
    const isThere = playing || this.seek(this.frameAt(position));
    if (playing) this.goal = null;
    this.course = playing ? { position, since } : null;
    return isThere;
  }

  // With the part of an epoch that has passed since the last picture.
  at(now) {
    if (!this.playing) return this.stands;
    return Math.min(this.epochs + (Math.max(0, now - this.then) / 1000) * this.speed, this.frames.positions[this.last]);
  }

  wanted(now) {
    if (this.course) return this.course.position + (Math.max(0, now - this.course.since) / 1000) * this.speed;
    return this.epochs + (Math.min(Math.max(0, now - this.then), LATE_MS) / 1000) * this.speed;
  }

  // Says whether it goes on.
  advance(now) {
    const { positions, have } = this.frames;
    const wanted = this.wanted(now);
    this.late = !this.course && now - this.then > LATE_MS;
    this.then = now;
    this.epochs = Math.min(wanted, positions[Math.min(have, this.last)]);
    this.frame = Math.min(this.frameAt(this.epochs), have - 1);
    if (this.frame >= this.last) { this.playing = false; this.course = null; this.epochs = this.position; }
    return this.playing;
  }
}
