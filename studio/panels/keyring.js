/** Keys for scripts: made for few things, shown once, ended at any time. */

import { h, toast } from './dom.js';
import { field, sending } from './forms.js';
import { day } from './when.js';

const SCOPES = [
  ['universes:read', 'read your universes'],
  ['universes:write', 'make and change them'],
  ['exports', 'make and fetch recordings'],
];
const LASTS = [['30', 'a month'], ['365', 'a year'], ['', 'until you end it']];
const DAY_MS = 86_400_000;

/**
 * @param {import('../rest.js').Rest} rest
 * @param {(...parts: Node[]) => void} fill
 * @param {?object} fresh  a key just made, to be shown this once
 */
export async function keyring(rest, fill, fresh = null) {
  fill(h('p', { class: 'fine' }, 'Looking…'));
  try {
    const { items } = await rest.get('/auth/keys');
    const again = (made = null) => keyring(rest, fill, made);
    fill(h('p', { class: 'fine' }, 'A key lets a script act as you, for what you tick and nothing else. It never reaches your account.'),
      fresh && shown(fresh), items.length > 0 && list(rest, items, again), making(rest, again));
  } catch (problem) {
    fill(h('p', { class: 'wrong' }, problem.message));
  }
}

function shown({ secret }) {
  const copy = async () => {
    await navigator.clipboard.writeText(secret).then(() => toast('Copied.'), () => toast('It could not be copied: mark it and take it from here.', true));
  };
  return h('div', { class: 'secret', role: 'status' },
    h('p', {}, 'This is the only time it is shown:'),
    h('code', {}, secret),
    h('button', { class: 'quiet', type: 'button', onclick: copy }, 'Copy'));
}

function list(rest, items, again) {
  const end = (id) => rest.del(`/auth/keys/${id}`).then(() => again(), (problem) => toast(problem.message, true));
  const used = (one) => (one.last_used_at ? `last used ${day(one.last_used_at)}` : 'never used');
  const row = (one) => h('li', {},
    h('span', {}, h('b', {}, one.name), h('small', {}, `${one.prefix}… · ${one.scopes.join(', ')} · ${used(one)}${one.expires_at ? ` · until ${day(one.expires_at)}` : ''}`)),
    h('button', { class: 'quiet', type: 'button', onclick: () => end(one.id) }, 'End'));
  return h('ul', { class: 'rows' }, ...items.map(row));
}

function making(rest, again) {
  const tick = ([scope, words], i) => h('label', { class: 'tick' }, h('input', { type: 'checkbox', name: scope, checked: i === 0 }), words);
  const lasts = h('select', { name: 'lasts' }, ...LASTS.map(([days, words]) => h('option', { value: days }, words)));
  return sending('Make a key', async (words) => {
    const scopes = SCOPES.map(([scope]) => scope).filter((scope) => words[scope]);
    const expires = words.lasts ? new Date(Date.now() + words.lasts * DAY_MS).toISOString() : null;
    again(await rest.post('/auth/keys', { name: words.name.trim(), scopes, expires_at: expires }));
  },
  field('name', 'What is it for?', { maxlength: 80, required: true, placeholder: 'nightly recordings' }),
  h('fieldset', { class: 'ticks' }, h('legend', {}, 'It may'), ...SCOPES.map(tick)),
  h('label', { class: 'field' }, h('span', {}, 'It lasts'), lasts));
}
