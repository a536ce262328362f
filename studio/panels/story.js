/** The points of a story: when, what they are called, what is told there. */

import { clock } from '../text.js';
import { TICKS_PER_SECOND } from '../wire.js';
import { $, h } from './dom.js';
import { complain, field, sending } from './forms.js';

const MUSICAL = /^(bar|beat)\s+(\d+(?:\.\d+)?)$/;

export class Story {
  /** @param {() => ?import('../session.js').Session} session */
  constructor(session) {
    this.session = session;
  }

  draw() {
    const session = this.session();
    if (!session) return;
    const points = Object.entries(session.document.story ?? {}).sort(([, a], [, b]) => seconds(a.at, session.document) - seconds(b.at, session.document));
    const add = h('button', { class: 'quiet outlined', type: 'button', id: 'point-add', disabled: !session.mayEdit, onclick: () => this.add() }, 'A point at this moment');
    const none = h('li', { class: 'fine' }, 'No points yet. A point says when something begins; it may change parameters, and people can talk about it.');
    $('leaf-story').replaceChildren(h('div', { class: 'row' }, add), h('ol', { class: 'points' }, ...(points.length ? points.map(([id, point]) => this.row(id, point)) : [none])));
  }

  /** The document has changed: show it, unless somebody is writing here. */
  changed() {
    if (!$('leaf-story').contains(document.activeElement) || document.activeElement.matches('button')) this.draw();
  }

  row(id, point) {
    const session = this.session();
    const there = seconds(point.at, session.document);
    const changes = Object.keys(point.changes ?? {});
    const go = h('button', { class: 'link when', type: 'button', disabled: !session.mayPush || !Number.isFinite(there), title: 'Go there', onclick: () => session.seek(there * TICKS_PER_SECOND) }, Number.isFinite(there) ? clock(there) : String(point.at));
    const told = h('div', {}, h('b', {}, point.title ?? id), point.text && h('p', {}, point.text), changes.length > 0 && h('small', {}, `changes ${changes.join(', ')}`));
    const fold = session.mayEdit && h('details', {}, h('summary', {}, 'Edit'), this.form(id, point));
    return h('li', { 'data-id': id }, go, h('div', { class: 'told' }, told, fold));
  }

  form(id, point) {
    const form = sending('Keep', (words, form) => this.keep(id, words, form),
      field('title', 'Title', { value: point.title ?? '', maxlength: 200 }),
      field('at', 'When: seconds, “bar 9” or “beat 33”', { value: point.at, required: true }),
      field('text', 'What is told', { value: point.text ?? '', maxlength: 2000 }));
    form.append(h('button', { class: 'quiet danger', type: 'button', onclick: () => put(this.session(), id, null) }, 'Take it away'));
    return form;
  }

  keep(id, words, form) {
    const at = MUSICAL.test(words.at.trim()) ? words.at.trim() : Number(words.at);
    if (typeof at === 'number' && !(at >= 0)) return complain(form, 'at', 'Seconds, as 12.5, or “bar 9”, or “beat 33”.');
    document.activeElement?.blur();
    return put(this.session(), id, { at, title: words.title.trim() || null, text: words.text.trim() || null });
  }

  add() {
    const session = this.session();
    const taken = session.document.story ?? {};
    let number = Object.keys(taken).length + 1;
    while (`point-${number}` in taken) number += 1;
    const at = Math.round((session.timeline.head ?? 0) / TICKS_PER_SECOND * 10) / 10;
    put(session, `point-${number}`, { at, title: `Point ${number}` });
  }
}

const put = (session, id, point) => void session.edit({ story: { [id]: point } });

/** When a point is, in heard seconds; not a number where it is said in another way. */
export function seconds(at, { music = {} }) {
  if (typeof at === 'number') return at;
  const [, unit, which] = MUSICAL.exec(at) ?? [];
  // Beats are quarter notes: a bar of 7/8 has three and a half of them.
  const [count, kind] = String(music.meter ?? '4/4').split('/').map(Number);
  const beats = unit === 'bar' ? (4 * count) / kind : 1;
  return ((which - 1) * beats * 60) / (music.tempo ?? 120);
}
