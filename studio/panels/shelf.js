/** The shelf: one's own universes, then the ones that come with the house. */

import { $, h, icon } from './dom.js';
import { thumb } from './thumb.js';

// The order of a first visit, the most beautiful first.
const ORDER = [
  'trappist-1', 'pendulum-waves', 'figure-eight', 'polyrhythm', 'newtons-cradle', 'double-pendulum', 'galilean-moons', 'gas',
  'coupled-pendulums', 'marble-run', 'solar-system', 'trappist-1-locked', 'classic',
];

export class Shelf {
  /**
   * @param {import('../rest.js').Rest} rest
   * @param {(universe: object) => void} open
   * @param {() => void} create
   * @param {() => void} search
   */
  constructor(rest, open, create, search) {
    Object.assign(this, { rest, open, create, search });
    this.universes = [];
    this.documents = new Map();
    this.rail = h('div', { class: 'rail', role: 'list' });
    $('shelf').append(this.rail);
    new ResizeObserver(() => this.measure()).observe($('shelf'));
  }

  measure() {
    document.documentElement.style.setProperty('--shelf-height', `${$('shelf').offsetHeight}px`);
  }

  /** Fetch what may be opened; the examples, and one's own where somebody is signed in. */
  async load() {
    const scopes = this.rest.me ? ['own', 'shared', 'public'] : ['public'];
    const pages = await Promise.all(scopes.map((scope) => this.rest.get(`/universes?scope=${scope}&limit=100`)));
    const all = [...new Map(pages.flatMap((page) => page.items).map((one) => [one.id, one])).values()];
    const mine = all.filter((one) => one.role === 'owner');
    const examples = all.filter((one) => one.example && !one.template).sort((a, b) => place(a) - place(b));
    const others = all.filter((one) => one.role !== 'owner' && !one.example);
    this.universes = [...mine, ...examples, ...others];
    this.draw();
    return this.universes;
  }

  draw() {
    const cards = this.universes.map((one) => this.card(one));
    const act = (id, words, picture, what) => h('button', { class: 'card new', id, onclick: what }, icon(picture), words);
    cards.unshift(act('new', 'New universe', 'plus', this.create), act('find', 'Find', 'find', this.search));
    this.rail.replaceChildren(...cards);
    this.mark();
    this.measure();
  }

  card(universe) {
    const traits = { class: 'card', href: `#${universe.example ?? universe.id}`, role: 'listitem', 'data-id': universe.id };
    const own = universe.role === 'owner' && h('span', { class: 'mine' }, 'yours');
    const made = h('a', traits, this.picture(universe), own, h('strong', {}, universe.title));
    made.onclick = (event) => {
      if (event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      this.open(universe);
    };
    return made;
  }

  picture(universe) {
    const known = this.documents.get(universe.id);
    const place = thumb(known ?? { title: universe.title }, universe.id);
    if (!known) this.learn(universe, place);
    return place;
  }

  async learn(universe, place) {
    const whole = await this.rest.get(`/universes/${universe.id}`).catch(() => null);
    if (!whole?.document) return;
    this.documents.set(universe.id, whole.document);
    place.replaceWith(thumb(whole.document, universe.id));
  }

  /** Show which one is open. */
  mark(id = this.current) {
    this.current = id;
    for (const card of this.rail.querySelectorAll('a.card')) {
      const here = card.dataset.id === id;
      if (here) card.setAttribute('aria-current', 'true');
      else card.removeAttribute('aria-current');
      if (here) this.rail.scrollTo({ left: card.offsetLeft - this.rail.clientWidth / 2 + card.clientWidth / 2, behavior: 'smooth' });
    }
  }

  /** The universe so many places further round. */
  neighbour(step) {
    const at = this.universes.findIndex((one) => one.id === this.current);
    return this.universes[(at + step + this.universes.length) % this.universes.length];
  }

  find(name) {
    return this.universes.find((one) => one.id === name || one.example === name);
  }
}

const place = ({ example }) => (ORDER.indexOf(example) + 1 || ORDER.length + 1);
