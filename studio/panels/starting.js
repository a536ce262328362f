/** A new universe: empty, from a template, or from a file. */

import { BLANK } from '../blank.js';
import { $, h } from './dom.js';
import { close } from './forms.js';
import { thumb } from './thumb.js';

const FILE_BYTES_MAX = 2 ** 20;

export class Starting {
  /**
   * @param {import('../rest.js').Rest} rest
   * @param {(made: object) => Promise<void>} made
   */
  constructor(rest, made) {
    Object.assign(this, { rest, made, dialog: $('new-dialog') });
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
  }

  async open() {
    this.wrong = h('p', { class: 'wrong', role: 'alert' });
    const list = h('ul', { class: 'beginnings', id: 'beginnings' }, this.choice('An empty box', 'Click into it to drop the first ball.', thumb(BLANK), () => this.rest.post('/universes', { document: BLANK })));
    this.dialog.replaceChildren(
      h('header', {}, h('h2', { id: 'new-title' }, 'A new universe'), close(this.dialog)),
      h('p', { class: 'lead' }, 'Begin with something that sounds already, or with nothing.'),
      list, this.file(), this.wrong);
    if (!this.dialog.open) this.dialog.showModal();
    const { items } = await this.rest.get('/universes?scope=templates&limit=20').catch(() => ({ items: [] }));
    for (const one of items) list.append(this.template(one));
  }

  template(one) {
    const place = h('span');
    this.rest.get(`/universes/${one.id}`).then((whole) => place.replaceWith(thumb(whole.document, one.id)), () => {});
    return this.choice(one.title, one.about, place, () => this.rest.post('/universes', { template: one.id }));
  }

  choice(title, about, picture, make) {
    return h('li', {}, h('button', { type: 'button', onclick: () => this.make(make) }, picture, h('b', {}, title), about && h('small', {}, about)));
  }

  file() {
    const input = h('input', { type: 'file', accept: '.json,application/json', class: 'unseen', id: 'new-file' });
    input.onchange = () => input.files[0] && this.make(() => this.read(input.files[0]));
    return h('div', { class: 'row' }, input, h('label', { class: 'quiet outlined', for: 'new-file' }, 'From a file…'), h('span', { class: 'fine' }, 'A universe or a take, as JSON.'));
  }

  async read(file) {
    if (file.size > FILE_BYTES_MAX) throw new Error('This file is larger than a universe can be.');
    let told;
    try {
      told = JSON.parse(await file.text());
    } catch (fault) {
      throw new Error(`${file.name} is no JSON: ${fault.message}`);
    }
    return this.rest.post('/universes/import', told);
  }

  async make(make) {
    this.wrong.textContent = '';
    try {
      const made = await make();
      this.dialog.close();
      await this.made(made);
    } catch (problem) {
      const { path, message } = problem.problems?.[0] ?? {};
      this.wrong.textContent = message ? `${path.replace(/^\$\.?/, '')}: ${message}` : problem.message;
    }
  }
}
