/** The sound: an AudioContext whose only source is the server's samples. */

import { SAMPLES_PER_TICK, SAMPLE_RATE } from './wire.js';

export const FADE_S = 0.5;

export class Sound {
  constructor() {
    this.context = null;
    this.player = null;
    this.report = null;
    this.level = 1;
    this.wanted = false; // somebody pressed Listen
    /** @type {(report: object) => void} */
    this.onreport = () => {};
  }

  get on() {
    return this.context?.state === 'running' && this.player !== null;
  }

  /** Open the sound card; call it inside a person's own press, or the browser keeps it shut. */
  async open() {
    if (!this.context) {
      this.context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' });
      this.volume = new GainNode(this.context, { gain: 0 });
      this.volume.connect(this.context.destination);
      this.ready = this.load();
    }
    await Promise.all([this.context.resume(), this.ready]);
  }

  async load() {
    await this.context.audioWorklet.addModule(new URL('./sound-worklet.js', import.meta.url));
    this.player = new AudioWorkletNode(this.context, 'mundi-player', { numberOfInputs: 0, outputChannelCount: [2] });
    this.player.port.onmessage = ({ data }) => {
      this.report = data;
      this.onreport(data);
    };
    this.player.connect(this.volume);
  }

  /** Bring the sound up, or down to nothing, over half a second. */
  fade(level, seconds = FADE_S) {
    if (!this.context) return;
    const now = this.context.currentTime;
    this.volume.gain.cancelScheduledValues(now);
    this.volume.gain.setValueAtTime(this.volume.gain.value, now);
    this.volume.gain.linearRampToValueAtTime(level * this.level, now + seconds);
  }

  /** A new end of the way into the player; the one before is cut off. */
  port() {
    const { port1, port2 } = new MessageChannel();
    this.player.port.postMessage({ port: port1 }, [port1]);
    if (this.report) this.report.plays = false;
    return port2;
  }

  /** Seconds from the player to the ear. */
  get latency() {
    return this.context?.outputLatency || this.context?.baseLatency || 0;
  }

  /** The tick that leaves the loudspeaker at a moment of performance.now(), or null while nothing plays. */
  tick(now) {
    if (!this.on || !this.report?.plays) return null;
    const seconds = this.moment(now) - this.report.time;
    if (Math.abs(seconds) > 0.5) return null;
    return (this.report.at + seconds * SAMPLE_RATE) / SAMPLES_PER_TICK;
  }

  /** The moment of performance.now() at which a time of the context reaches the ear. */
  ear(time) {
    const now = performance.now();
    return now + 1000 * (time - this.moment(now));
  }

  /** The context's time that is heard at a moment of performance.now(). */
  moment(now) {
    const stamp = this.context.getOutputTimestamp?.();
    if (stamp?.performanceTime > 0) return stamp.contextTime + (now - stamp.performanceTime) / 1000;
    return this.context.currentTime - this.latency;
  }
}
