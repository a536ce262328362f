/** Colour: the hue of a note is its pitch class, twelve of them round the wheel, C red. */

const NAMES = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B'];

/** The hue of a pitch class in degrees; 0 = C = red. */
export const hue = (pitchClass) => (360 * pitchClass) / 12;

/**
 * The light of a pitch class, 0..1 each; all twelve about equally bright to the eye.
 * @returns {[number, number, number]}
 */
export function light(pitchClass, saturation = 0.8) {
  return even(wheel(hue(pitchClass) / 60), saturation);
}

/** A point of the colour wheel, 0..6. */
function wheel(sixth) {
  const ramp = (shift) => Math.min(1, Math.max(0, Math.abs(((((sixth + shift) % 6) + 6) % 6) - 3) - 1));
  return [ramp(0), ramp(4), ramp(2)];
}

/** Pull dark hues (blue) up and bright ones (yellow) down to one luminance. */
function even(rgb, saturation) {
  const luminance = (c) => 0.2126 * c[0] ** 2.2 + 0.7152 * c[1] ** 2.2 + 0.0722 * c[2] ** 2.2;
  const wanted = 0.34;
  let mixed = rgb.map((channel) => 1 + (channel - 1) * saturation);
  if (luminance(mixed) > wanted) {
    const down = (wanted / luminance(mixed)) ** (0.5 / 2.2);
    mixed = mixed.map((channel) => channel * down);
  }
  for (let i = 0; i < 8 && luminance(mixed) < wanted; i += 1) mixed = mixed.map((channel) => channel + (1 - channel) * 0.1);
  return /** @type {[number, number, number]} */ (mixed);
}

const PALETTES = {
  spectrum: (share) => 12 * share,
  monochrome: () => 7.5,
  complementary: (share) => (share < 0.5 ? 6.6 : 0.9),
  analogous: (share) => 5.5 + 3 * share,
  triadic: (share) => 0.8 + 4 * Math.floor(share * 2.999),
};
const PALE = [0.8, 0.86, 1];

/** The colour of a body that has not sung yet: a breath of its palette over moonlight. */
export function rest(palette, share) {
  const own = light((PALETTES[palette] ?? PALETTES.spectrum)(share), 0.8);
  return PALE.map((value, i) => value + (own[i] - value) * 0.5);
}

/** A colour at another lightness: black at 0, itself at a half, white at 1. */
export function lightened(rgb, share) {
  return share < 0.5 ? rgb.map((value) => value * 2 * share) : rgb.map((value) => value + (1 - value) * (2 * share - 1));
}

/** As CSS. */
export function css(rgb, alpha = 1) {
  const [r, g, b] = rgb.map((channel) => Math.round(255 * Math.min(1, channel)));
  return `rgb(${r} ${g} ${b} / ${alpha})`;
}

/** "#3fa" or "#33ffaa" as light, or null. */
export function hex(text) {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text ?? '')?.[1];
  if (!digits) return null;
  const wide = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  return [0, 2, 4].map((at) => parseInt(wide.slice(at, at + 2), 16) / 255);
}

/** The name of a frequency, with its octave: 440 is A4. */
export function pitchName(hz) {
  const step = Math.round(12 * Math.log2(hz / 440)) + 69;
  return `${NAMES[((step % 12) + 12) % 12]}${Math.floor(step / 12) - 1}`;
}
