/** Words the page says in more than one place. */

const ENDED = {
  4403: 'Its owner has closed this universe to you.',
  4404: 'This universe is no longer there.',
  4422: 'This universe was written for an older version and cannot be played before it is mended.',
  4400: 'The studio and the server do not understand each other. Please load the page again.',
};

/** Why a room was left for good. */
export const ended = (code) => ENDED[code] ?? 'The room has closed.';

/** Where an edit was refused, in a person's words. */
export function refused({ code, message, problems }) {
  return problems?.[0]?.message ?? message ?? `That did not work (${code}).`;
}

/** Seconds as 1:05. */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** How far the energy is off; nothing where it is not to last, or nothing is known. */
export const energy = (off) => (Number.isFinite(off) ? `energy ± ${off === 0 ? '0' : off.toExponential(0)}` : '');

/** The line over the title. */
export function eyebrow({ universe, mode, role }) {
  if (mode === 'solo') return universe.example ? 'An example · playing alone' : 'Playing alone';
  if (role === 'viewer') return `${universe.owner ? `${universe.owner.display_name} · ` : ''}listening together`;
  return role === 'owner' ? 'Your universe · live' : `${universe.owner?.display_name ?? 'Shared'} · live`;
}
