/** Who is in the room. */

import { $, badge, h } from './dom.js';

const SHOWN = 5;

/**
 * @param {{number: number, name: ?string, role: string}[]} members
 * @param {?number} own  one's own number
 */
export function showMembers(members, own) {
  if (members.length < 2) {
    $('members').replaceChildren();
    return;
  }
  const names = members.map((one) => (one.number === own ? 'you' : (one.name ?? 'a guest')));
  const faces = members.slice(0, SHOWN).map((one) => badge(one.name ?? 'Guest'));
  const count = h('span', { class: 'count', title: names.join(', ') }, `${members.length} listening`);
  $('members').replaceChildren(...faces, count, h('span', { class: 'unseen' }, names.join(', ')));
}
