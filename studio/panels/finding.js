/** Finding universes: by words and tags, among one's own, shared, liked, everybody's. */

import { $, h, toast } from './dom.js';
import { close } from './forms.js';
import { paged } from './pages.js';
import { tabs } from './tabs.js';
import { thumb } from './thumb.js';
import { day } from './when.js';

const SCOPES = { Everybody: 'public', Yours: 'own', 'Shared with you': 'shared', Starred: 'starred' };
const SORTS = [['recent', 'changed lately'], ['new', 'newest'], ['stars', 'most liked'], ['title', 'by title']];
const TYPING_MS = 250;

export class Finding {
  /**
   * @param {import('../rest.js').Rest} rest
   * @param {(universe: object) => void} opened
   */
  constructor(rest, opened) {
    Object.assign(this, { rest, opened, dialog: $('find-dialog'), scope: 'Everybody', sort: 'recent', words: '', tag: '' });
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
  }

  open() {
    if (!this.rest.me) this.scope = 'Everybody';
    this.list = h('ul', { class: 'found', id: 'found', 'aria-live': 'polite' });
    this.dialog.replaceChildren(
      h('header', {}, h('h2', { id: 'find-title' }, 'Find'), close(this.dialog)),
      ...(this.rest.me ? [this.leaves()] : []),
      h('div', { class: 'asked' }, this.searching(), this.sorting()),
      this.list);
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector('input').focus();
    this.look();
  }

  leaves() {
    const row = tabs('Among which', Object.keys(SCOPES), this.scope, (name) => {
      this.scope = name;
      this.dialog.querySelector('[role=tablist]').replaceWith(this.leaves());
      this.look();
    });
    return row;
  }

  searching() {
    const input = h('input', { type: 'search', id: 'find-words', value: this.words, maxlength: 100, placeholder: 'bells, pendulum, #tag', 'aria-label': 'Words of the title, the text or a tag; # before a tag' });
    input.oninput = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.words = input.value;
        this.look();
      }, TYPING_MS);
    };
    return input;
  }

  sorting() {
    const choice = h('select', { id: 'find-sort', 'aria-label': 'In which order' }, ...SORTS.map(([value, words]) => h('option', { value, selected: value === this.sort }, words)));
    choice.onchange = () => {
      this.sort = choice.value;
      this.look();
    };
    return choice;
  }

  look() {
    const words = this.words.trim().split(/\s+/).filter(Boolean);
    const asked = new URLSearchParams({ scope: SCOPES[this.scope], sort: this.sort, limit: 20 });
    const [tags, plain] = [words.filter((word) => word.length > 1 && word.startsWith('#')), words.filter((word) => !word.startsWith('#'))];
    if (plain.length) asked.set('q', plain.join(' '));
    if (tags.length) asked.set('tags', tags.map((tag) => tag.slice(1)).join(','));
    const page = (cursor) => this.rest.get(`/universes?${asked}${cursor ? `&cursor=${cursor}` : ''}`);
    return paged(this.list, page, (one) => this.row(one), words.length ? 'Nothing has these words.' : 'Nothing here yet.');
  }

  row(one) {
    const place = h('span', { class: 'thumb' });
    this.rest.get(`/universes/${one.id}`).then((whole) => place.replaceChildren(thumb(whole.document, one.id)), () => {});
    const tag = (word) => h('button', { class: 'tag', type: 'button', onclick: () => this.tagged(word) }, `#${word}`);
    const who = one.owner?.display_name ?? 'Mundi';
    return h('li', { 'data-id': one.id },
      h('button', { class: 'open', type: 'button', onclick: () => this.chosen(one) }, place,
        h('span', { class: 'told' }, h('b', {}, one.title), h('small', {}, `${who} · ${one.stars} ★ · ${day(one.updated_at)}`), one.about && h('small', { class: 'of' }, one.about))),
      one.tags.length > 0 && h('div', { class: 'tags' }, ...one.tags.map(tag)));
  }

  tagged(word) {
    this.words = `#${word}`;
    this.dialog.querySelector('#find-words').value = this.words;
    this.look();
  }

  async chosen(one) {
    this.dialog.close();
    try {
      this.opened(await this.rest.get(`/universes/${one.id}`));
    } catch (problem) {
      toast(problem.message, true);
    }
  }
}
