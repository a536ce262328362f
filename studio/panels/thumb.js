/** A small drawing of a universe, made from its document alone. */

import { css, rest } from '../colour.js';
import { scene } from '../picture/scene.js';

const TALL = 1 / 2.1;

/** Draw a document into a canvas of its own. */
export function thumb(document, seed = '') {
  const canvas = Object.assign(window.document.createElement('canvas'), { width: 420, height: Math.round(420 * TALL) });
  const pen = canvas.getContext('2d');
  const look = { pen, w: canvas.width, h: canvas.height, palette: document?.visual?.palette, dice: dice(seed + (document?.title ?? '')) };
  night(look);
  const shown = scene(document ?? {});
  if (shown.about.size) orbits(look, shown, document);
  else if (shown.pivots.size) pendulums(look, shown);
  else if (shown.strings.length) eight(look, shown);
  else if (shown.sown) crowd(look);
  else bounces(look, document ?? {});
  return canvas;
}

function night({ pen, w, h }) {
  const fill = pen.createRadialGradient(w / 2, h / 2, 0, w / 2, h / 2, w * 0.6);
  fill.addColorStop(0, '#161a2c');
  fill.addColorStop(1, '#0a0c15');
  pen.fillStyle = fill;
  pen.fillRect(0, 0, w, h);
  pen.lineCap = 'round';
}

function lamp({ pen }, x, y, radius, colour) {
  const glow = pen.createRadialGradient(x, y, 0, x, y, radius * 4);
  glow.addColorStop(0, css(colour, 0.55));
  glow.addColorStop(1, css(colour, 0));
  pen.fillStyle = glow;
  pen.fillRect(x - radius * 4, y - radius * 4, radius * 8, radius * 8);
  pen.fillStyle = css(colour.map((value) => value + (1 - value) * 0.35));
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

function orbits(look, shown, document) {
  const { pen, w, h, palette, dice: roll } = look;
  const ids = [...shown.about.keys()];
  const periods = ids.map((id) => document.bodies[id].orbit.period ?? 1).map(Number).map((value, i) => value || i + 1);
  const most = Math.max(...periods) ** (2 / 3);
  ids.forEach((_, i) => {
    const radius = 0.12 + 0.86 * (periods[i] ** (2 / 3) / most);
    pen.strokeStyle = 'rgb(170 180 220 / 0.3)';
    pen.lineWidth = 1.3;
    pen.beginPath();
    pen.ellipse(w / 2, h / 2, radius * w * 0.44, radius * h * 0.44, 0, 0, 2 * Math.PI);
    pen.stroke();
    const angle = roll() * 2 * Math.PI;
    lamp(look, w / 2 + radius * w * 0.44 * Math.cos(angle), h / 2 + radius * h * 0.44 * Math.sin(angle), 4.6, rest(palette, i / ids.length));
  });
  lamp(look, w / 2, h / 2, 10, [1, 0.76, 0.5]);
}

function pendulums(look, shown) {
  const { pen, w, h, palette } = look;
  const count = Math.min(24, shown.pivots.size);
  for (let i = 0; i < count; i += 1) {
    const x = w * (0.14 + (0.72 * (i + 0.5)) / count);
    const swing = Math.sin((i / count) * 2 * Math.PI * 1.25) * w * 0.055;
    const y = h * (0.8 - 0.16 * (i / count));
    pen.strokeStyle = 'rgb(170 180 220 / 0.34)';
    pen.lineWidth = 1.2;
    pen.beginPath();
    pen.moveTo(x, h * 0.14);
    pen.lineTo(x + swing, y);
    pen.stroke();
    lamp(look, x + swing, y, 5.6, rest(palette, i / count));
  }
}

function eight(look, shown) {
  const { pen, w, h, palette } = look;
  const reach = Math.max(...shown.strings.map(({ at }) => Math.abs(at))) * 1.1;
  pen.strokeStyle = 'rgb(170 180 220 / 0.3)';
  pen.lineWidth = 1.2;
  for (const { at } of shown.strings) line(pen, w / 2 + (at / reach) * w * 0.36, h * 0.14, w / 2 + (at / reach) * w * 0.36, h * 0.86);
  const point = (t) => [w / 2 + w * 0.36 * Math.sin(t), h / 2 - h * 0.52 * Math.sin(t) * Math.cos(t)];
  for (let body = 0; body < 3; body += 1) {
    const colour = rest(palette, body / 3);
    const head = 0.4 + (body * 2 * Math.PI) / 3;
    for (let i = 0; i < 40; i += 1) {
      pen.strokeStyle = css(colour, 0.75 * (1 - i / 40));
      pen.lineWidth = 2.6 * (1 - i / 50);
      line(pen, ...point(head - i * 0.045), ...point(head - (i + 1) * 0.045));
    }
    lamp(look, ...point(head), 6.4, colour);
  }
}

function crowd(look) {
  const { pen, w, h, palette, dice: roll } = look;
  const [left, top, side, tall] = [w * 0.27, h * 0.12, w * 0.46, h * 0.76];
  pen.strokeStyle = 'rgb(170 180 220 / 0.45)';
  pen.lineWidth = 1.6;
  pen.strokeRect(left, top, side, tall);
  for (let i = 0; i < 26; i += 1) {
    const [x, y, angle] = [left + side * (0.05 + 0.9 * roll()), top + tall * (0.08 + 0.84 * roll()), roll() * 2 * Math.PI];
    const colour = rest(palette, i / 26);
    pen.strokeStyle = css(colour, 0.35);
    line(pen, x, y, x - 18 * Math.cos(angle), y - 18 * Math.sin(angle));
    lamp(look, x, y, 3.8, colour);
  }
}

function bounces(look, document) {
  const { pen, w, h, palette } = look;
  const count = Math.max(3, Math.min(7, Object.keys(document.bodies ?? {}).length));
  line(Object.assign(pen, { strokeStyle: 'rgb(170 180 220 / 0.5)', lineWidth: 1.6 }), w * 0.14, h * 0.82, w * 0.86, h * 0.82);
  for (let i = 0; i < count; i += 1) {
    const x = w * (0.22 + (0.56 * (i + 0.5)) / count);
    const high = h * (0.6 - (0.42 * i) / count);
    const colour = rest(palette, i / count);
    for (let k = 0; k < 14; k += 1) {
      pen.strokeStyle = css(colour, 0.5 * (1 - k / 14));
      pen.lineWidth = 2.4;
      line(pen, x, h * 0.82 - high + k * 5, x, h * 0.82 - high + k * 5 + 4);
    }
    lamp(look, x, h * 0.82 - high, 6.6 - i * 0.5, colour);
  }
}

function line(pen, x0, y0, x1, y1) {
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}

/** Even numbers in 0..1 from a text: the same text always draws the same picture. */
function dice(text) {
  let state = 2166136261;
  for (const letter of text) state = Math.imul(state ^ letter.codePointAt(0), 16777619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9;
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296;
  };
}

