/** The studio: wires the picture, the sound and the panels to one session. */

import { acts } from './acts.js';
import { Keeping } from './keeping.js';
import { Account, letter, wantsStill } from './panels/account.js';
import { Captions } from './panels/captions.js';
import { Comments } from './panels/comments.js';
import { $, swap, toast } from './panels/dom.js';
import { Finding } from './panels/finding.js';
import { Gauges } from './panels/gauges.js';
import { Past } from './panels/history.js';
import { Inviting } from './panels/inviting.js';
import { keys } from './panels/keys.js';
import { showMembers } from './panels/members.js';
import { Meter } from './panels/meter.js';
import { Own } from './panels/own.js';
import { Sharing } from './panels/sharing.js';
import { Shelf } from './panels/shelf.js';
import { Side } from './panels/side.js';
import { Starting } from './panels/starting.js';
import { Story } from './panels/story.js';
import { Tune } from './panels/tune.js';
import { Labels } from './picture/labels.js';
import { Picture } from './picture/picture.js';
import { Stagehand } from './stagehand.js';
import { probe } from './probe.js';
import { Rest } from './rest.js';
import { Session } from './session.js';
import { Sound } from './sound.js';
import { clock, ended, eyebrow, refused } from './text.js';
import { Throwing } from './throwing.js';

const PATIENCE_MS = 2000;

class Studio {
  constructor() {
    this.rest = new Rest();
    this.sound = new Sound();
    this.session = null;
    this.wants = false;
    const session = () => this.session;
    this.picture = new Picture($('stage'));
    this.labels = new Labels($('labels'));
    this.throwing = new Throwing(this.picture, session);
    this.captions = new Captions();
    this.meter = new Meter($('meter'));
    this.tune = new Tune(session);
    this.keeping = new Keeping(this);
    this.account = new Account(this.rest);
    this.own = new Own(this.rest, session, (what, universe) => this.keeping.owned(what, universe));
    this.sharing = new Sharing(this.rest, session);
    this.inviting = new Inviting(this.rest, session);
    this.starting = new Starting(this.rest, (made) => this.keeping.made(made));
    this.finding = new Finding(this.rest, (universe) => this.open(universe));
    this.shelf = new Shelf(this.rest, (universe) => this.open(universe), () => this.keeping.create(), () => this.finding.open());
    this.comments = new Comments(this.rest, session, () => this.account.open());
    this.past = new Past(this.rest, session);
    this.story = new Story(session);
    this.gauges = new Gauges();
    this.side = new Side({ Shape: { draw: () => (this.tune.draw(), this.own.draw()) }, Story: this.story, Comments: this.comments, History: this.past });
    this.stagehand = new Stagehand(this.picture, () => this.wants);
    this.heard = 0;
    this.wire();
  }

  wire() {
    this.sound.onreport = ({ rms }) => this.meter.take(rms);
    this.rest.onperson = (me) => this.person(me);
    this.throwing.ondrop = ({ refused: no }) => (no ? this.listener() : this.stagehand.thrown());
    $('listen').onclick = () => this.listen();
    $('pause').onclick = () => this.session?.play(!this.session.transport.playing);
    $('again').onclick = () => this.session?.seek(0);
    $('sweep').onclick = () => this.sweep();
    $('alone').onclick = () => this.open(this.session.universe, this.session.mode === 'solo' ? 'room' : 'solo');
    $('save').onclick = () => this.keeping.save();
    $('share').onclick = () => this.keeping.share();
    $('star').onclick = () => this.sharing.star().then(() => this.describe());
    $('tune-open').onclick = () => this.side.toggle('Shape');
    $('talk-open').onclick = () => this.side.toggle('Comments');
    this.side.onturn = () => (this.stagehand.areas = null);
    addEventListener('hashchange', () => this.follow());
    keys(acts(this));
  }

  /** Arrive: something moves as soon as the shelf is known; who one is may come later. */
  async start() {
    this.loop();
    const followed = letter();
    try {
      await this.rest.resume();
      const [universes] = await Promise.all([this.shelf.load(), this.tune.load(this.rest)]);
      const named = await this.named();
      await this.open(this.shelf.find(named) ?? (named ? await this.fetch(named) : null) ?? universes.find((one) => one.example) ?? universes[0]);
    } catch (problem) {
      toast(problem.message, true);
    }
    if (followed) this.account.follow(followed);
  }

  /** The universe the address names: by itself, or by a share link that lets one in. */
  async named() {
    const named = decodeURIComponent(location.hash.slice(1));
    return named.startsWith('link=') ? this.sharing.arrive(named.slice(5)) : named;
  }

  async fetch(id) {
    return this.rest.get(`/universes/${id}`).catch((problem) => {
      toast(problem.message, true);
      return null;
    });
  }

  follow() {
    const followed = letter();
    if (followed) {
      this.account.follow(followed);
      return;
    }
    const named = decodeURIComponent(location.hash.slice(1));
    const known = this.shelf.find(named);
    if (!named || known?.id === this.session?.universe.id) return;
    if (named.startsWith('link=')) {
      this.named().then((id) => this.fetch(id)).then((one) => one && this.open(one)).catch((problem) => toast(problem.message, true));
      return;
    }
    if (known) this.open(known);
    else this.fetch(named).then((universe) => universe && this.open(universe));
  }

  /** Open a universe: the examples alone, to play in; what people share with everyone who is there. */
  async open(universe, mode = universe?.example ? 'solo' : 'room') {
    if (!universe) return;
    this.session?.close();
    const whole = this.shelf.documents.get(universe.id) ? { ...universe, document: this.shelf.documents.get(universe.id) } : universe;
    this.session = new Session(whole, mode, this.sound, (fresh) => this.rest.token(fresh));
    this.attend(this.session);
    this.fresh = true;
    history.replaceState(null, '', `#${universe.example ?? universe.id}`);
    this.shelf.mark(universe.id);
    this.captions.clear();
    this.gauges.clear();
    if (whole.document) this.show(whole.document);
    else this.describe();
  }

  attend(session) {
    const on = (type, act) => session.addEventListener(type, ({ detail }) => session === this.session && act(detail));
    on('document', (detail) => this.documented(detail));
    on('members', ({ members }) => showMembers(session.mode === 'solo' ? [] : members, session.room.member));
    on('transport', ({ playing }) => this.playing(playing));
    on('generation', () => this.picture.trails.clear());
    on('refused', (words) => toast(refused(words), true));
    on('undone', ({ left }) => left.length && toast(`Left as others have it now: ${left.map((one) => one.path.slice(2)).join(', ')}`));
    on('meters', (meters) => this.gauges.take(meters));
    on('event', ({ kind = 'document' }) => this.told(kind));
    on('state', ({ state, why }) => this.connected(state, why));
  }

  connected(state, why) {
    document.body.dataset.room = state;
    clearInterval(this.patience);
    // An empty sky needs a word: a server that has just started takes a moment to warm up.
    if (state === 'joining') this.patience = setInterval(() => toast('The stage is getting ready. It opens by itself.'), PATIENCE_MS);
    if (state === 'closed') toast(ended(why?.code), true);
    if (state === 'lost' && !this.lost) toast('The line broke. Joining again…');
    if (state === 'open' && this.lost) toast('Back in the room.');
    this.lost = state === 'lost' || (this.lost && state === 'joining');
  }

  documented({ fresh }) {
    const { document: now } = this.session;
    if (fresh && this.fresh) this.show(now);
    else this.picture.amend(now);
    this.fresh = false;
    this.describe();
    if (fresh) this.tune.draw();
    else this.tune.follow();
    if (this.side.open && this.side.chosen === 'Story') this.story.changed();
  }

  /** Something was committed: whoever looks at the leaf it belongs to sees it. */
  told(kind) {
    if (kind === 'comment') this.comments.changed();
    if (kind.startsWith('document')) this.past.changed();
  }

  show(whole) {
    this.session.document = whole;
    this.picture.show(whole);
    this.describe();
    this.tune.draw();
    this.side.draw();
  }

  describe() {
    const { document: now, universe } = this.session;
    $('title').textContent = universe.title ?? now.title ?? 'Untitled';
    $('about').textContent = now.about ?? '';
    $('eyebrow').textContent = eyebrow(this.session);
    document.title = `${$('title').textContent} — Mundi`;
    $('stage').setAttribute('aria-label', `${$('title').textContent}, in motion`);
    $('sweep').hidden = !Object.keys(now.bodies ?? {}).some((id) => id.startsWith('zz-'));
    $('save').hidden = universe.role === 'owner';
    $('star').hidden = !this.rest.me;
    $('star').setAttribute('aria-pressed', String(Boolean(universe.starred)));
    $('stars').textContent = universe.stars ?? 0;
    $('alone').hidden = universe.role !== 'viewer';
    $('alone').textContent = this.session.mode === 'solo' ? 'Listen together' : 'Play alone';
  }

  playing(on) {
    swap($('pause'), on ? 'pause' : 'play');
    $('pause').setAttribute('aria-label', on ? 'Pause' : 'Go on');
  }

  /** The one press that makes sound; pressed again, silence. */
  async listen() {
    const button = $('listen');
    this.wants = !this.wants;
    button.setAttribute('aria-pressed', String(this.wants));
    $('listen-word').textContent = this.wants ? 'Sound on' : 'Listen';
    swap(button, this.wants ? 'sound' : 'play');
    if (!this.wants) {
      this.sound.fade(0, 0.2);
      this.sound.wanted = false;
      this.session?.listen(false);
      return;
    }
    try {
      await this.sound.open();
      if (!this.wants) return;
      this.sound.wanted = true;
      this.session?.listen(true);
      this.sound.fade(1);
      this.stagehand.invite();
    } catch {
      toast('This browser would not open its sound.', true);
    }
  }

  sweep() {
    const balls = Object.keys(this.session?.document.bodies ?? {}).filter((id) => id.startsWith('zz-'));
    if (balls.length) this.session.edit({ bodies: Object.fromEntries(balls.map((id) => [id, null])) });
  }

  /** Somebody who may only listen tried to throw. */
  listener() {
    const alone = () => this.open(this.session.universe, 'solo');
    toast('Here you are listening.', false, ['Play alone', alone]);
  }

  async person(me, deleted = false) {
    this.account.show(me);
    this.picture.still = wantsStill(me);
    this.side.draw();
    if (this.session) this.describe();
    if (this.shelf.universes.length) await this.shelf.load().catch(() => null);
    if (me) this.sharing.asked((universe) => this.open(universe));
    const before = this.session?.universe;
    if (!before || before.example) return;
    const lost = deleted ? before.role === 'owner' : !me && before.visibility === 'private' && !this.rest.seat;
    const now = lost ? null : await this.rest.get(`/universes/${before.id}`).catch(() => null);
    if (!now) await this.open(this.shelf.universes.find((one) => one.example));
    else if (!(this.session.mode === 'solo' && this.session.edited)) await this.open(now);
  }

  loop() {
    const frame = (now) => {
      requestAnimationFrame(frame);
      this.draw(now);
    };
    requestAnimationFrame(frame);
  }

  draw(now) {
    const { session, picture } = this;
    picture.fit(innerWidth, innerHeight, this.stagehand.free());
    const tick = session?.tick(now) ?? null;
    if (tick !== null) for (const note of session.timeline.due(tick)) this.sing(note, now);
    if (tick !== null) picture.pass(session.timeline.since(picture.trails.tick, tick));
    picture.draw(tick === null ? null : session.timeline.at(tick), tick ?? 0, now);
    this.labels.draw(picture.visual.labels === true, picture.places, picture.camera);
    if (this.wants) this.meter.draw();
    const time = clock(session?.seconds ?? 0);
    if ($('time').textContent !== time) $('time').textContent = time;
  }

  sing(note, now) {
    this.heard += 1;
    this.picture.sing(note, now);
    this.captions.add(note, now);
  }
}

const studio = new Studio();
studio.start();
probe(studio);
