"""Faulty universes, each with the path of its fault; `shape` tells whether a schema can see it."""

FLOOR = {"floor": 0}
STAR = {"fixed": True}
NOTE = {"voice": "bell", "degree": 0}
HIT = {"event": "collision"}


def rule(when=None, **note):
    base = {"voice": "bell"} if "pitch" in note and "degree" not in note else NOTE
    return {"rules": {"r": {"when": when or HIT, "note": {**base, **note}}}}


def body(**said):
    return {"bodies": {"a": said}}


def pitch(**value):
    return rule(pitch={"from": "body.x", **value})


SHAPE = [
    ("not an object", [], "$"),
    ("unknown field", {"titel": "x"}, "$.titel"),
    ("another format", {"mundi": 2}, "$.mundi"),
    ("empty title", {"title": ""}, "$.title"),
    ("long text", {"about": "x" * 2001}, "$.about"),
    ("negative seed", {"seed": -1}, "$.seed"),
    ("half a seed", {"seed": 0.5}, "$.seed"),
    ("true is no number", {"music": {"tempo": True}}, "$.music.tempo"),
    ("null is nothing", {"music": {"tempo": None}}, "$.music.tempo"),
    ("tempo too fast", {"music": {"tempo": 201}}, "$.music.tempo"),
    ("nested out of range", {"music": {"reverb": {"mix": 1.5}}}, "$.music.reverb.mix"),
    ("no scale", {"music": {"scale": "majr"}}, "$.music.scale"),
    ("no meter", {"music": {"meter": "4/5"}}, "$.music.meter"),
    ("no chord", {"music": {"chords": {"list": ["iiii"]}}}, "$.music.chords.list[0]"),
    ("flat vector", {"physics": {"gravity": [0, 1]}}, "$.physics.gravity"),
    ("vector too strong", {"physics": {"gravity": [0, -21, 0]}}, "$.physics.gravity[1]"),
    ("word for a number", {"physics": {"gravitation": "strong"}}, "$.physics.gravitation"),
    ("unknown world", {"world": "moon"}, "$.world"),
    ("four dimensions", {"dimensions": 4}, "$.dimensions"),
    ("still clock", {"clock": {"rate": 0}}, "$.clock.rate"),
    ("unknown unit", {"units": {"length": "mile"}}, "$.units.length"),
    ("box without edges", {"boundary": {"walls": "reflect"}}, "$.boundary"),
    ("box of nothing", {"boundary": {"box": [0, 1, 1]}}, "$.boundary.box[0]"),
    ("bad id", {"bodies": {"A b": {}}}, '$.bodies["A b"]'),
    ("long id", {"bodies": {"a" * 33: {}}}, "$.bodies." + "a" * 33),
    ("negative radius", body(radius=-1), "$.bodies.a.radius"),
    ("text for a mass", body(mass="1"), "$.bodies.a.mass"),
    ("two ways to move", body(fixed=True, bounce=1), "$.bodies.a.fixed"),
    ("bounce of nothing", body(bounce="0 bars"), "$.bodies.a.bounce"),
    ("parabolic orbit", body(orbit={"about": "s", "period": 1, "eccentricity": 1}), "$.bodies.a.orbit.eccentricity"),
    ("two phases", body(orbit={"about": "s", "period": 1, "transit": 1, "periapsis": 1}), "$.bodies.a.orbit.periapsis"),
    ("orbit about nothing", body(orbit={"period": 1}), "$.bodies.a.orbit"),
    ("rod without length", body(rod={"angle": 1}), "$.bodies.a.rod"),
    ("no colour", body(colour="red"), "$.bodies.a.colour"),
    ("field of absurd strength", {"fields": {"f": {"kind": "radial", "strength": 501}}}, "$.fields.f.strength"),
    ("link of absurd stiffness", {"links": {"l": {"kind": "spring", "between": ["a", "b"], "stiffness": 1e10}}}, "$.links.l.stiffness"),
    ("absurd mass", body(mass=1e13), "$.bodies.a.mass"),
    ("series of none", {"series": {"p": {"n": 0}}}, "$.series.p.n"),
    ("series without n", {"series": {"p": {}}}, "$.series.p"),
    ("half a ramp", {"series": {"p": {"n": 2, "x": {"from": 1}}}}, "$.series.p.x"),
    ("crowd without shape", {"crowds": {"c": {"n": 2}}}, "$.crowds.c"),
    ("rule without effect", {"rules": {"r": {"when": HIT}}}, "$.rules.r"),
    ("no such event", rule({"event": "colision"}), "$.rules.r.when.event"),
    ("event and clock", rule({"event": "appear", "every": "1/8"}), "$.rules.r.when.every"),
    ("no such measure", rule(pitch={"from": "body.colour"}), "$.rules.r.note.pitch.from"),
    ("pitch and degree", rule(pitch="C4", degree=1), "$.rules.r.note.degree"),
    ("too loud", rule(velocity=1.1), "$.rules.r.note.velocity"),
    ("range too loud", rule(velocity={"from": "body.x", "range": [0, 2]}), "$.rules.r.note.velocity.range[1]"),
    ("no pitch", rule(pitch="H4"), "$.rules.r.note.pitch"),
    ("half a domain", pitch(domain=[1]), "$.rules.r.note.pitch.domain"),
    ("note of no pitch", {"rules": {"r": {"when": HIT, "note": {}}}}, "$.rules.r.note"),
    ("no such channel", rule(vibrato=1), "$.rules.r.note.vibrato"),
    ("physics by rule", {"rules": {"r": {"set": {"physics.friction": 1}}}}, '$.rules.r.set["physics.friction"]'),
    ("held while false", rule({"while": False}), "$.rules.r.when.while"),
    ("point without time", {"story": {"p": {"title": "x"}}}, "$.story.p"),
    ("point before bar one", {"story": {"p": {"at": "bar 0"}}}, "$.story.p.at"),
    ("change of no parameter", {"story": {"p": {"at": 1, "changes": {"music.tempi": 1}}}}, '$.story.p.changes["music.tempi"]'),
    ("change out of range", {"story": {"p": {"at": 1, "changes": {"music.tempo": 1}}}}, '$.story.p.changes["music.tempo"]'),
    ("no palette", {"visual": {"palette": "mud"}}, "$.visual.palette"),
    ("no such picture", {"visual": {"kind": "opera"}}, "$.visual.kind"),
    ("change of a look", {"story": {"p": {"at": 1, "changes": {"visual.glow": 2}}}}, '$.story.p.changes["visual.glow"]'),
    ("no such look", {"rules": {"r": {"look": {"colour": 1}}}}, "$.rules.r.look.colour"),
]  # fmt: skip

MEANING = [
    ("palette of nothing", {"visual": {"palette": "custom"}}, "$.visual.palette"),
    ("link to nobody", {"bodies": {"a": {}}, "links": {"l": {"kind": "rod", "between": ["a", "b"]}}}, "$.links.l.between[1]"),
    ("link to itself", {"bodies": {"a": {}}, "links": {"l": {"kind": "rod", "between": ["a", "a"]}}}, "$.links.l.between"),
    ("field to nowhere", {"fields": {"f": {"kind": "directional", "strength": 1, "toward": [0, 0, 0]}}}, "$.fields.f.toward"),
    ("crowd without mass", {"crowds": {"c": {"sow": "box", "n": 3, "mass": 0}}}, "$.crowds.c.mass"),
    ("mass too small to divide by", {"bodies": {"a": {"mass": 1e-320}}}, "$.bodies.a.mass"),
    ("blind observer", {"observer": [0, 0, 0]}, "$.observer"),
    ("flat box", {"boundary": {"box": [1, 1]}}, "$.boundary.box"),
    ("too many bodies", {"series": {"p": {"n": 1999}, "q": {"n": 2}}}, "$"),
    ("one id twice", {"bodies": {"p-1": {}}, "series": {"p": {"n": 2}}}, "$"),
    ("short list", {"series": {"p": {"n": 3, "x": [1, 2]}}}, "$.series.p.x"),
    ("ramp out of range", {"series": {"p": {"n": 3, "radius": {"from": 1, "step": -1}}}}, "$.series.p.radius"),
    ("no such voice", body(voice="kazoo"), "$.bodies.a.voice"),
    ("depth in a plane", {"dimensions": 2, **body(position=[0, 0, 1])}, "$.bodies.a.position"),
    ("massless collision", body(mass=0), "$.bodies.a.mass"),
    ("orbit about nobody", body(orbit={"about": "s", "period": 1}), "$.bodies.a.orbit.about"),
    ("orbit about itself", body(orbit={"about": "a", "period": 1}), "$.bodies.a.orbit.about"),
    ("orbit about the free", {"bodies": {"s": {}, "a": {"orbit": {"about": "s", "period": 1}}}}, "$.bodies.a.orbit.about"),
    ("orbit without pull", {"bodies": {"s": STAR, "a": {"orbit": {"about": "s", "semi_major_axis": 1}}}}, "$.bodies.a.orbit"),
    ("orbit of a word alone", body(orbit="1 bar"), "$.bodies.a.orbit"),
    ("ratios for others", {"bodies": {"s": {**STAR, "locked": [2, 1]}, "a": {"orbit": {"about": "s", "period": 1}}}}, "$.bodies.s.locked"),
    ("bounce on nothing", body(bounce=1), "$.bodies.a.bounce"),
    ("bounce without fall", {"physics": {**FLOOR, "gravity": [0, 0, 0]}, **body(bounce=1)}, "$.bodies.a.bounce"),
    ("swing without fall", {"world": "space", **body(rod={"swing": 1})}, "$.bodies.a.rod"),
    ("rule about nobody", rule({"event": "appear", "of": "x"}), "$.rules.r.when.of"),
    ("rule with nobody", rule({**HIT, "with": "wal"}), "$.rules.r.when.with"),
    ("transit about nothing", rule({"event": "transit"}), "$.rules.r.when"),
    ("crossing of nothing", rule({"event": "crossing", "measure": "body.x"}), "$.rules.r.when"),
    ("values of no crossing", rule({**HIT, "at": 1}), "$.rules.r.when.at"),
    ("note of no moment", {"rules": {"r": {"note": NOTE}}}, "$.rules.r"),
    ("voice unknown to a rule", rule(voice="kazoo"), "$.rules.r.note.voice"),
    ("voice in a list", rule(voice={"from": "body.index", "scale": "list", "list": ["bell", "kazoo"]}), "$.rules.r.note.voice.list[1]"),
    ("reversed domain", pitch(domain=[2, 1]), "$.rules.r.note.pitch.domain"),
    ("empty domain", pitch(domain=[1, 1]), "$.rules.r.note.pitch.domain"),
    ("log of zero", pitch(scale="log", domain=[0, 1]), "$.rules.r.note.pitch.domain"),
    ("list without one", pitch(scale="list"), "$.rules.r.note.pitch"),
    ("ratio to nothing", pitch(scale="ratio"), "$.rules.r.note.pitch"),
    ("names and numbers", pitch(range=["C4", 440]), "$.rules.r.note.pitch.range"),
    ("ratio of nobody", pitch(scale="ratio", body="x", **{"is": "C3"}), "$.rules.r.note.pitch.body"),
]  # fmt: skip
