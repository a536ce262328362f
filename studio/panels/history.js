/** What a universe was: every change with its author, compared, named, restored; and one's own taken back. */

import { $, badge, h, toast } from './dom.js';
import { field, sending } from './forms.js';
import { paged } from './pages.js';
import { moment } from './when.js';

const SETTLE_MS = 600;
const SHOWN = 40;
const WORDS = 60;
const FILTERS = [['', 'Everything'], ['mine', 'What I did'], ['named', 'What has a name']];

export class Past {
  /**
   * @param {import('../rest.js').Rest} rest
   * @param {() => ?import('../session.js').Session} session
   */
  constructor(rest, session) {
    Object.assign(this, { rest, session, kept: '' });
  }

  get path() {
    return `/universes/${this.session().universe.id}`;
  }

  draw() {
    if (!this.session()) return;
    this.list = h('ol', { class: 'past', id: 'past' }, h('li', { class: 'fine' }, 'Looking…'));
    $('leaf-history').replaceChildren(this.turning(), this.sorting(), this.list);
    this.fetch();
  }

  /** Something was changed: look again, once it has become quiet. */
  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => $('leaf-history').hidden || $('tune').hidden || this.list?.querySelector('[open]') || this.fetch(), SETTLE_MS);
  }

  turning() {
    const session = this.session();
    const may = session.mayEdit;
    const act = (word, words, key) => h('button', { class: 'quiet outlined', type: 'button', disabled: !may, title: key, onclick: () => this.session().turn(word) }, words);
    return h('div', { class: 'row' }, act('undo', 'Undo mine', 'Ctrl Z'), act('redo', 'Redo mine', 'Ctrl Shift Z'));
  }

  sorting() {
    const choice = h('select', { id: 'past-kept', 'aria-label': 'Which changes' }, ...FILTERS.map(([value, words]) => h('option', { value, selected: value === this.kept, disabled: value === 'mine' && !this.rest.me }, words)));
    choice.onchange = () => {
      this.kept = choice.value;
      this.fetch();
    };
    return choice;
  }

  fetch() {
    const kept = { mine: `&author=${this.rest.me?.id}`, named: '&named=true' }[this.kept] ?? '';
    const page = (cursor) => this.rest.get(`${this.path}/history?limit=25${kept}${cursor ? `&cursor=${cursor}` : ''}`);
    const solo = this.session().mode === 'solo' ? 'Nothing yet. What you change while you play alone is heard by nobody and kept nowhere; save a copy to keep it.' : 'Nothing of that kind.';
    return paged(this.list, page, (change) => this.row(change), solo);
  }

  row(change) {
    const name = change.actor.display_name ?? (change.actor.kind === 'user' ? 'Somebody who left' : 'Mundi');
    const inside = h('div', { class: 'inside' });
    const traits = { ontoggle: (event) => event.currentTarget.open && !inside.hasChildNodes() && this.unfold(change, inside) };
    return h('li', { 'data-rev': change.rev }, h('details', traits,
      h('summary', {}, badge(name), h('span', { class: 'told' },
        change.name && h('b', { class: 'named' }, change.name),
        h('span', {}, short(change.summary)),
        h('small', {}, `${name} · `, h('time', { datetime: change.created_at, title: new Date(change.created_at).toLocaleString() }, moment(change.created_at))))),
      inside));
  }

  unfold(change, inside) {
    const may = ['owner', 'editor'].includes(this.session().universe.role);
    const compared = h('div', { class: 'compared', role: 'status' });
    const button = (words, act, id) => h('button', { class: 'quiet outlined', type: 'button', 'data-act': id, onclick: act }, words);
    inside.append(
      h('div', { class: 'row' },
        button('What it changed', () => compared.replaceChildren(change.act === 'create' ? h('p', { class: 'fine' }, 'This is how it began.') : table(leaves(change.patch, change.inverse))), 'changed'),
        button('How now differs', () => this.compare(change, compared), 'differs'),
        may && button('Make it so again', () => this.restore(change), 'restore')),
      compared,
      ...(may ? [this.naming(change)] : []));
  }

  naming(change) {
    const form = sending('Keep the name', async ({ name }) => {
      await this.rest.put(`${this.path}/history/${change.rev}/name`, { name: name.trim() || null });
      toast(name.trim() ? `It is “${name.trim()}” from now on.` : 'The name is gone.');
      await this.fetch();
    }, field('name', 'A name for this version', { value: change.name ?? '', maxlength: 80 }));
    form.className = 'naming';
    return form;
  }

  /** What is different now from how it was after a change. */
  async compare({ rev }, place) {
    place.replaceChildren(h('p', { class: 'fine' }, 'Comparing…'));
    try {
      const { changes } = await this.rest.get(`${this.path}/history/compare?from=${rev}&to=${await this.newest()}`);
      place.replaceChildren(changes.length ? table(changes) : h('p', { class: 'fine' }, 'Nothing: it is as it was.'));
    } catch (problem) {
      place.replaceChildren(h('p', { class: 'wrong' }, problem.message));
    }
  }

  async newest() {
    const { items } = await this.rest.get(`${this.path}/history?limit=1`);
    return items[0].rev;
  }

  async restore(change) {
    try {
      const now = await this.rest.get(this.path);
      await this.rest.post(`${this.path}/history/${change.rev}/restore`, undefined, { 'If-Match': now.etag });
      toast('It is again as it was then. Undo takes that back.');
      await this.fetch();
    } catch (problem) {
      toast(problem.problems?.[0]?.message ?? problem.message, true);
    }
  }
}

/** The members a patch changes, with what stood there before: what takes it back says so. */
function leaves(patch, inverse, path = '$') {
  return Object.entries(patch).flatMap(([key, after]) => {
    const [before, where] = [inverse?.[key] ?? null, `${path}.${key}`];
    const deeper = after !== null && typeof after === 'object' && !Array.isArray(after) && before !== null;
    return deeper ? leaves(after, before, where) : [{ path: where, before, after }];
  });
}

function table(changes) {
  const row = ({ path, before, after }) => h('li', {}, h('b', {}, path.replace(/^\$\.?/, '') || 'everything'), h('span', {}, value(before)), h('span', { 'aria-label': 'became' }, ' → '), h('span', {}, value(after)));
  const more = changes.length > SHOWN && h('li', { class: 'fine' }, `and ${changes.length - SHOWN} more`);
  return h('ul', { class: 'differences' }, ...changes.slice(0, SHOWN).map(row), more);
}

const short = (words) => (words.length > 2 * WORDS ? `${words.slice(0, 2 * WORDS)}…` : words);

function value(one) {
  if (one === null) return 'nothing';
  const words = typeof one === 'string' ? one : JSON.stringify(one);
  return words.length > WORDS ? `${words.slice(0, WORDS)}…` : words;
}
