/** What a new universe starts from: a box, a floor that sings, nothing in it yet. */

export const BLANK = {
  title: 'A new universe',
  about: 'Click in the picture to drop the first ball.',
  dimensions: 2,
  boundary: { box: [16, 10] },
  physics: { elasticity: 0.94, friction: 0 },
  music: { tempo: 96, key: 'D', scale: 'major pentatonic', reverb: { mix: 0.4, decay: 3.5 } },
  rules: {
    hits: {
      when: { event: 'collision', with: 'wall' },
      note: {
        voice: 'bell',
        pitch: { from: 'event.place.x', domain: [-8, 8], range: ['D3', 'D6'] },
        velocity: { from: 'event.impulse', scale: 'log', range: [0.3, 0.9] },
        pan: { from: 'event.place.x', domain: [-8, 8], range: [-0.8, 0.8] },
      },
    },
    knocks: { when: { event: 'collision' }, note: { voice: 'pluck', degree: { from: 'event.place.y', domain: [-5, 5], range: [0, 10] }, velocity: 0.5 } },
  },
};
