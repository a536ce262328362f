/** How rules say bodies look: six channels a body, those without a say left out. */

const CHANNELS = ['hue', 'lightness', 'size', 'glow', 'trail', 'opacity'];
const AS_IT_IS = 255;
const NONE = Object.freeze({});
const REACH = { hue: (share) => 360 * share, size: (share) => 10 ** (2 * share - 1) };

export class Looks {
  constructor() {
    this.by = new Map();
    this.bytes = null;
  }

  /**
   * Take the looks of a frame.
   * @param {string[]} ids
   * @param {?Uint8Array} bytes  six a body, in the order of the ids
   */
  take(ids, bytes) {
    if (bytes === this.bytes) return;
    this.bytes = bytes ?? null;
    this.by.clear();
    if (!bytes || bytes.length !== 6 * ids.length) return;
    ids.forEach((id, row) => {
      const look = {};
      CHANNELS.forEach((name, i) => {
        const byte = bytes[6 * row + i];
        if (byte !== AS_IT_IS) look[name] = REACH[name]?.(byte / 254) ?? byte / 254;
      });
      this.by.set(id, look);
    });
  }

  /** @returns {{hue?: number, lightness?: number, size?: number, glow?: number, trail?: number, opacity?: number}} */
  of(id) {
    return this.by.get(id) ?? NONE;
  }
}

/** The picture's parameters as story and rules have moved them: {"visual.glow": 1} over {glow: 0.5}. */
export function moved(visual, changes) {
  const found = structuredClone(visual);
  for (const [path, value] of Object.entries(changes ?? {})) {
    const steps = path.split('.').slice(1);
    const last = steps.pop();
    let here = found;
    for (const step of steps) here = here[step] ??= {};
    here[last] = value;
  }
  return found;
}
