/** Password, address, and the devices one is signed in on. */

import { h, toast } from './dom.js';
import { field, sending } from './forms.js';
import { day } from './when.js';

/**
 * @param {import('../rest.js').Rest} rest
 * @param {(...parts: Node[]) => void} fill
 * @param {() => void} again
 */
export async function safety(rest, fill, again) {
  fill(h('p', { class: 'fine' }, 'Looking…'));
  try {
    const { items } = await rest.get('/auth/sessions');
    fill(devices(rest, items, again), fold('Another password', passwords(rest, again)), fold('Another address', addresses(rest, again)));
  } catch (problem) {
    fill(h('p', { class: 'wrong' }, problem.message));
  }
}

function devices(rest, items, again) {
  const end = (path) => rest.del(path).then(again, (problem) => toast(problem.message, true));
  const row = (one) => h('li', {},
    h('span', {}, h('b', {}, one.label || 'A device'), h('small', {}, one.current ? 'this one' : `last used ${day(one.last_used_at)}`)),
    !one.current && h('button', { class: 'quiet', type: 'button', onclick: () => end(`/auth/sessions/${one.id}`) }, 'Sign out'));
  return h('section', {},
    h('h3', {}, 'Where you are signed in'),
    h('ul', { class: 'rows' }, ...items.map(row)),
    items.length > 1 && h('button', { class: 'link', type: 'button', onclick: () => end('/auth/sessions') }, 'Sign out everywhere else'));
}

function passwords(rest, again) {
  return sending('Change it', async (words) => {
    await rest.post('/auth/password', words);
    toast('The new password counts. Other devices have to sign in again.');
    again();
  },
  field('current', 'Password now', { type: 'password', autocomplete: 'current-password', required: true }),
  field('new', 'New password', { type: 'password', autocomplete: 'new-password', required: true }));
}

function addresses(rest, again) {
  return sending('Move there', async (words) => {
    const answer = await rest.post('/auth/email', words);
    if (!answer.sent_to) rest.me = answer;
    toast(answer.sent_to ? `A letter is on its way to ${answer.sent_to}; its link moves your account there.` : 'Your account has its new address.');
    again();
  },
  field('email', 'New e-mail', { type: 'email', autocomplete: 'email', required: true }),
  field('password', 'Password', { type: 'password', autocomplete: 'current-password', required: true }));
}

function fold(words, inside) {
  return h('details', {}, h('summary', {}, words), inside);
}
