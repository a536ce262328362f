/** Forms of the dialogs: fields that can say what is wrong with them. */

import { h, icon } from './dom.js';

/** A labelled input with room for its own complaint. */
export function field(name, label, traits = {}) {
  const wrong = `wrong-${name}`;
  return h('label', { class: 'field' }, h('span', {}, label), h('input', { name, 'aria-describedby': wrong, ...traits }), h('small', { class: 'wrong', id: wrong }));
}

/** The cross in a dialog's corner. */
export function close(dialog) {
  return h('button', { class: 'round small', type: 'button', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close'));
}

/** Take back every complaint of a form. */
export function clear(form) {
  for (const wrong of form.querySelectorAll('.wrong')) wrong.textContent = '';
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
}

/** Say beside a field what is wrong with it; false where there is no such field. */
export function complain(form, name, words) {
  const input = form.elements[name];
  if (!input) return false;
  input.setAttribute('aria-invalid', 'true');
  input.parentElement.querySelector('.wrong').textContent = words;
  input.focus();
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

/**
 * A form that sends itself: its button rests meanwhile, and a refusal stands where it belongs.
 * @param {string} word  on the button
 * @param {(words: Record<string, string>, form: HTMLFormElement) => Promise<void>|false|void} send
 * @param {...Node} fields
 */
export function sending(word, send, ...fields) {
  const button = h('button', { class: 'solid', type: 'submit' }, word);
  const form = h('form', { novalidate: true }, ...fields, h('p', { class: 'wrong', role: 'alert' }), button);
  form.onsubmit = async (event) => {
    event.preventDefault();
    clear(form);
    button.disabled = true;
    try {
      await send(Object.fromEntries(new FormData(form)), form);
    } catch (problem) {
      explain(form, problem);
    } finally {
      button.disabled = false;
    }
  };
  return form;
}
