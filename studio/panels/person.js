/** Oneself, in four leaves of one dialog: who one is, what is secret, the keys of scripts, leaving. */

import { badge, h, toast } from './dom.js';
import { close, complain, field, sending } from './forms.js';
import { keyring } from './keyring.js';
import { leaving } from './leaving.js';
import { safety } from './safety.js';
import { tabs } from './tabs.js';
import { languages } from './when.js';

const LEAVES = { You: 'profile', Safety: 'safety', Keys: 'keyring', 'Your data': 'leaving' };
const PICTURES = 'image/png,image/jpeg,image/webp';
const HANDLE = /^[a-z0-9][a-z0-9-]+[a-z0-9]$/;
const LOOKS = [['system', 'As this device likes it'], ['dark', 'Dark'], ['light', 'Light panels']];
const MOTIONS = [['system', 'As this device likes it'], ['full', 'All of it'], ['reduced', 'As little as can be']];

export class Person {
  /**
   * @param {import('../rest.js').Rest} rest
   * @param {HTMLDialogElement} dialog
   */
  constructor(rest, dialog) {
    this.rest = rest;
    this.dialog = dialog;
  }

  open(leaf = 'You') {
    const { me } = this.rest;
    this.body = h('div', { class: 'leaf', role: 'tabpanel', 'aria-label': leaf });
    this.dialog.className = 'sheet glass person';
    this.dialog.replaceChildren(
      h('header', {}, badge(me.display_name, me), h('div', {}, h('h2', { id: 'account-title' }, me.display_name), h('p', { class: 'lead' }, me.email)), close(this.dialog)),
      tabs('Your account', Object.keys(LEAVES), leaf, (name) => this.open(name)),
      this.body,
    );
    if (!this.dialog.open) this.dialog.showModal();
    this[LEAVES[leaf]]();
    if (!this.dialog.contains(document.activeElement)) this.dialog.querySelector('[aria-selected=true]').focus();
  }

  fill(...parts) {
    this.body.replaceChildren(...parts.filter(Boolean));
  }

  /** Take a profile as the server gives it, and show it wherever it is shown. */
  take(me) {
    this.rest.me = me;
    this.rest.onperson(me);
  }

  profile() {
    const { me } = this.rest;
    const { theme, motion, language } = me.preferences;
    const form = sending('Keep', (words, form) => complete(form) && this.keep(words),
      field('display_name', 'Name', { value: me.display_name, maxlength: 80, required: true, autocomplete: 'nickname' }),
      field('handle', 'Handle, by which others find you', { value: me.handle ?? '', maxlength: 32, placeholder: 'ada', autocapitalize: 'none', spellcheck: 'false' }),
      field('bio', 'A few words about you', { value: me.bio, maxlength: 500 }),
      h('div', { class: 'pair' },
        select('theme', 'Panels', LOOKS, theme),
        select('motion', 'Motion of the page', MOTIONS, motion),
        select('language', 'Language: letters, days, numbers', languages(language), language)),
    );
    this.fill(this.picture(), form, h('p', { class: 'other' }, h('button', { class: 'link', type: 'button', onclick: () => this.leave() }, 'Sign out')));
  }

  picture() {
    const { me } = this.rest;
    const file = h('input', { type: 'file', accept: PICTURES, class: 'unseen', id: 'picture', onchange: () => file.files[0] && this.show(file.files[0]) });
    const colour = h('input', { type: 'color', value: me.colour ?? '#ffd9a0', 'aria-label': 'Your colour', onchange: () => this.change({ colour: colour.value }) });
    return h('div', { class: 'picture' },
      badge(me.display_name, me),
      h('label', { class: 'quiet', for: 'picture' }, me.avatar ? 'Another picture' : 'A picture'), file,
      me.avatar && h('button', { class: 'quiet', type: 'button', onclick: () => this.hide() }, 'None'),
      h('label', { class: 'quiet tint' }, colour, 'Colour'));
  }

  async keep({ display_name, handle, bio, theme, motion, language }) {
    this.take(await this.rest.patch('/auth/me', { display_name, handle: handle.trim() || null, bio: bio.trim(), preferences: { theme, motion, language } }));
    this.open();
    toast('Kept.');
  }

  async change(patch) {
    await this.attempt(() => this.rest.patch('/auth/me', patch));
  }

  async show(file) {
    await this.attempt(() => this.rest.put('/auth/me/avatar', file));
  }

  async hide() {
    await this.attempt(() => this.rest.del('/auth/me/avatar').then(() => ({ ...this.rest.me, avatar: null })));
  }

  async attempt(act) {
    try {
      this.take(await act());
      this.open();
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  safety() {
    safety(this.rest, (...parts) => this.fill(...parts), () => this.open('Safety'));
  }

  keyring() {
    keyring(this.rest, (...parts) => this.fill(...parts));
  }

  leaving() {
    this.fill(...leaving(this.rest, () => this.dialog.close()));
  }

  async leave() {
    this.dialog.close();
    await this.rest.logout();
    toast('Signed out.');
  }
}

function complete(form) {
  const { display_name: name, handle } = form.elements;
  if (!name.value.trim()) return !complain(form, 'display_name', 'What shall we call you?');
  if (handle.value.trim() && !HANDLE.test(handle.value.trim())) return !complain(form, 'handle', 'Three letters or more: a to z, digits, and dashes between.');
  return true;
}

function select(name, label, choices, now) {
  return h('label', { class: 'field' }, h('span', {}, label), h('select', { name }, ...choices.map(([value, words]) => h('option', { value, selected: value === now }, words))));
}
