/** Letting others in: the doors, people by handle, links; what the owner alone decides. */

import { $, badge, h, toast } from './dom.js';
import { close, complain, field, sending } from './forms.js';
import { day } from './when.js';

const ROLES = [['viewer', 'listens'], ['performer', 'plays and pushes'], ['editor', 'changes everything']];
const DAY_S = 86_400;
const LASTS = [[1, 'a day'], [7, 'a week'], [30, 'a month']];

export class Inviting {
  /**
   * @param {import('../rest.js').Rest} rest
   * @param {() => ?import('../session.js').Session} session
   */
  constructor(rest, session) {
    Object.assign(this, { rest, session, dialog: $('share-dialog') });
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
  }

  get path() {
    return `/universes/${this.session().universe.id}`;
  }

  /**
   * @param {() => void} copy  puts the address on the clipboard
   * @param {Node} doors  who may come in without being asked
   */
  async open(copy, doors) {
    this.people = h('ul', { class: 'people', 'aria-label': 'People' });
    this.links = h('ul', { class: 'people', 'aria-label': 'Links' });
    this.dialog.className = 'sheet glass person';
    this.dialog.replaceChildren(
      h('header', {}, h('h2', { id: 'share-title' }, 'Share'), close(this.dialog)),
      doors,
      h('div', { class: 'row' }, h('button', { class: 'quiet outlined', type: 'button', onclick: copy }, 'Copy the address')),
      h('section', {}, h('h3', {}, 'People'), this.invite(), this.people),
      h('section', {}, h('h3', {}, 'Links for guests'), this.seats(), this.links),
      h('details', {}, h('summary', {}, 'Hand it over'), this.handing()),
    );
    this.dialog.showModal();
    await this.draw();
  }

  /** Ask somebody by handle. */
  invite() {
    const role = roles('performer');
    const form = sending('Ask them', async ({ handle }, form) => {
      if (!handle.trim()) return complain(form, 'handle', 'Whom? Their handle stands in their profile.');
      await this.rest.post(`${this.path}/members`, { handle: handle.trim(), role: role.value });
      form.reset();
      toast('They were asked; it is for them to say yes.');
      await this.draw();
    }, field('handle', 'Ask somebody by handle', { maxlength: 33, required: true, autocapitalize: 'none', spellcheck: 'false', placeholder: '@ada' }), role);
    return Object.assign(form, { id: 'invite', className: 'asking' });
  }

  /** Make a link that needs no account; its secret is shown this once. */
  seats() {
    const role = roles('performer', 2);
    const lasts = h('select', { 'aria-label': 'How long it does' }, ...LASTS.map(([days, words]) => h('option', { value: days, selected: days === 7 }, `for ${words}`)));
    const make = h('button', { class: 'quiet outlined', id: 'make-link', type: 'button' }, 'Make a link');
    make.onclick = () =>
      this.act(async () => {
        const made = await this.rest.post(`${this.path}/links`, { role: role.value, guests: true, expires_in_s: lasts.value * DAY_S });
        const link = new URL(`#link=${made.token}`, location.href).href;
        this.fresh.replaceChildren(once(link));
        await give(link);
      });
    this.fresh = h('div', {});
    return h('div', {}, h('div', { class: 'asking' }, role, lasts, make), this.fresh);
  }

  /** Offer the universe itself. */
  handing() {
    return sending('Offer it', async ({ heir }, form) => {
      if (!heir.trim()) return complain(form, 'heir', 'To whom?');
      await this.rest.post(`${this.path}/transfer`, { handle: heir.trim() });
      toast('Offered. It changes hands when they accept; you stay as an editor.');
      await this.draw();
    }, field('heir', 'Who is to own it, by handle', { maxlength: 33, required: true, autocapitalize: 'none', spellcheck: 'false' }));
  }

  async draw() {
    const [members, links] = await Promise.all([this.rest.get(`${this.path}/members?limit=100`), this.rest.get(`${this.path}/links?limit=100`)]);
    this.people.replaceChildren(...members.items.map((one) => this.member(one)));
    this.links.replaceChildren(...links.items.filter((one) => one.live).map((one) => this.link(one)));
  }

  member({ user, role, offered }) {
    const owning = offered === 'owner';
    const where = `${this.path}/members/${user.id}`;
    const select = roles(role ?? offered);
    select.onchange = () => this.act(() => this.rest.ask('PATCH', where, { role: select.value }));
    const state = owning ? 'is asked to own it' : role ? user.handle && `@${user.handle}` : 'was asked';
    const back = owning ? this.cross('Take back', `${this.path}/transfer`) : this.cross('Remove', where);
    return h('li', {}, badge(user.display_name), h('span', {}, user.display_name, state && h('small', {}, state)), !owning && select, back);
  }

  link({ id, role, uses, expires_at: until }) {
    const says = ROLES.find(([name]) => name === role)[1];
    return h('li', {}, h('span', {}, `Who has it ${says}`, h('small', {}, `${uses} came in · until ${until ? day(until) : 'it is ended'}`)), this.cross('End', `${this.path}/links/${id}`));
  }

  cross(words, where) {
    return h('button', { class: 'quiet outlined', type: 'button', onclick: () => this.act(() => this.rest.ask('DELETE', where)) }, words);
  }

  async act(what) {
    try {
      await what();
      await this.draw();
    } catch (problem) {
      toast(problem.message, true);
    }
  }
}

function roles(chosen, most = ROLES.length) {
  return h('select', { 'aria-label': 'What they may do' }, ...ROLES.slice(0, most).map(([value, words]) => h('option', { value, selected: value === chosen }, words)));
}

/** A secret link, to be read and copied while the dialog is open. */
function once(link) {
  return h('div', { class: 'secret', role: 'status' },
    h('p', {}, 'This is the only time it is shown:'),
    h('code', {}, link),
    h('button', { class: 'quiet', type: 'button', onclick: () => give(link) }, 'Copy'));
}

async function give(link) {
  try {
    await navigator.clipboard.writeText(link);
    toast('Link copied.');
  } catch {
    toast('The link could not be copied: mark it and take it from here.', true);
  }
}
