/** Days, moments and numbers, as a person's own language writes them. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const COMMON = ['en', 'en-GB', 'en-US', 'cs', 'da', 'de', 'es', 'fi', 'fr', 'it', 'ja', 'ko', 'nl', 'nb', 'pl', 'pt-BR', 'pt-PT', 'sv', 'tr', 'uk', 'zh'];
let spoken;

/** Take the language somebody prefers; nothing is their device's. */
export function speak(language) {
  spoken = language || undefined;
}

/** The languages one may choose, each with the name it has in English; what somebody has is among them. */
export function languages(now) {
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  return [...new Set([now, ...COMMON])].map((code) => [code, names.of(code)]).sort(([, a], [, b]) => a.localeCompare(b));
}

/** A day as people write it here. */
export const day = (moment) => new Date(moment).toLocaleDateString(spoken, { year: 'numeric', month: 'short', day: 'numeric' });

/** A moment: as long ago as it is while that is short, else its day and hour. */
export function moment(written, now = Date.now()) {
  const ago = now - new Date(written);
  if (ago < MINUTE_MS) return 'just now';
  if (ago < HOUR_MS) return `${Math.floor(ago / MINUTE_MS)} min ago`;
  return new Date(written).toLocaleString(spoken, { dateStyle: 'medium', timeStyle: 'short' });
}

/** A number with so many places after its point. */
export const number = (value, places) => value.toLocaleString(spoken, { minimumFractionDigits: places, maximumFractionDigits: places });
