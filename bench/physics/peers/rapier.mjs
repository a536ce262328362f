// A scene of equal spheres from standard input, stepped by Rapier; prints the best time a step.
import RAPIER from "@dimforge/rapier3d-compat";
import { readFileSync } from "node:fs";

const said = JSON.parse(readFileSync(0, "utf8"));
await RAPIER.init();
const world = new RAPIER.World({ x: 0, y: -said.gravity, z: 0 });
world.timestep = 1 / 120;
const half = said.edge / 2, thick = 1;
const low = said.floor ? 0 : -half, high = said.floor ? said.top : half;
const wall = (x, y, z, hx, hy, hz) => world.createCollider(
  RAPIER.ColliderDesc.cuboid(hx, hy, hz).setTranslation(x, y, z).setRestitution(said.elasticity).setFriction(0));
const tall = (high - low) / 2, middle = (high + low) / 2;
wall(-half - thick, middle, 0, thick, tall + 2, half + 2); wall(half + thick, middle, 0, thick, tall + 2, half + 2);
wall(0, low - thick, 0, half + 2, thick, half + 2); wall(0, high + thick, 0, half + 2, thick, half + 2);
wall(0, middle, -half - thick, half + 2, tall + 2, thick); wall(0, middle, half + thick, half + 2, tall + 2, thick);
const bodies = said.place.map((p, k) => {
  const v = said.velocity[k];
  const body = world.createRigidBody(RAPIER.RigidBodyDesc.dynamic().setTranslation(...p).setLinvel(...v).setCanSleep(true));
  world.createCollider(RAPIER.ColliderDesc.ball(0.1).setMass(1).setRestitution(said.elasticity).setFriction(0), body);
  return body;
});
const kinetic = () => bodies.reduce((sum, one) => { const v = one.linvel(); return sum + (v.x ** 2 + v.y ** 2 + v.z ** 2) / 2; }, 0);
const before = kinetic();
for (let k = 0; k < said.warm; k++) world.step();
let best = Infinity;
for (let run = 0; run < said.runs; run++) {
  const began = process.hrtime.bigint();
  for (let k = 0; k < said.ticks; k++) world.step();
  best = Math.min(best, Number(process.hrtime.bigint() - began) / 1e9 / said.ticks);
}
let closest = Infinity;
const places = bodies.map((one) => one.translation());
for (let i = 0; i < places.length && places.length <= 2000; i++) for (let j = 0; j < i; j++) {
  const a = places[i], b = places[j];
  closest = Math.min(closest, Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z));
}
console.log(JSON.stringify({ best_s: best, kinetic: before ? kinetic() / before : 0, overlap: (0.2 - closest) / 0.1 }));
