/** What stands beside the picture: shaping it, its story, what is said of it, what it was. */

import { $, h } from './dom.js';
import { tabs } from './tabs.js';

const DOORS = { Shape: 'tune-open', Comments: 'talk-open' };
const NAMES = ['Shape', 'Story', 'Comments', 'History'];

export class Side {
  /** @param {Record<string, {draw: () => void}>} leaves  by the name of their tab */
  constructor(leaves) {
    this.leaves = leaves;
    this.chosen = 'Shape';
    this.onturn = () => {};
    $('tune-close').onclick = () => this.show(null);
    for (const name of NAMES.slice(1)) $('tune').append(h('section', { id: leaf(name), class: 'page', role: 'tabpanel', 'aria-label': name, hidden: true }));
  }

  get open() {
    return !$('tune').hidden;
  }

  /** Open a leaf, or with null put the panel away. */
  show(name) {
    const was = this.open;
    const door = $(DOORS[this.chosen] ?? 'tune-open');
    if (name === null && was && $('tune').contains(document.activeElement)) door.focus();
    $('tune').hidden = name === null;
    this.chosen = name ?? this.chosen;
    for (const [leaf, id] of Object.entries(DOORS)) $(id).setAttribute('aria-expanded', String(name === leaf));
    this.draw();
    this.onturn();
  }

  /** Open a leaf; the one that is open closes. */
  toggle(name) {
    this.show(this.open && name === this.chosen ? null : name);
  }

  /** Lay out the leaf that is open. */
  draw() {
    if (!this.open) return;
    $('tune-tabs').replaceChildren(tabs('This universe', NAMES, this.chosen, (name) => this.show(name)));
    for (const name of NAMES) $(leaf(name)).hidden = name !== this.chosen;
    this.leaves[this.chosen].draw();
  }
}

const leaf = (name) => `leaf-${name.toLowerCase()}`;
