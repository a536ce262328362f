/** What an owner may do: rename, open the doors, take a recording home, delete. */

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
   * @param {(what: 'changed'|'deleted', universe: object) => void} tell
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
    box.replaceChildren(...(owner ? [this.name(), this.doors()] : []), ...this.recording(), ...(owner ? [this.remove()] : []));
  }

  name() {
    const { universe } = this.session();
    const input = h('input', { value: universe.title, maxlength: 200 });
    input.onchange = () => this.change({ title: input.value });
    return h('label', { class: 'field' }, h('span', {}, 'Title'), input);
  }

  doors() {
    const { universe } = this.session();
    const now = DOORS.findIndex(([visibility, link]) => visibility === universe.visibility && link === universe.link_role);
    const input = h('select', { id: 'doors' }, ...DOORS.map(([, , words], i) => h('option', { value: i, selected: i === now }, words)));
    input.onchange = () => {
      const [visibility, link] = DOORS[input.value];
      this.change({ visibility, link_role: link });
    };
    return h('label', { class: 'field' }, h('span', {}, 'Who may come in'), input);
  }

  async change(patch) {
    const { universe } = this.session();
    try {
      const now = await this.rest.get(`/universes/${universe.id}`);
      const body = await this.rest.ask('PATCH', `/universes/${universe.id}`, patch, { 'If-Match': now.etag });
      Object.assign(universe, body ?? patch);
      this.tell('changed', universe);
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
    return [h('label', { class: 'field' }, h('span', {}, 'Take it home'), seconds), h('div', { class: 'row' }, ask), state];
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
