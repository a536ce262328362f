/** The share panel: the address, who is asked by handle, links for guests; and what comes in by them. */

import { close, field } from './forms.js';
import { $, h, toast } from './dom.js';

const ROLES = [['viewer', 'listens'], ['performer', 'plays and pushes'], ['editor', 'changes everything']];
const WEEK_S = 7 * 86_400;

export class Sharing {
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

  /** Show who may come in; only the owner says so. */
  async open(copy) {
    this.people = h('ul', { class: 'people' });
    this.links = h('ul', { class: 'people' });
    const link = h('button', { class: 'quiet', onclick: copy }, 'Copy the address');
    this.dialog.replaceChildren(
      h('header', {}, h('h2', { id: 'share-title' }, 'Share'), close(this.dialog)),
      h('div', { class: 'row' }, link),
      this.invite(),
      this.people,
      this.seats(),
      this.links,
    );
    this.dialog.showModal();
    await this.draw();
  }

  /** Ask somebody by handle. */
  invite() {
    const role = roles('performer');
    const form = h('form', { id: 'invite' }, field('handle', 'Ask somebody by handle', { maxlength: 33, required: true }), role, h('button', { class: 'solid' }, 'Ask them'));
    form.onsubmit = (event) => {
      event.preventDefault();
      this.act(async () => {
        await this.rest.post(`${this.path}/members`, { handle: form.elements.handle.value.trim(), role: role.value });
        form.reset();
      });
    };
    return form;
  }

  /** Make a link that needs no account; its secret is shown this once. */
  seats() {
    const role = roles('performer', 2);
    const make = h('button', { class: 'quiet', id: 'make-link' }, 'Make a link for guests, for a week');
    make.onclick = () =>
      this.act(async () => {
        const made = await this.rest.post(`${this.path}/links`, { role: role.value, guests: true, expires_in_s: WEEK_S });
        await give(new URL(`#link=${made.token}`, location.href).href);
      });
    return h('div', { class: 'field' }, h('span', {}, 'A guest with the link'), role, make);
  }

  async draw() {
    const [members, links] = await Promise.all([this.rest.get(`${this.path}/members`), this.rest.get(`${this.path}/links`)]);
    this.people.replaceChildren(...members.items.map((one) => this.member(one)));
    this.links.replaceChildren(...links.items.filter((one) => one.live).map((one) => this.link(one)));
  }

  member({ user, role, offered }) {
    const where = `${this.path}/members/${user.id}`;
    const select = roles(role ?? offered);
    select.onchange = () => this.act(() => this.rest.ask('PATCH', where, { role: select.value }));
    const words = role ? user.display_name : `${user.display_name} (asked)`;
    return h('li', {}, h('span', {}, words), offered === 'owner' ? 'is to own it' : select, this.cross('Remove', where));
  }

  link({ id, role, uses, expires_at: until }) {
    const words = `${role}, ${uses} in, until ${until ? new Date(until).toLocaleDateString() : 'it is ended'}`;
    return h('li', {}, h('span', {}, words), this.cross('End', `${this.path}/links/${id}`));
  }

  cross(words, where) {
    return h('button', { class: 'quiet', onclick: () => this.act(() => this.rest.ask('DELETE', where)) }, words);
  }

  async act(what) {
    try {
      await what();
      await this.draw();
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  /** Like what is open, or no more; the new count comes back. */
  async star() {
    const { universe } = this.session();
    try {
      Object.assign(universe, await this.rest.ask(universe.starred ? 'DELETE' : 'PUT', `${this.path}/star`));
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  /** Come in with a share link: as a member with an account, else with a seat and a name. */
  async arrive(secret) {
    const seen = await this.rest.post('/links/look', { token: secret });
    if (this.rest.me) return (await this.rest.post('/links/join', { token: secret })).id;
    const name = await this.name(seen);
    const seat = await this.rest.post('/links/enter', { token: secret, name });
    this.rest.sit(seat.token);
    return seat.universe_id;
  }

  name({ title }) {
    return new Promise((resolve) => {
      const form = h('form', { id: 'guest' }, field('name', 'Your name', { maxlength: 80, required: true }), h('button', { class: 'solid' }, 'Come in'));
      form.onsubmit = (event) => {
        event.preventDefault();
        this.dialog.close();
        resolve(form.elements.name.value.trim() || 'Guest');
      };
      this.dialog.replaceChildren(h('h2', { id: 'share-title' }, title), h('p', { class: 'lead' }, 'You were asked to play along.'), form);
      this.dialog.addEventListener('close', () => resolve('Guest'), { once: true });
      this.dialog.showModal();
    });
  }

  /** Tell of what one was asked, and take the answer. */
  async asked(opened) {
    const { items } = await this.rest.get('/invitations').catch(() => ({ items: [] }));
    const [one] = items;
    if (!one) return;
    const accept = async () => opened(await this.rest.post(`/invitations/${one.universe_id}/accept`));
    toast(`${one.owner?.display_name ?? 'Somebody'} asks you into “${one.title}”.`, false, ['Come in', accept]);
  }
}

function roles(chosen, most = ROLES.length) {
  return h('select', { 'aria-label': 'What they may do' }, ...ROLES.slice(0, most).map(([value, words]) => h('option', { value, selected: value === chosen }, words)));
}

async function give(link) {
  try {
    await navigator.clipboard.writeText(link);
    toast('Link copied. It is shown only now.');
  } catch {
    prompt('The link, shown only now:', link);
  }
}
