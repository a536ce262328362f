/** The keyboard: every press of the page has a key, and one key tells them all. */

import { $, h } from './dom.js';
import { close } from './forms.js';

const HELP = [
  ['L', 'Listen, or be silent'],
  ['Space', 'Pause and go on'],
  ['0', 'From the beginning'],
  ['[  ]', 'The universe before, the next one'],
  ['C', 'Captions of the notes'],
  ['T', 'Shape: the sliders'],
  ['S', 'Its story'],
  ['K', 'Comments'],
  ['H', 'History'],
  ['F', 'Find a universe'],
  ['B', 'Drop a ball'],
  ['Ctrl Z', 'Take back what you did last; with Shift: do it again'],
  ['Arrows, Enter', 'On the stage: aim, let go. With Shift: throw'],
  ['?', 'This list'],
];

/** @param {Record<string, () => void>} acts  by key, lower case */
export function keys(acts) {
  const all = { ...acts, '?': help };
  addEventListener('keydown', (event) => {
    if (event.altKey || event.defaultPrevented) return;
    // What is drawn anew loses the focus: an open dialog has the keys, wherever that is.
    if (event.target.closest?.('input, select, textarea') || document.querySelector('dialog[open]')) return;
    // A focused button keeps its own space and Enter.
    if (event.key === ' ' && event.target.closest?.('button, a')) return;
    const command = event.ctrlKey || event.metaKey;
    const act = all[`${command ? (event.shiftKey ? 'ctrl+shift+' : 'ctrl+') : ''}${event.key.toLowerCase()}`];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function help() {
  const dialog = $('keys-dialog');
  const rows = HELP.flatMap(([key, words]) => [h('span', {}, ...key.split(', ').flatMap((one, i) => [i ? ' ' : '', h('kbd', {}, one)])), h('span', {}, words)]);
  dialog.replaceChildren(h('header', {}, h('h2', { id: 'keys-title' }, 'By hand'), close(dialog)), h('div', { class: 'keys' }, ...rows));
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  dialog.showModal();
}
