/** What is said of a universe, of a body, of a moment, of a point of its story; and what is answered. */

import { clock } from '../text.js';
import { TICKS_PER_SECOND } from '../wire.js';
import { $, badge, h, toast } from './dom.js';
import { paged } from './pages.js';
import { moment } from './when.js';

const LONGEST = 4000;
const BODIES_MOST = 200;
const SETTLE_MS = 400;

export class Comments {
  /**
   * @param {import('../rest.js').Rest} rest
   * @param {() => ?import('../session.js').Session} session
   * @param {() => void} enter  ask somebody in
   */
  constructor(rest, session, enter) {
    Object.assign(this, { rest, session, enter, settled: false });
  }

  get path() {
    return `/universes/${this.session().universe.id}/comments`;
  }

  draw() {
    if (!this.session()) return;
    this.list = h('ul', { class: 'talk', id: 'talk' }, h('li', { class: 'fine' }, 'Looking…'));
    $('leaf-comments').replaceChildren(this.rest.me ? this.saying() : this.asking(), this.sorting(), this.list);
    this.fetch();
  }

  /** Somebody said something: look again, unless one is in the middle of a sentence. */
  changed() {
    clearTimeout(this.timer);
    const writing = () => this.list?.querySelector('textarea');
    this.timer = setTimeout(() => $('leaf-comments').hidden || $('tune').hidden || writing() || this.fetch(), SETTLE_MS);
  }

  asking() {
    return h('p', { class: 'fine' }, 'Who has an account may say something. ', h('button', { class: 'link', type: 'button', onclick: this.enter }, 'Sign in'));
  }

  sorting() {
    const choice = h('select', { id: 'talk-settled', 'aria-label': 'Which comments' }, h('option', { value: '', selected: !this.settled }, 'Open'), h('option', { value: 'yes', selected: this.settled }, 'Settled'));
    choice.onchange = () => {
      this.settled = choice.value === 'yes';
      this.fetch();
    };
    return choice;
  }

  /** The form with which something new is said. */
  saying() {
    const about = h('select', { name: 'about', 'aria-label': 'What it is about' }, ...this.targets());
    const form = writing('Say it', '', async (text) => {
      await this.rest.post(this.path, { text, target: target(about.value) });
      this.settled = false;
      this.draw();
    });
    // The moment meant is the one at which somebody began to write.
    form.querySelector('textarea').onfocus = () => this.hold(about);
    form.prepend(h('label', { class: 'field' }, h('span', {}, 'About'), about));
    form.id = 'say';
    return form;
  }

  targets() {
    const { document: now } = this.session();
    const group = (label, options) => options.length > 0 && h('optgroup', { label }, ...options);
    const bodies = Object.keys(now.bodies ?? {}).sort().slice(0, BODIES_MOST);
    const points = Object.entries(now.story ?? {});
    const tick = this.tick();
    return [
      h('option', { value: 'universe' }, 'The whole universe'),
      h('option', { value: `moment ${tick}` }, `This moment, ${at(tick)}`),
      group('A body', bodies.map((id) => h('option', { value: `body ${id}` }, id))),
      group('A point of the story', points.map(([id, point]) => h('option', { value: `story ${id}` }, point.title ?? id))),
    ].filter(Boolean);
  }

  tick() {
    return Math.max(0, Math.round(this.session().timeline.head ?? 0));
  }

  hold(about) {
    const option = about.querySelector('[value^="moment"]');
    const tick = this.tick();
    option.value = `moment ${tick}`;
    option.textContent = `This moment, ${at(tick)}`;
  }

  fetch() {
    const page = (cursor) => this.rest.get(`${this.path}?limit=20&resolved=${this.settled}${cursor ? `&cursor=${cursor}` : ''}`);
    return paged(this.list, page, (one) => this.remark(one), this.settled ? 'Nothing has been settled yet.' : 'Nobody has said anything yet.');
  }

  remark(one) {
    const replies = h('ul', { class: 'replies' });
    const made = h('li', { 'data-id': one.id }, this.said(one, replies), replies);
    if (one.replies) this.answers(one, replies);
    return made;
  }

  async answers(one, place) {
    const page = (cursor) => this.rest.get(`${this.path}?limit=50&parent=${one.id}${cursor ? `&cursor=${cursor}` : ''}`);
    await paged(place, page, (reply) => h('li', { 'data-id': reply.id }, this.said(reply, null)), '');
  }

  /** One comment, whole: who, when, about what, and what may be done with it. */
  said(one, replies) {
    const name = one.deleted ? 'Deleted' : (one.author?.display_name ?? 'Somebody who left');
    const box = h('article', { class: 'said' },
      h('header', {}, badge(name), h('b', {}, name), h('small', {}, h('time', { datetime: one.created_at, title: new Date(one.created_at).toLocaleString() }, moment(one.created_at)), one.edited_at ? ' · edited' : '')),
      replies && this.about(one.target),
      h('p', { class: one.deleted ? 'text fine' : 'text' }, one.deleted ? 'This was deleted.' : one.text));
    box.append(this.acts(one, box, replies));
    return box;
  }

  about({ kind, id, tick }) {
    if (kind === 'universe') return null;
    if (kind === 'moment') return h('button', { class: 'link', type: 'button', disabled: !this.session().mayPush, title: 'Go there', onclick: () => this.session().seek(tick) }, `at ${at(tick)}`);
    const title = kind === 'story' ? (this.session().document.story?.[id]?.title ?? id) : id;
    return h('p', { class: 'fine' }, kind === 'story' ? `about “${title}”` : `about the body ${title}`);
  }

  acts(one, box, replies) {
    const mine = one.author && one.author.id === this.rest.me?.id;
    const { role } = this.session().universe;
    const shapes = role === 'owner' || role === 'editor';
    const where = `${this.path}/${one.id}`;
    const act = (words, what) => h('button', { class: 'link', type: 'button', onclick: what }, words);
    return h('div', { class: 'acts-of' },
      this.rest.me && replies && act('Reply', () => this.reply(one, replies)),
      mine && !one.deleted && act('Edit', () => this.edit(one, box)),
      replies && (mine || shapes) && act(one.resolved_at ? 'Open again' : 'Settle', () => this.act(() => this.rest.post(`${where}/${one.resolved_at ? 'reopen' : 'resolve'}`))),
      (mine || role === 'owner') && !one.deleted && act('Delete', () => this.act(() => this.rest.del(where))));
  }

  reply(one, place) {
    if (place.querySelector('form')) return;
    const form = writing('Reply', '', (text) => this.rest.post(this.path, { text, parent: one.id }).then(() => this.fetch()), () => form.parentElement.remove());
    place.append(h('li', {}, form));
    this.write(form);
  }

  edit(one, box) {
    const form = writing('Keep', one.text, (text) => this.rest.patch(`${this.path}/${one.id}`, { text }).then(() => this.fetch()), () => form.replaceWith(was));
    const was = box.querySelector('.text');
    was.replaceWith(form);
    this.write(form);
  }

  write(form) {
    // What was asked for before somebody began to write would take the form away from under them.
    this.list.turn = null;
    form.querySelector('textarea').focus();
  }

  async act(what) {
    try {
      await what();
      await this.fetch();
    } catch (problem) {
      toast(problem.message, true);
    }
  }
}

/** A few lines to be written; Ctrl Enter sends them. */
function writing(word, text, send, away = null) {
  const area = h('textarea', { name: 'text', rows: 2, maxlength: LONGEST, required: true, 'aria-label': word === 'Say it' ? 'What do you hear?' : word, placeholder: word === 'Say it' ? 'What do you hear?' : '' }, text);
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const button = h('button', { class: 'quiet outlined', type: 'submit' }, word);
  const form = h('form', { class: 'writing', novalidate: true }, area, wrong, h('div', { class: 'row' }, button, away && h('button', { class: 'quiet', type: 'button', onclick: away }, 'Never mind')));
  area.onkeydown = (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    wrong.textContent = area.value.trim() ? '' : 'Write a word or two first.';
    if (wrong.textContent) return;
    button.disabled = true;
    await send(area.value.trim()).catch((problem) => (wrong.textContent = problem.problems?.[0]?.message ?? problem.message));
    button.disabled = false;
  };
  return form;
}

function target(value) {
  const [kind, what] = value.split(' ');
  if (kind === 'universe') return { kind };
  return kind === 'moment' ? { kind, tick: Number(what) } : { kind, id: what };
}

const at = (tick) => clock(tick / TICKS_PER_SECOND);
