/** Universes as things one has: saved, made, shared, deleted. */

import { BLANK } from './blank.js';
import { toast } from './panels/dom.js';

export class Keeping {
  /** @param {object} studio  with its rest, shelf, account and session */
  constructor(studio) {
    this.studio = studio;
  }

  /** Let others in: the owner says whom, everybody else hands the address on. */
  share() {
    const { universe } = this.studio.session ?? {};
    if (universe?.role === 'owner') this.studio.sharing.open(() => this.copy());
    else if (universe) this.copy();
  }

  /** Put the address of what is open on the clipboard. */
  async copy() {
    const { universe } = this.studio.session;
    const link = new URL(`#${universe.example ?? universe.id}`, location.href).href;
    const shut = universe.role === 'owner' && universe.visibility === 'private';
    try {
      await navigator.clipboard.writeText(link);
      toast(shut ? 'Link copied. Open its door under Shape first: it is private.' : 'Link copied.');
    } catch {
      toast(link);
    }
  }

  /** Keep what is heard now, thrown balls and all, as one's own. */
  async save() {
    if (!this.studio.rest.me) {
      this.studio.account.open('register', () => this.save());
      return;
    }
    const { universe, edited, document: now } = this.studio.session;
    try {
      const made = edited ? await this.studio.rest.post('/universes', { document: now }) : await this.studio.rest.post(`/universes/${universe.id}/fork`);
      await this.studio.shelf.load();
      toast('Saved. It is yours now, and live.');
      await this.studio.open(this.studio.shelf.find(made.id) ?? made);
    } catch (problem) {
      toast(problem.problems?.[0]?.message ?? problem.message, true);
    }
  }

  /** Begin with an empty box. */
  async create() {
    try {
      const made = await this.studio.rest.post('/universes', { document: BLANK });
      await this.studio.shelf.load();
      await this.studio.open(this.studio.shelf.find(made.id) ?? made);
    } catch (problem) {
      toast(problem.message, true);
    }
  }

  /** An owner changed or deleted a universe. */
  async owned(what, universe) {
    await this.studio.shelf.load();
    if (what === 'deleted') await this.studio.open(this.studio.shelf.universes.find((one) => one.example));
    else this.studio.describe();
    if (what === 'deleted') toast(`“${universe.title}” is gone.`);
  }
}
