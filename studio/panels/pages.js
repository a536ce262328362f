/** Lists that come a page at a time, with a button for what follows. */

import { h } from './dom.js';

/**
 * Fill a list with the first page, and the next one whenever it is asked for.
 * @param {HTMLElement} list
 * @param {(cursor: ?string) => Promise<{items: object[], next_cursor: ?string}>} fetch
 * @param {(item: object) => Node} row
 * @param {string} none  what is said where there is nothing
 */
export async function paged(list, fetch, row, none) {
  const turn = Symbol('turn');
  list.turn = turn;
  const take = async (cursor, button) => {
    const page = await fetch(cursor);
    // Somebody asked for another list meanwhile.
    if (list.turn !== turn) return;
    const more = page.next_cursor && h('li', { class: 'more' }, h('button', { class: 'quiet outlined', type: 'button', onclick: (event) => follow(event.currentTarget, page.next_cursor) }, 'Show more'));
    const made = [...page.items.map(row), ...(more ? [more] : [])];
    if (!cursor) list.replaceChildren(...(made.length ? made : [h('li', { class: 'fine' }, none)]));
    else button.parentElement.replaceWith(...made);
  };
  const follow = (button, cursor) => {
    button.disabled = true;
    take(cursor, button).catch((problem) => list.append(h('li', { class: 'wrong' }, problem.message)));
  };
  try {
    await take(null);
  } catch (problem) {
    if (list.turn === turn) list.replaceChildren(h('li', { class: 'wrong', role: 'alert' }, problem.message));
  }
}
