/**
 * The last few centimetres of the sound: a ring of the server's own samples, addressed by their number.
 *
 * Every sample is played as it came. The only liberties are a short fade into and out of a gap where samples are
 * missing, and a short cross-fade when the player stands further behind the server than it needs to.
 */

const RING = 1 << 18; // samples, 5.4 s; a power of two so that a mask finds the slot
const FADE = 240; // 5 ms
const TAIL = 0.975; // a sample at a cut decays by this much a sample, so that no cut clicks
const MARGIN = 576; // 12 ms: what should still be in hand when the next samples arrive
const MARGIN_MAX = 9600;
const WINDOW_BLOCKS = 750; // 2 s
const REPORT_BLOCKS = 8; // 21 ms
const LOUD = 0.004; // what counts as sound in the probe
const SILENCE = 9600; // 0.2 s of quiet end a sound; the next loud sample is an onset

class Player extends AudioWorkletProcessor {
  constructor() {
    super();
    this.left = new Float32Array(RING);
    this.right = new Float32Array(RING);
    this.margin = MARGIN;
    this.wish = 0;
    this.blocks = 0;
    this.last = [0, 0];
    this.tail = [0, 0];
    this.probe = { gaps: 0, onset: 0, heard: 0, taken: 0, quiet: SILENCE, sum: 0, peak: 0 };
    this.reset();
    this.port.onmessage = ({ data }) => this.listen(data.port);
  }

  /** Samples come through this port from now on. */
  listen(port) {
    this.way?.close();
    this.way = port;
    this.reset();
    port.onmessage = ({ data }) => (data.pcm ? this.take(data) : this.reset());
  }

  reset() {
    this.cut();
    this.at = -1; // the next sample to play
    this.first = -1; // the oldest sample there is
    this.end = -1; // one past the newest; -1 before the first
    this.gain = 0;
    this.waits = false;
    this.slack = Infinity;
    this.age = 0;
  }

  /** Let what sounds now die away instead of stopping dead. */
  cut() {
    this.tail = [this.last[0], this.last[1]];
  }

  /** New samples, kept where their number says. */
  take({ pcm, start, wish }) {
    this.wish = wish;
    const count = pcm.length >> 1;
    if (this.end < 0 || Math.abs(start - this.end) > RING / 4) this.begin(start);
    this.slack = Math.min(this.slack, this.end - this.at);
    for (let i = this.end; i < start; i += 1) this.left[i & (RING - 1)] = this.right[i & (RING - 1)] = 0;
    for (let i = 0; i < count; i += 1) {
      const slot = (start + i) & (RING - 1);
      this.left[slot] = pcm[2 * i] / 32767;
      this.right[slot] = pcm[2 * i + 1] / 32767;
    }
    this.end = Math.max(this.end, start + count);
    this.probe.taken += count;
  }

  begin(start) {
    this.reset();
    this.first = start;
    this.end = start;
    this.at = start - Math.round(Math.max(this.margin, this.wish));
  }

  process(_inputs, [[left, right]]) {
    if (this.end >= 0) this.play(left, right ?? left);
    this.ring(left, right ?? left);
    this.measure(left);
    return true;
  }

  play(left, right) {
    const count = left.length;
    const there = this.end - this.at;
    if (this.waits && there < this.margin + count) return;
    this.waits = false;
    if (there < count) {
      this.starve();
      return;
    }
    for (let i = 0; i < count; i += 1) {
      if (this.at + i < this.first) continue;
      const slot = (this.at + i) & (RING - 1);
      this.gain = Math.min(1, this.gain + 1 / FADE);
      left[i] = this.left[slot] * this.gain;
      right[i] = this.right[slot] * this.gain;
    }
    this.at += count;
    this.settle();
  }

  /** Too late: stand a little further back from now on, and wait here for what is missing. */
  starve() {
    this.cut();
    this.waits = true;
    this.gain = 0;
    this.margin = Math.min(MARGIN_MAX, this.margin * 1.4 + 128);
    this.probe.gaps += 1;
  }

  /** Where two seconds show more in hand than is needed, step forward. */
  settle() {
    this.age += 1;
    if (this.age < WINDOW_BLOCKS) return;
    const spare = Math.floor(this.slack - Math.max(this.margin, this.wish));
    if (Number.isFinite(spare) && spare > MARGIN) this.leap(spare);
    this.margin = Math.max(MARGIN, this.margin * 0.97);
    this.slack = Infinity;
    this.age = 0;
  }

  leap(samples) {
    for (let i = 0; i < FADE; i += 1) {
      const from = (this.at + i) & (RING - 1);
      const to = (this.at + samples + i) & (RING - 1);
      const mix = i / FADE;
      this.left[to] = this.left[from] * (1 - mix) + this.left[to] * mix;
      this.right[to] = this.right[from] * (1 - mix) + this.right[to] * mix;
    }
    this.at += samples;
  }

  ring(left, right) {
    for (let i = 0; i < left.length; i += 1) {
      left[i] += this.tail[0];
      right[i] += this.tail[1];
      this.tail[0] *= TAIL;
      this.tail[1] *= TAIL;
    }
    this.last = [left[left.length - 1], right[right.length - 1]];
  }

  measure(left) {
    const probe = this.probe;
    for (let i = 0; i < left.length; i += 1) {
      const size = Math.abs(left[i]);
      probe.sum += size * size;
      probe.peak = Math.max(probe.peak, size);
      if (size <= LOUD) {
        probe.quiet += 1;
        continue;
      }
      if (probe.quiet >= SILENCE) probe.onset = currentTime + i / sampleRate;
      probe.quiet = 0;
      probe.heard += 1;
    }
    this.blocks += 1;
    if (this.blocks % REPORT_BLOCKS === 0) this.report(left.length);
  }

  report(count) {
    const { gaps, onset, heard, taken, quiet, sum, peak } = this.probe;
    this.port.postMessage({
      at: this.at, // the sample that plays at `time`
      time: currentTime + count / sampleRate,
      plays: this.end >= 0 && !this.waits && this.at >= this.first,
      rms: Math.sqrt(sum / (REPORT_BLOCKS * count)),
      peak,
      gaps,
      onset,
      heard,
      taken,
      quiet,
      lead: this.end - this.at,
    });
    this.probe.sum = 0;
    this.probe.peak = 0;
  }
}

registerProcessor('mundi-player', Player);
