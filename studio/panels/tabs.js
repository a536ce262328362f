/** Leaves of a panel, by tabs that arrow keys move between. */

import { h } from './dom.js';

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * A row of tabs.
 * @param {string} label  what they are leaves of
 * @param {string[]} names
 * @param {string} chosen
 * @param {(name: string) => void} pick
 */
export function tabs(label, names, chosen, pick) {
  const tab = (name) => h('button', { role: 'tab', type: 'button', 'aria-selected': String(name === chosen), tabindex: name === chosen ? 0 : -1, onclick: () => pick(name) }, name);
  const row = h('div', { class: 'leaves', role: 'tablist', 'aria-label': label }, ...names.map(tab));
  row.onkeydown = (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const next = names[(names.indexOf(chosen) + step + names.length) % names.length];
    pick(next);
    // Picking may have drawn the row anew.
    document.querySelector(`[role="tablist"][aria-label="${label}"] [aria-selected="true"]`)?.focus();
  };
  return row;
}
