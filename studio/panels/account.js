/** Signing in and registering, in one quiet dialog; signing out. */

import { $, badge, h, icon, toast } from './dom.js';

export class Account {
  /** @param {import('../rest.js').Rest} rest */
  constructor(rest) {
    this.rest = rest;
    this.dialog = $('account-dialog');
    $('account').onclick = () => (rest.me ? this.person() : this.open('login'));
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
    this.after = null;
  }

  /** Show who is signed in. */
  show(me) {
    const button = $('account');
    button.classList.toggle('in', Boolean(me));
    if (me) button.replaceChildren(badge(me.display_name), h('span', { class: 'unseen' }, `Signed in as ${me.display_name}`));
    else button.replaceChildren(icon('person'), h('span', {}, 'Sign in'));
  }

  /** Ask a person in; `after` runs once they are. */
  open(kind = 'login', after = null) {
    this.after = after;
    this.dialog.replaceChildren(...this.form(kind));
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector('input')?.focus();
  }

  form(kind) {
    const fresh = kind === 'register';
    const fields = [
      fresh && field('display_name', 'Your name', { autocomplete: 'nickname', maxlength: 80, required: true }),
      field('email', 'E-mail', { type: 'email', autocomplete: 'email', required: true, inputmode: 'email' }),
      field('password', 'Password', { type: 'password', autocomplete: fresh ? 'new-password' : 'current-password', required: true, minlength: fresh ? 8 : undefined }),
    ];
    const button = h('button', { class: 'solid', type: 'submit' }, fresh ? 'Create account' : 'Sign in');
    const problem = h('p', { class: 'wrong', role: 'alert' });
    const form = h('form', { novalidate: true }, ...fields, problem, button);
    form.onsubmit = (event) => {
      event.preventDefault();
      this.submit(form, fresh);
    };
    const lead = this.after ? 'It takes half a minute, and what you made stays as you hear it.' : 'Keep universes of your own, and play in them together.';
    const other = h('button', { type: 'button', class: 'link', onclick: () => this.open(fresh ? 'login' : 'register', this.after) }, fresh ? 'Sign in' : 'Create an account');
    return [
      h('header', {}, h('h2', { id: 'account-title' }, fresh ? 'Make yourself at home' : 'Welcome back'), close(this.dialog)),
      h('p', { class: 'lead' }, lead),
      form,
      h('p', { class: 'other' }, fresh ? 'Been here before? ' : 'New here? ', other),
    ];
  }

  async submit(form, fresh) {
    const words = Object.fromEntries(new FormData(form));
    clear(form);
    if (!complete(form, fresh)) return;
    const button = form.querySelector('.solid');
    button.disabled = true;
    try {
      await (fresh ? this.rest.register(words) : this.rest.login(words));
      this.dialog.close();
      toast(`Hello, ${this.rest.me.display_name}.`);
      this.after?.();
    } catch (problem) {
      explain(form, problem);
    } finally {
      button.disabled = false;
    }
  }

  person() {
    const { me } = this.rest;
    const leave = h('button', { class: 'solid', onclick: () => this.leave() }, 'Sign out');
    this.dialog.replaceChildren(
      h('header', {}, h('h2', { id: 'account-title' }, me.display_name), close(this.dialog)),
      h('p', { class: 'lead' }, me.email ?? ''),
      h('form', { method: 'dialog', onsubmit: (event) => event.preventDefault() }, leave),
    );
    this.dialog.showModal();
  }

  async leave() {
    this.dialog.close();
    await this.rest.logout();
    toast('Signed out.');
  }
}

/** A labelled input with room for its own complaint. */
export function field(name, label, traits = {}) {
  const wrong = `wrong-${name}`;
  return h('label', { class: 'field' }, h('span', {}, label), h('input', { name, 'aria-describedby': wrong, ...traits }), h('small', { class: 'wrong', id: wrong }));
}

/** The cross in a dialog's corner. */
export function close(dialog) {
  return h('button', { class: 'round small', type: 'button', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close'));
}

function clear(form) {
  for (const wrong of form.querySelectorAll('.wrong')) wrong.textContent = '';
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
}

function complain(form, name, words) {
  const input = form.elements[name];
  if (!input) return false;
  input.setAttribute('aria-invalid', 'true');
  input.parentElement.querySelector('.wrong').textContent = words;
  input.focus();
  return true;
}

function complete(form, fresh) {
  const { email, password, display_name: name } = form.elements;
  if (fresh && !name.value.trim()) return !complain(form, 'display_name', 'What shall we call you?');
  if (!email.validity.valid) return !complain(form, 'email', 'This does not look like an e-mail address.');
  if (!password.value) return !complain(form, 'password', 'A password is needed.');
  if (fresh && password.value.length < 8) return !complain(form, 'password', 'At least eight characters, please.');
  return true;
}

/** Put a refusal beside the field it is about, or above the button. */
export function explain(form, problem) {
  let placed = false;
  for (const { path = '', message } of problem.problems ?? []) {
    placed = complain(form, path.replace(/^\$\.?(body\.)?/, ''), message) || placed;
  }
  if (!placed) form.querySelector('p.wrong').textContent = problem.message;
}
