/**
 * The last few centimetres of the sound: a ring of the server's own samples, addressed by their number.
 *
 * Every sample is played as it came, at the moment the server wants it heard, or a little later where this machine
 * keeps getting its samples late. The only liberties are a short fade into and out of a gap where samples are
 * missing, and a short cross-fade when the player moves to another distance from the server's clock.
 */

const RING = 1 << 18; // samples, 5.4 s; a power of two so that a mask finds the slot
const FADE = 240; // 5 ms
const TAIL = 0.975; // a sample at a cut decays by this much a sample, so that no cut clicks
const MARGIN = 384; // 8 ms: what should be in hand beyond need
const LATE_MOST = 14400; // 0.3 s is as far behind the clock as it goes
const SPELL = 24000; // lateness is remembered by half seconds,
const SPELLS = 8; // for 4 s,
const FORGIVEN = 2; // and the two worst are forgiven: a single stall moves nobody back
const STRAY = 960; // 20 ms off its line, the player steps onto it
const LOOK_BLOCKS = 188; // 0.5 s between looks
const REPORT_BLOCKS = 8; // 21 ms
const LOUD = 0.004; // what counts as sound in the probe
const SILENCE = 9600; // 0.2 s of quiet end a sound; the next loud sample is an onset

class Player extends AudioWorkletProcessor {
  constructor() {
    super();
    this.left = new Float32Array(RING);
    this.right = new Float32Array(RING);
    this.blocks = 0;
    this.last = [0, 0];
    this.tail = [0, 0];
    this.late = [];
    this.probe = { gaps: 0, onset: 0, heard: 0, taken: 0, quiet: SILENCE, sum: 0, peak: 0 };
    this.reset();
    this.port.onmessage = ({ data }) => this.listen(data.port);
  }

  /** Samples come through this port from now on. */
  listen(port) {
    this.way?.close();
    this.way = port;
    this.late.length = 0;
    this.reset();
    port.onmessage = ({ data }) => (data.pcm ? this.take(data) : this.reset());
  }

  reset() {
    this.cut();
    this.at = -1; // the next sample to play
    this.first = -1; // the oldest sample there is
    this.end = -1; // one past the newest; -1 before the first
    this.line = 0; // the sample the server wants at frame 0 of this context
    this.gain = 0;
    this.waits = false;
  }

  /** Let what sounds now die away instead of stopping dead. */
  cut() {
    this.tail = [this.last[0], this.last[1]];
  }

  /** New samples, kept where their number says; `wish` tells in how many samples they should sound. */
  take({ pcm, start, wish }) {
    const count = pcm.length >> 1;
    this.aim(start - (wish ?? MARGIN) - currentFrame);
    this.remember(-(wish ?? MARGIN));
    if (this.end < 0 || Math.abs(start - this.end) > RING / 4) this.begin(start);
    for (let i = this.end; i < start; i += 1) this.left[i & (RING - 1)] = this.right[i & (RING - 1)] = 0;
    for (let i = 0; i < count; i += 1) {
      const slot = (start + i) & (RING - 1);
      this.left[slot] = pcm[2 * i] / 32767;
      this.right[slot] = pcm[2 * i + 1] / 32767;
    }
    this.end = Math.max(this.end, start + count);
    this.probe.taken += count;
  }

  remember(late) {
    const spell = Math.floor(currentFrame / SPELL);
    const now = this.late[this.late.length - 1];
    if (now?.spell === spell) now.worst = Math.max(now.worst, late);
    else this.late.push({ spell, worst: late });
    if (this.late.length > SPELLS) this.late.shift();
  }

  /** Follow the server's line; single messages tremble by the sound card's own steps. */
  aim(line) {
    const off = line - this.line;
    this.line += this.end < 0 || Math.abs(off) > 4 * STRAY ? off : off * 0.1;
  }

  begin(start) {
    const { line } = this;
    this.reset();
    this.line = line;
    this.first = start;
    this.end = start;
    this.at = Math.min(this.wanted(), start);
  }

  /** The sample that should play now: on the server's line, or behind it by what usually comes late. */
  wanted() {
    const worst = this.late.map((one) => one.worst).sort((a, b) => b - a)[Math.min(FORGIVEN, this.late.length - 1)] ?? 0;
    const behind = Math.min(LATE_MOST, Math.max(0, worst + MARGIN));
    return Math.round(this.line + currentFrame - behind);
  }

  process(_inputs, [[left, right]]) {
    if (this.end >= 0) this.play(left, right ?? left);
    this.ring(left, right ?? left);
    this.measure(left);
    return true;
  }

  play(left, right) {
    const count = left.length;
    if (this.waits && !this.resume(count)) return;
    if (this.end - this.at < count) {
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
    if (this.blocks % LOOK_BLOCKS === 0) this.settle(count);
  }

  /** The samples are late: fall silent, and wait for more than a mouthful. */
  starve() {
    this.cut();
    this.waits = true;
    this.gain = 0;
    this.probe.gaps += 1;
  }

  /** After a gap: go on where the line is by now, not where it was; what came too late is let go. */
  resume(count) {
    const at = Math.max(this.at, this.wanted());
    if (this.end - at < count + MARGIN) return false;
    this.at = at;
    this.waits = false;
    return true;
  }

  /** Step onto the line where the player has strayed from it. */
  settle(count) {
    const step = this.wanted() + count - this.at;
    const there = this.at + step >= this.first && this.end - this.at - step > 2 * FADE;
    if (Math.abs(step) > STRAY && there) this.leap(step);
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
      behind: this.end < 0 ? 0 : this.line + currentFrame + count - this.at, // of the server's clock
    });
    this.probe.sum = 0;
    this.probe.peak = 0;
  }
}

registerProcessor('mundi-player', Player);
