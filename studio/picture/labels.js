/** The bodies' names beside them, where the universe asks for labels. */

export class Labels {
  /** @param {HTMLElement} holder */
  constructor(holder) {
    this.holder = holder;
    this.words = new Map();
  }

  /**
   * @param {boolean} on
   * @param {Map<string, ArrayLike<number>>} places
   * @param {import('./camera.js').Camera} camera
   */
  draw(on, places, camera) {
    if (!on && this.words.size === 0) return;
    for (const [id, word] of this.words) if (!on || !places.has(id)) this.drop(id, word);
    if (!on) return;
    for (const [id, place] of places) {
      const [x, y] = camera.project([...place]);
      this.word(id).style.transform = `translate(${(x + 12).toFixed(1)}px, ${(y - 9).toFixed(1)}px)`;
    }
  }

  word(id) {
    if (!this.words.has(id)) {
      const word = document.createElement('span');
      word.textContent = id;
      this.holder.append(word);
      this.words.set(id, word);
    }
    return this.words.get(id);
  }

  drop(id, word) {
    word.remove();
    this.words.delete(id);
  }
}
