/** What the keys do. */

import { $ } from './panels/dom.js';

/** Every act that has a key, by key. */
export function acts(studio) {
  return {
    l: () => studio.listen(),
    ' ': () => $('pause').click(),
    0: () => $('again').click(),
    '[': () => studio.open(studio.shelf.neighbour(-1)),
    ']': () => studio.open(studio.shelf.neighbour(1)),
    c: () => studio.captions.toggle(),
    t: () => studio.side.toggle('Shape'),
    s: () => studio.side.toggle('Story'),
    k: () => studio.side.toggle('Comments'),
    h: () => studio.side.toggle('History'),
    f: () => studio.finding.open(),
    '/': () => studio.finding.open(),
    b: () => studio.throwing.throw(studio.throwing.somewhere(), null),
    'ctrl+z': () => studio.session?.turn('undo'),
    'ctrl+shift+z': () => studio.session?.turn('redo'),
    'ctrl+y': () => studio.session?.turn('redo'),
    escape: () => studio.side.show(null),
  };
}
