/** A universe as a thing one has: its name, tags, doors and licence; recordings; deleting or leaving it. */

import { uuid } from '../line.js';
import { $, h, toast } from './dom.js';

const POLL_MS = 700;
const DOORS = [
  ['private', 'viewer', 'Only me'],
  ['unlisted', 'viewer', 'Anyone with the link may listen'],
  ['unlisted', 'performer', 'Anyone with the link may play and push'],
  ['unlisted', 'editor', 'Anyone with the link may change everything'],
  ['public', 'viewer', 'Everyone may listen'],
  ['public', 'performer', 'Everyone may play and push'],
  ['public', 'editor', 'Everyone may change everything'],
];

export class Own {
  /**
   * @param {import('../rest.js').Rest} rest
   * @param {() => ?import('../session.js').Session} session
   * @param {(what: 'changed'|'deleted'|'left', universe: object) => void} tell
   */
  constructor(rest, session, tell) {
    Object.assign(this, { rest, session, tell });
  }

  draw() {
    const session = this.session();
    const box = $('own');
    box.hidden = !session || !this.rest.me;
    if (box.hidden) return;
    const owner = session.universe.role === 'owner';
    box.replaceChildren(...(owner ? [this.name(), this.tags(), this.doors('doors'), this.licence()] : []), this.line(), ...this.recording(), ...this.going(owner));
    this.descend();
  }

  name() {
    const { universe } = this.session();
    const input = h('input', { value: universe.title, maxlength: 200 });
    input.onchange = () => this.change({ title: input.value });
    return labelled('Title', input);
  }

  tags() {
    const { universe } = this.session();
    const input = h('input', { id: 'tags', value: (universe.tags ?? []).join(', '), maxlength: 420, placeholder: 'bells, slow' });
    input.onchange = () => this.change({ tags: input.value.split(',').map((tag) => tag.trim()).filter(Boolean) });
    return labelled('Tags, by which it is found', input);
  }

  /** Who may come in without being asked. */
  doors(id) {
    const { universe } = this.session();
    const now = DOORS.findIndex(([visibility, link]) => visibility === universe.visibility && link === universe.link_role);
    const input = h('select', { id }, ...DOORS.map(([, , words], i) => h('option', { value: i, selected: i === now }, words)));
    input.onchange = () => {
      const [visibility, link] = DOORS[input.value];
      this.change({ visibility, link_role: link });
    };
    return labelled('Who may come in', input);
  }

  licence() {
    const { universe } = this.session();
    const input = h('select', { id: 'licence' }, h('option', {}, universe.licence));
    input.onchange = () => this.change({ licence: input.value });
    this.licences().then((all) => input.replaceChildren(...all.map(({ id, name }) => h('option', { value: id, selected: id === universe.licence }, name))));
    return labelled('What others may do with copies', input);
  }

  licences() {
    this.known ??= this.rest.get('/licences').then(({ items }) => items, () => []);
    return this.known;
  }

  /** Where it comes from, and under what licence it may be copied. */
  line() {
    this.lineage = h('p', { class: 'fine', id: 'lineage' });
    return this.lineage;
  }

  async descend() {
    const { universe } = this.session();
    const place = this.lineage;
    const [all, { items }] = await Promise.all([this.licences(), universe.parent ? this.rest.get(`/universes/${universe.id}/lineage`).catch(() => ({ items: [] })) : { items: [] }]);
    const from = items.map((one) => (one.id ? h('a', { href: `#${one.id}` }, `“${one.title}”`) : 'one that is closed'));
    const licence = universe.role !== 'owner' && all.find(({ id }) => id === universe.licence)?.name;
    place.replaceChildren(...(from.length ? ['Made from ', ...from.flatMap((one, i) => (i ? [', made from ', one] : [one])), '. '] : []), licence ? `Copies: ${licence}.` : '');
  }

  /** Change what was said, one thing after the other: two at once would each overtake what the other read. */
  change(patch) {
    const { universe } = this.session();
    this.last = (this.last ?? Promise.resolve()).then(() => this.send(universe, patch));
    return this.last;
  }

  async send(universe, patch) {
    try {
      const now = await this.rest.get(`/universes/${universe.id}`);
      const body = await this.rest.ask('PATCH', `/universes/${universe.id}`, patch, { 'If-Match': now.etag });
      Object.assign(universe, body ?? patch);
      this.tell('changed', universe);
    } catch (problem) {
      toast(problem.problems?.[0]?.message ?? problem.message, true);
    }
  }

  /** Out of it: the owner deletes, a member leaves. */
  going(owner) {
    if (owner) return [this.remove()];
    const { universe } = this.session();
    const member = !universe.example && ['editor', 'performer'].includes(universe.role);
    return member ? [h('div', { class: 'row' }, h('button', { class: 'quiet danger', onclick: () => this.leave() }, 'Leave this universe'))] : [];
  }

  async leave() {
    const { universe } = this.session();
    try {
      await this.rest.del(`/universes/${universe.id}/members/${this.rest.me.id}`);
      this.tell('left', universe);
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  remove() {
    const button = h('button', { class: 'quiet danger' }, 'Delete this universe');
    button.onclick = () => {
      if (!button.dataset.sure) {
        button.dataset.sure = 'yes';
        button.textContent = 'Really delete it, for good?';
        setTimeout(() => this.draw(), 4000);
      } else this.gone();
    };
    return h('div', { class: 'row' }, button);
  }

  async gone() {
    const { universe } = this.session();
    try {
      const now = await this.rest.get(`/universes/${universe.id}`);
      await this.rest.ask('DELETE', `/universes/${universe.id}`, undefined, { 'If-Match': now.etag });
      this.tell('deleted', universe);
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  recording() {
    const seconds = h('select', { id: 'wav-seconds', 'aria-label': 'Length' }, ...[15, 30, 60, 120].map((s) => h('option', { value: s, selected: s === 30 }, `${s} seconds`)));
    const ask = h('button', { class: 'quiet', id: 'wav-ask' }, 'Make a WAV');
    const state = h('p', { class: 'fine', role: 'status', id: 'wav-state' });
    ask.onclick = () => this.render(Number(seconds.value), ask, state);
    return [labelled('Take it home', seconds), h('div', { class: 'row' }, ask, h('button', { class: 'quiet', id: 'file-ask', title: 'It plays with “mundi play”, and may be brought in again', onclick: () => this.file() }, 'Save as a file')), state];
  }

  /** The universe itself, as it is heard now. */
  file() {
    const { universe, document: now } = this.session();
    const blob = new Blob([JSON.stringify(now, null, 2)], { type: 'application/json' });
    const link = h('a', { download: `${universe.title}.json`, href: URL.createObjectURL(blob) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  async render(seconds, ask, state) {
    const bar = h('div', { class: 'bar', role: 'progressbar', 'aria-label': 'Rendering' }, h('i'));
    ask.disabled = true;
    state.replaceChildren('Waiting its turn…', bar);
    try {
      const order = { universe_id: this.session().universe.id, seconds };
      let job = await this.rest.post('/audio/renders', order, { 'Idempotency-Key': uuid() });
      while (!['done', 'failed', 'cancelled'].includes(job.state)) {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        job = await this.rest.get(`/audio/renders/${job.id}`);
        bar.firstChild.style.width = `${Math.round(100 * (job.progress ?? 0))}%`;
      }
      if (job.state !== 'done') throw new Error(job.error?.message ?? 'It was stopped.');
      await this.download(job, state);
    } catch (problem) {
      state.textContent = problem.message;
    } finally {
      ask.disabled = false;
    }
  }

  async download(job, state) {
    const token = await this.rest.token(false);
    const answer = await fetch(job.file, { headers: { Authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error('The recording could not be fetched.');
    const link = h('a', { download: `${this.session().universe.title}.wav`, href: URL.createObjectURL(await answer.blob()) }, 'Save the WAV again');
    state.replaceChildren('Ready. ', link);
    link.click();
  }
}

const labelled = (words, input) => h('label', { class: 'field' }, h('span', {}, words), input);
