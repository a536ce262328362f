/** What is kept of one, to take along; and the way out. */

import { h, toast } from './dom.js';
import { complain, field, sending } from './forms.js';

const KINDS = [['', 'I have none, or have not decided'], ['heir', 'Offer my universes to somebody'], ['delete', 'Delete my universes too']];

/**
 * @param {import('../rest.js').Rest} rest
 * @param {() => void} gone
 */
export function leaving(rest, gone) {
  return [
    h('section', {},
      h('h3', {}, 'Take it along'),
      h('p', { class: 'fine' }, 'Profile, universes, comments, everything you did: one archive, in plain files.'),
      h('button', { class: 'quiet outlined', type: 'button', onclick: () => take(rest) }, 'Download everything')),
    h('details', { class: 'danger' },
      h('summary', {}, 'Delete my account'),
      h('p', { class: 'fine' }, 'What you did and wrote in the universes of others stays there, without your name. There is no way back.'),
      farewell(rest, gone)),
  ];
}

async function take(rest) {
  try {
    const blob = await rest.file('/auth/me/export');
    const link = h('a', { href: URL.createObjectURL(blob), download: 'mundi-account.zip' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (problem) {
    toast(problem.message, true);
  }
}

function farewell(rest, gone) {
  const heir = field('heir', 'Their handle', { maxlength: 32, autocapitalize: 'none' });
  heir.hidden = true;
  const kind = h('select', { name: 'kind' }, ...KINDS.map(([value, words]) => h('option', { value }, words)));
  const asked = h('p', { class: 'fine', hidden: true }, 'They are asked by letter. What they decline, or do not accept within ninety days, is deleted.');
  kind.onchange = () => (heir.hidden = asked.hidden = kind.value !== 'heir');
  return sending('Delete my account', async (words, form) => {
    const body = { password: words.password, heir: kind.value === 'heir' ? words.heir.trim() : null, delete_universes: kind.value === 'delete' };
    try {
      await rest.post('/auth/me/deletion', body);
    } catch (problem) {
      if (problem.code !== 'no_heir' || !complain(form, 'heir', 'Nobody else has this handle.')) throw problem;
      return;
    }
    gone();
    rest.leave({ deleted: true });
    toast('Your account is gone. Farewell.');
  },
  h('label', { class: 'field' }, h('span', {}, 'What becomes of my universes'), kind),
  heir, asked,
  field('password', 'Password', { type: 'password', autocomplete: 'current-password', required: true }));
}
