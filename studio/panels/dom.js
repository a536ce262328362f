/** Small help with the page's elements. */

/** The element with an id. */
export const $ = (id) => document.getElementById(id);

/**
 * Make an element: h('button', {class: 'solid', onclick}, 'Save').
 * @param {string} tag
 * @param {Record<string, any>} [traits]
 * @param {...(Node|string|null|false)} inside
 */
export function h(tag, traits = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (value === undefined || value === false || value === null) continue;
    if (name.startsWith('on')) made[name] = value;
    else if (name === 'style') made.style.cssText = value;
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...inside.filter((part) => part !== null && part !== false && part !== undefined));
  return made;
}

/** One of the page's own icons. */
export function icon(name) {
  const holder = document.createElement('template');
  holder.innerHTML = `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
  return holder.content.firstChild;
}

/** Put another icon into a button. */
export const swap = (button, name) => button.querySelector('use').setAttribute('href', `#i-${name}`);

/**
 * Say something over the picture for a moment.
 * @param {string} words
 * @param {boolean} [bad]
 * @param {[string, () => void]} [act]  what may be done about it
 */
export function toast(words, bad = false, act = undefined) {
  const button = act && h('button', { onclick: () => (one.remove(), act[1]()) }, act[0]);
  const one = h('p', { class: bad ? 'toast bad' : 'toast' }, words, button);
  const place = $('toasts');
  place.replaceChildren(one);
  // Shown anew, it comes before whatever dialog is open: those hide all that is not above them.
  place.hidePopover();
  place.showPopover();
  setTimeout(() => one.remove(), act ? 12_000 : bad ? 6000 : 3500);
}

/**
 * Somebody as a small disc: their picture, or the initial on their colour, or on one made of the name.
 * @param {string} name
 * @param {{colour?: ?string, avatar?: ?string}} [person]
 */
export function badge(name, { colour = null, avatar = null } = {}) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 360;
  const initial = [...name.trim()][0]?.toUpperCase() ?? '·';
  const inside = avatar ? h('img', { src: avatar, alt: '' }) : initial;
  return h('span', { class: 'member', style: `background: ${colour ?? `oklch(0.82 0.1 ${sum})`}`, title: name, 'aria-hidden': 'true' }, inside);
}
