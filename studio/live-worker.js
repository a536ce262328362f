/**
 * The room's own thread: whatever the page is busy with, samples go straight on to the loudspeaker's thread.
 *
 * From the page: {join}, {say}, {edit}, {codec}, {token}, {port}, {latency}, {close}. To the page: {token}, {state},
 * {welcome}, {told}, {slice}, {clock}.
 */

import { Room } from './live.js';
import { SAMPLES_PER_TICK, SAMPLE_RATE } from './wire.js';

const PATIENCE_MOST_S = 0.6;

let room = null;
let port = null;
let codec = 'none';
let latency = 0; // seconds from the player to the ear
let transport = {};
let generation = null;
let answer = () => {};

const acts = {
  join: (words) => {
    room = new Room({ ...words, token: ask, codec: () => codec }, ears);
  },
  say: (words) => room.say(words),
  edit: (words) => room.edit(words),
  codec: (words) => {
    codec = words;
    room.say({ type: 'sound', codec });
  },
  token: (words) => answer(words),
  port: (words) => {
    port?.close();
    port = words;
  },
  latency: (words) => {
    latency = words;
  },
  close: () => {
    room?.close();
    close();
  },
};

const ears = {
  state: (state, why) => postMessage({ state, why: why && { code: why.code, reason: why.reason } }),
  welcome: (words) => {
    transport = words.transport ?? {};
    anew(transport.generation ?? null);
    postMessage({ welcome: words });
  },
  told: (words) => {
    if (words.type === 'transport') transport = words;
    postMessage({ told: words });
  },
  clock: (offset) => postMessage({ clock: offset - performance.timeOrigin }),
  slice: (slice) => {
    if (slice.generation < generation) return;
    if (slice.generation !== generation) anew(slice.generation);
    if (slice.sound) play(slice);
    else postMessage({ slice }, slice.frames ? [slice.frames.positions.buffer] : []);
  },
};

/** Forget the samples in hand: what comes does not follow on them. */
function anew(number) {
  generation = number;
  port?.postMessage({ reset: true });
}

function play({ sound, tick }) {
  const moment = room.moment(tick, transport);
  const patience = moment === null ? undefined : (moment - performance.now()) / 1000 - latency;
  const wish = patience && SAMPLE_RATE * Math.min(PATIENCE_MOST_S, patience);
  const pcm = sound.slice();
  port?.postMessage({ pcm, start: tick * SAMPLES_PER_TICK, wish }, [pcm.buffer]);
}

function ask(fresh) {
  postMessage({ token: fresh });
  return new Promise((resolve) => (answer = resolve));
}

onmessage = ({ data }) => {
  for (const [act, words] of Object.entries(data)) acts[act](words);
};
