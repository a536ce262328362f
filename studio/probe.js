/**
 * `window.mundi`: what a test may read of the page. Nothing here changes anything.
 *
 * @typedef {object} Probe
 * @property {number} tick      shown now
 * @property {?object} player   the worklet's last report: at, time, rms, peak, gaps, onset, heard, taken, quiet, lead, behind
 * @property {number} notes     notes shown so far
 * @property {number} rings     rings sent so far
 * @property {string[]} bodies  in the picture
 * @property {?number} onset    performance.now() at which the last sound after a silence reached the ear
 */

/** Lay the probe on the page. */
export function probe(studio) {
  Object.defineProperty(window, 'mundi', { value: Object.freeze(view(studio)) });
}

/** @returns {Probe} */
function view(studio) {
  const { sound, picture } = studio;
  return {
    get tick() { return studio.session?.timeline.head ?? null; },
    get player() { return sound.report && { ...sound.report }; },
    get notes() { return studio.heard; },
    get rings() { return picture.rings.shown; },
    get bodies() { return [...picture.places.keys()]; },
    get document() { return structuredClone(studio.session?.document ?? null); },
    get transport() { return { ...studio.session?.transport }; },
    get mode() { return studio.session?.mode ?? null; },
    get role() { return studio.session?.role ?? null; },
    get latency() { return sound.latency; },
    get pace() { return { quality: picture.quality, step: picture.pace.step }; },
    get onset() { return sound.report?.onset ? sound.ear(sound.report.onset) : null; },
    project: (place) => picture.camera.project(place),
  };
}
