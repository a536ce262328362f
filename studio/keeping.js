/** Universes as things one has: saved, made, shared, deleted. */

import { toast } from './panels/dom.js';

export class Keeping {
  /** @param {object} studio  with its rest, shelf, account and session */
  constructor(studio) {
    this.studio = studio;
  }

  /** Let others in: the owner says whom, everybody else hands the address on. */
  share() {
    const { universe } = this.studio.session ?? {};
    if (universe?.role === 'owner') this.studio.inviting.open(() => this.copy(), this.studio.own.doors());
    else if (universe) this.copy();
  }

  /** Put the address of what is open on the clipboard. */
  async copy() {
    const { universe } = this.studio.session;
    const link = new URL(`#${universe.example ?? universe.id}`, location.href).href;
    const shut = universe.role === 'owner' && universe.visibility === 'private';
    try {
      await navigator.clipboard.writeText(link);
      toast(shut ? 'Link copied. Open its door first: only you may come in.' : 'Link copied.');
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

  /** Choose what to begin with. */
  create() {
    if (this.studio.rest.me) this.studio.starting.open();
    else this.studio.account.open('register', () => this.create());
  }

  /** A universe was made: put it on the shelf, and open it. */
  async made(universe) {
    await this.studio.shelf.load();
    await this.studio.open(this.studio.shelf.find(universe.id) ?? universe);
  }

  /** An owner changed or deleted a universe, or a member left it. */
  async owned(what, universe) {
    await this.studio.shelf.load();
    if (what === 'changed') {
      this.studio.describe();
      return;
    }
    await this.studio.open(this.studio.shelf.universes.find((one) => one.example));
    toast(what === 'left' ? `You have left “${universe.title}”.` : `“${universe.title}” is gone.`);
  }
}
