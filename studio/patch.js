/** JSON merge patches (RFC 7396), applied here as the server applies them. */

/** @returns {any} the target with the patch laid over it; neither is changed */
export function patched(target, patch) {
  if (!plain(patch)) return patch;
  const made = plain(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete made[key];
    else made[key] = patched(made[key], value);
  }
  return made;
}

/** A patch that sets one path: ("music.reverb.mix", 0.2) is {music: {reverb: {mix: 0.2}}}. */
export const at = (path, value) => path.split('.').reduceRight((inner, key) => ({ [key]: inner }), value);

/** What stands at a path of a document, or undefined. */
export const read = (document, path) => path.split('.').reduce((part, key) => part?.[key], document);

const plain = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
