/** The way in, in one quiet dialog: signing in, registering, and what the links of letters lead to. */

import { $, badge, h, icon, toast } from './dom.js';
import { close, complain, field, sending } from './forms.js';
import { Person } from './person.js';
import { speak } from './when.js';

const SHORTEST = 8;
const LETTER = /^#(confirm|reset|email)=([\w-]+)$/;

/** What the address bar says of a letter whose link was followed: ['reset', token]; null for none. */
export function letter() {
  const found = LETTER.exec(location.hash);
  // A token is not to stay in the address bar, where somebody may copy it.
  if (found) history.replaceState(null, '', location.pathname);
  return found && [found[1], found[2]];
}

/** Whether the page is to keep as still as it can: as the person said, or else their device. */
export function wantsStill(me) {
  const motion = me?.preferences?.motion ?? 'system';
  return motion === 'reduced' || (motion === 'system' && matchMedia('(prefers-reduced-motion: reduce)').matches);
}

export class Account {
  /** @param {import('../rest.js').Rest} rest */
  constructor(rest) {
    this.rest = rest;
    this.dialog = $('account-dialog');
    this.person = new Person(rest, this.dialog);
    $('account').onclick = () => (rest.me ? this.person.open() : this.open('login'));
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
    this.after = null;
  }

  /** Show who is signed in. */
  show(me) {
    const button = $('account');
    button.classList.toggle('in', Boolean(me));
    document.documentElement.dataset.theme = me?.preferences?.theme ?? 'system';
    document.documentElement.dataset.motion = me?.preferences?.motion ?? 'system';
    speak(me?.preferences?.language);
    if (me) button.replaceChildren(badge(me.display_name, me), h('span', { class: 'unseen' }, `Signed in as ${me.display_name}`));
    else button.replaceChildren(icon('person'), h('span', {}, 'Sign in'));
  }

  /** Ask a person in; `after` runs once they are. */
  open(kind = 'login', after = null) {
    this.after = after;
    this.say(...(kind === 'register' ? this.registering() : kind === 'forgotten' ? this.forgetting() : this.entering()));
  }

  /** Put a title, a lead, a form and what else may be done into the dialog. */
  say(title, lead, form, ...others) {
    this.dialog.className = 'sheet glass';
    this.dialog.replaceChildren(
      h('header', {}, h('h2', { id: 'account-title' }, title), close(this.dialog)),
      h('p', { class: 'lead' }, lead),
      ...[form].filter(Boolean),
      ...others.map((other) => h('p', { class: 'other' }, ...other)),
    );
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector('input')?.focus();
  }

  instead(words, kind) {
    return h('button', { type: 'button', class: 'link', onclick: () => this.open(kind, this.after) }, words);
  }

  entering() {
    const form = sending('Sign in', (words, form) => complete(form) && this.rest.login(words).then(() => this.entered()), email(), password('current-password'));
    const lead = this.after ? 'It takes half a minute, and what you made stays as you hear it.' : 'Keep universes of your own, and play in them together.';
    return ['Welcome back', lead, form, ['New here? ', this.instead('Create an account', 'register')], [this.instead('I forgot my password', 'forgotten')]];
  }

  registering() {
    const name = field('display_name', 'Your name', { autocomplete: 'nickname', maxlength: 80, required: true });
    const form = sending('Create account', (words, form) => complete(form, true) && this.register(words), name, email(), password('new-password'));
    const lead = this.after ? 'It takes half a minute, and what you made stays as you hear it.' : 'Keep universes of your own, and play in them together.';
    return ['Make yourself at home', lead, form, ['Been here before? ', this.instead('Sign in', 'login')]];
  }

  forgetting() {
    const form = sending('Send me a letter', async (words, form) => {
      if (!complete(form)) return;
      const { sent_to: to } = await this.rest.post('/auth/password/forgotten', words);
      this.sent(to, 'a link to choose a new password with. It will do for ten minutes');
    }, email());
    return ['A new password', 'We write to you, and the letter lets you choose another.', form, [this.instead('I remember it', 'login')]];
  }

  async register(words) {
    const answer = await this.rest.register(words);
    if (answer.sent_to) this.sent(answer.sent_to, 'a link that opens your account. It will do for a day');
    else this.entered();
  }

  sent(to, what) {
    this.say('Look into your mail', `If there is a mailbox ${to}, it gets ${what}. You may close this page.`, null);
  }

  entered() {
    this.dialog.close();
    toast(`Hello, ${this.rest.me.display_name}.`);
    this.after?.();
  }

  /** Go where the link of a letter leads. */
  follow([kind, token]) {
    if (kind === 'reset') this.choosing(token);
    else if (kind === 'confirm') this.opening(token);
    else this.moving(token);
  }

  opening(token) {
    const form = sending('Open my account', async (words, form) => {
      if (!complete(form)) return;
      await this.rest.confirm({ token, ...words });
      this.entered();
    }, password('current-password'));
    this.say('Open your account', 'Give the password you chose for it. If you did not ask for an account, close this: none will be made.', form);
  }

  moving(token) {
    const form = sending('Make it mine', async (words, form) => {
      if (!complete(form)) return;
      await this.rest.post('/auth/email/confirm', { token, ...words });
      this.dialog.close();
      toast('Your account has its new address.');
    }, password('current-password'));
    this.say('A new address', 'Give the password of your account, and letters come here from now on. If you did not ask for this, close it.', form);
  }

  choosing(token) {
    const form = sending('Keep it', async (words, form) => {
      if (!complete(form, true)) return;
      await this.rest.post('/auth/password/reset', { token, ...words });
      this.rest.leave();
      this.open('login');
      toast('The new password counts. Sign in with it.');
    }, password('new-password'));
    this.say('Choose a new password', 'Every device that is signed in now will have to sign in again.', form);
  }
}

const email = () => field('email', 'E-mail', { type: 'email', autocomplete: 'email', required: true, inputmode: 'email' });
const password = (kind) => field('password', 'Password', { type: 'password', autocomplete: kind, required: true });

/** Tell whether a form can be sent; the first thing it lacks is said beside it. */
function complete(form, fresh = false) {
  const { email: address, password: secret, display_name: name } = form.elements;
  if (name && !name.value.trim()) return !complain(form, 'display_name', 'What shall we call you?');
  if (address && !address.validity.valid) return !complain(form, 'email', 'This does not look like an e-mail address.');
  if (secret && !secret.value) return !complain(form, 'password', 'A password is needed.');
  if (secret && fresh && secret.value.length < SHORTEST) return !complain(form, 'password', 'At least eight characters, please.');
  return true;
}
