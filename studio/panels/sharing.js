/** What comes in by links and invitations, and the stars. */

import { $, h, toast } from './dom.js';
import { close, field } from './forms.js';

const ROLES = { viewer: 'to listen', performer: 'to play along', editor: 'to shape it with them', owner: 'to own it from now on' };

export class Sharing {
  /**
   * @param {import('../rest.js').Rest} rest
   * @param {() => ?import('../session.js').Session} session
   */
  constructor(rest, session) {
    Object.assign(this, { rest, session, dialog: $('share-dialog') });
  }

  /** Like what is open, or no more; the new count comes back. */
  async star() {
    const { universe } = this.session();
    try {
      Object.assign(universe, await this.rest.ask(universe.starred ? 'DELETE' : 'PUT', `/universes/${universe.id}/star`));
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

  name({ title, role }) {
    return new Promise((resolve) => {
      const form = h('form', { id: 'guest' }, field('name', 'Your name', { maxlength: 80, required: true }), h('button', { class: 'solid' }, 'Come in'));
      form.onsubmit = (event) => {
        event.preventDefault();
        this.dialog.close();
        resolve(form.elements.name.value.trim() || 'Guest');
      };
      this.say(title, role === 'viewer' ? 'You were asked to listen.' : 'You were asked to play along.', form);
      form.elements.name.focus();
      this.dialog.addEventListener('close', () => resolve('Guest'), { once: true });
    });
  }

  say(title, lead, ...parts) {
    this.dialog.className = 'sheet glass';
    this.dialog.replaceChildren(h('header', {}, h('h2', { id: 'share-title' }, title), close(this.dialog)), h('p', { class: 'lead' }, lead), ...parts);
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Tell of what one was asked, and take the answer. */
  async asked(opened) {
    const { items } = await this.rest.get('/invitations').catch(() => ({ items: [] }));
    if (items.length) toast(left(items[0]) ? `“${items[0].title}” was left to you.` : `${who(items[0])} asks you into “${items[0].title}”.`, false, ['See', () => this.answering(items, opened)]);
    return items;
  }

  /** Every question that waits for an answer. */
  answering(items, opened) {
    const answer = async (one, word, after) => {
      try {
        const universe = await this.rest.post(`/invitations/${one.universe_id}/${word}`);
        const others = items.filter((other) => other !== one);
        if (others.length) this.answering(others, opened);
        else this.dialog.close();
        after?.(universe);
      } catch (problem) {
        toast(problem.message, true);
      }
    };
    const row = (one) => h('li', {},
      h('span', {}, h('b', {}, one.title), h('small', {}, left(one) ? 'Left to you by somebody who deleted their account. A no deletes it.' : `${who(one)} asks you ${ROLES[one.role]}`)),
      h('button', { class: 'quiet outlined', type: 'button', onclick: () => answer(one, 'decline', () => toast(left(one) ? 'You said no; it is deleted.' : 'You said no; nobody is told more than that.')) }, 'No'),
      h('button', { class: 'quiet outlined', type: 'button', onclick: () => answer(one, 'accept', opened) }, 'Come in'));
    this.say('You were asked', 'What you accept stands on your shelf from then on.', h('ul', { class: 'people' }, ...items.map(row)));
  }
}

/** Whether a universe is offered by who had it and is gone. */
const left = ({ owner, role }) => role === 'owner' && !owner;
const who = ({ owner }) => owner?.display_name ?? 'Somebody';
