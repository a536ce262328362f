/** The binary wire of `mundi.v1`: a 40-byte header, then parts. See docs/LIVE.md. */

export const TICKS_PER_SECOND = 120;
export const SAMPLES_PER_TICK = 400;
export const SAMPLE_RATE = TICKS_PER_SECOND * SAMPLES_PER_TICK;

const HEADER_BYTES = 40;
const MAGIC = 0x444e554d; // "MUND", little endian
const VERSION = 1;
const PART = { frames: 1, notes: 2, meters: 3, sound: 4, looks: 5, picture: 6 };

/**
 * @typedef {object} Frames
 * @property {number} roster   number of the roster that names the rows
 * @property {number} count    frames; one every two ticks
 * @property {number} bodies
 * @property {Float32Array} positions  count x bodies x 3
 *
 * @typedef {object} Note
 * @property {number} id
 * @property {number} sample   onset, counted from tick 0
 * @property {number} hz
 * @property {number} velocity 0..1
 * @property {?number} duration seconds; null while held
 * @property {string} voice
 * @property {number} pan
 * @property {string[]} bodies
 * @property {number[]} place  x, y, z
 * @property {string} rule
 * @property {string} event
 * @property {number} pitch_class 0..12, C = 0
 * @property {boolean} [ends]  this is the end of a held note
 *
 * @typedef {object} Meters
 * @property {number} peak
 * @property {number} rms
 * @property {number} energyError
 *
 * @typedef {object} Message
 * @property {boolean} keyframe
 * @property {number} generation
 * @property {number} tick
 * @property {number} ticks
 * @property {string} journal
 * @property {?Frames} frames
 * @property {Note[]} notes
 * @property {?Meters} meters
 * @property {?Uint8Array} looks  bodies x 6: see picture/looks.js
 * @property {?object} visual  parameters of the picture that story and rules have moved, by path
 * @property {?Int16Array} sound  interleaved stereo at 48 kHz
 */

/**
 * One binary message, read; null if it is not ours.
 * @param {ArrayBuffer} buffer
 * @returns {?Message}
 */
export function message(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC || view.getUint8(4) !== VERSION) return null;
  const read = {
    keyframe: (view.getUint16(6, true) & 1) === 1,
    generation: view.getUint32(8, true),
    ticks: view.getUint16(12, true),
    tick: Number(view.getBigUint64(16, true)),
    journal: uuid(new Uint8Array(buffer, 24, 16)),
    frames: null,
    notes: [],
    meters: null,
    looks: null,
    visual: null,
    sound: null,
  };
  parts(buffer, view, view.getUint16(14, true), read);
  return read;
}

function parts(buffer, view, count, read) {
  let at = HEADER_BYTES;
  for (let i = 0; i < count && at + 8 <= buffer.byteLength; i += 1) {
    const kind = view.getUint8(at);
    const bytes = view.getUint32(at + 4, true);
    const body = at + 8;
    if (body + bytes > buffer.byteLength) return;
    if (kind === PART.frames) read.frames = frames(buffer, view, body);
    else if (kind === PART.notes) read.notes = json(buffer, body, bytes) ?? [];
    else if (kind === PART.meters) read.meters = meters(view, body);
    else if (kind === PART.looks) read.looks = new Uint8Array(buffer.slice(body, body + bytes));
    else if (kind === PART.picture) read.visual = json(buffer, body, bytes);
    else if (kind === PART.sound) read.sound = sound(buffer, view, body, bytes);
    at = body + ((bytes + 3) & ~3);
  }
}

function frames(buffer, view, at) {
  const count = view.getUint16(at + 4, true);
  const bodies = view.getUint16(at + 6, true);
  const origin = [0, 1, 2].map((axis) => view.getFloat32(at + 8 + 4 * axis, true));
  const scale = view.getFloat32(at + 20, true);
  const packed = new Int16Array(buffer, at + 24, count * bodies * 3);
  const positions = new Float32Array(packed.length);
  for (let i = 0; i < packed.length; i += 1) positions[i] = origin[i % 3] + packed[i] * scale;
  return { roster: view.getUint32(at, true), count, bodies, positions };
}

function json(buffer, at, bytes) {
  return JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, at, bytes)) || 'null');
}

function meters(view, at) {
  return {
    peak: view.getFloat32(at, true),
    rms: view.getFloat32(at + 4, true),
    energyError: view.getFloat32(at + 8, true),
    momentary: view.getFloat32(at + 12, true),
    integrated: view.getFloat32(at + 16, true),
    centroidHz: view.getFloat32(at + 20, true),
    bandsDb: Array.from({ length: 10 }, (_, i) => view.getFloat32(at + 24 + 4 * i, true)),
  };
}

function sound(buffer, view, at, bytes) {
  if (view.getUint8(at) !== 1) return null;
  return new Int16Array(buffer, at + 4, (bytes - 4) >> 1);
}

function uuid(bytes) {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
