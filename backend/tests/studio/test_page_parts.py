"""Parts of the page that have a right answer: patches, orbits, colours, the camera."""

import math
import re

import pytest


@pytest.fixture
def run(module_page, files):
    """Call a function of a module in the browser: run("patch.js", "patched", a, b)."""

    def runner(module: str, name: str, *given):
        script = "async ([file, name, given]) => (await import(file))[name](...given)"
        return module_page.evaluate(script, [f"{files}/{module}", name, list(given)])

    return runner


# RFC 7396, appendix A.
@pytest.mark.parametrize(
    ("target", "patch", "wanted"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_merge_patches_are_those_of_the_rfc(run, target, patch, wanted):
    assert run("patch.js", "patched", target, patch) == wanted


def test_a_path_becomes_the_patch_that_sets_it(run):
    assert run("patch.js", "at", "music.reverb.mix", 0.2) == {"music": {"reverb": {"mix": 0.2}}}


def test_hue_goes_round_in_twelve_from_red(run):
    assert [run("colour.js", "hue", step) for step in (0, 3, 12)] == [0, 90, 360]
    red, green, blue = run("colour.js", "light", 0)
    assert red > 1.5 * max(green, blue)


def test_all_pitch_classes_are_about_equally_bright(run):
    def luminance(rgb):
        return sum(w * c**2.2 for w, c in zip((0.2126, 0.7152, 0.0722), rgb, strict=True))

    seen = [luminance(run("colour.js", "light", step)) for step in range(12)]

    assert max(seen) / min(seen) < 2.2  # the bare wheel spans a factor of 13


@pytest.mark.parametrize(
    ("hz", "name"), [(440, "A4"), (261.63, "C4"), (466.16, "B♭4"), (27.5, "A0")]
)
def test_pitches_have_their_names(run, hz, name):
    assert run("colour.js", "pitchName", hz) == name


ELLIPSE = """async ([file, samples, eccentricity]) => {
  const { Orbits } = await import(file);
  const orbits = new Orbits();
  for (const place of samples) orbits.note('planet', place, [0.5, 0, 0], eccentricity);
  return [...orbits.paths()].map(([, points]) => points)[0];
}"""


def test_an_ellipse_is_found_from_a_quarter_of_it(module_page, files):
    axis, eccentricity, tilt = 2.0, 0.4, 0.7

    def place(angle):
        r = axis * (1 - eccentricity**2) / (1 + eccentricity * math.cos(angle - 0.3))
        x, y = r * math.cos(angle), r * math.sin(angle)
        return [0.5 + x, y * math.cos(tilt), y * math.sin(tilt)]

    samples = [place(0.05 * i) for i in range(32)]
    points = module_page.evaluate(ELLIPSE, [f"{files}/picture/orbits.js", samples, eccentricity])

    far = [math.dist(point, [0.5, 0, 0]) for point in points]
    assert min(far) == pytest.approx(axis * (1 - eccentricity), rel=1e-3)
    assert max(far) == pytest.approx(axis * (1 + eccentricity), rel=1e-3)


CAMERA = """async ([file, points, view]) => {
  const { Camera } = await import(file);
  const camera = new Camera();
  camera.resize(800, 500, [{ left: 40, right: 60, top: 70, bottom: 180 }]);
  camera.frame(points, view);
  camera.advance(1);
  return points.map((point) => [camera.project(point), camera.reach(...camera.project(point), point, camera.axes()[2])]);
}"""
CORNERS = [[x, y, z] for x in (-3, 3) for y in (-1, 1) for z in (-2, 2)]


@pytest.mark.parametrize("view", [{"yaw": 0, "pitch": 0}, {"yaw": 0.8, "pitch": -0.9}])
def test_the_whole_universe_is_in_the_free_part_and_a_click_finds_its_place(
    module_page, files, view
):
    seen = module_page.evaluate(CAMERA, [f"{files}/picture/camera.js", CORNERS, view])

    for corner, ((x, y), found) in zip(CORNERS, seen, strict=True):
        assert 39 < x < 741
        assert 69 < y < 321
        assert found == pytest.approx(corner, abs=1e-6)


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" by WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("name", ["ink", "soft", "faint", "lamp", "wrong"])
def test_every_colour_of_text_can_be_read(module_page, files, name):
    style = module_page.evaluate(
        "(file) => fetch(file).then((answer) => answer.text())", f"{files}/style/base.css"
    )
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", style))

    # The lightest ground that words stand on is the glass of the panels.
    ratio = (luminance(colours[name]) + 0.05) / (luminance("#101320") + 0.05)

    assert ratio >= 4.5  # WCAG 2.2, 1.4.3, level AA


@pytest.mark.parametrize(
    ("off", "says"), [(2.3e-14, "energy ± 2e-14"), (0, "energy ± 0"), (None, "")]
)
def test_the_energy_is_told_where_it_is_to_last(run, off, says):
    assert run("text.js", "energy", off) == says


def test_a_followed_body_stays_in_the_middle_of_the_window(module_page, files):
    script = """async (files) => {
      const { Camera } = await import(`${files}/picture/camera.js`);
      const camera = new Camera();
      camera.resize(800, 600, [{ left: 0, top: 0, right: 0, bottom: 0 }]);
      camera.frame([[-4, -4, 0], [4, 4, 0]]);
      camera.followed = [3, 1, 0];
      camera.advance(1);
      return camera.project([3, 1, 0]);
    }"""

    assert module_page.evaluate(script, files) == pytest.approx([400, 300])


def test_a_grid_has_round_steps(module_page, files):
    script = """async (files) => {
      const { grid } = await import(`${files}/picture/scenery.js`);
      const found = [];
      grid({ line: (one) => found.push(one) }, { low: [0, 0, 0], high: [7, 3, 0] });
      return found;
    }"""

    upright = [x for x, y, _ in module_page.evaluate(script, files) if y == 0 and x > 0]
    assert upright == [1, 2, 3, 4, 5, 6, 7]


def test_a_beam_spans_all_that_hangs_at_its_height_whatever_their_order(module_page, files):
    script = """async (files) => {
      const { Scenery } = await import(`${files}/picture/scenery.js`);
      const found = [];
      const strokes = { add() {}, path() {}, line: (from, to) => found.push([from, to]) };
      const pivots = new Map([[1, 1, 0], [3, 1, 0], [-3, 1, 0], [0, 1, 0], [9, 5, 0], [8, 2, 0], [6, 2, 0]].map((at, i) => [i, at]));
      const scene = { floor: null, box: null, strings: [], pivots };
      const view = { scene, orbits: { paths: () => [] }, place: () => null, tint: () => [0, 0, 0] };
      new Scenery().draw(strokes, view);
      return found;
    }"""

    (first, second) = module_page.evaluate(script, files)
    assert first == [pytest.approx([-3.36, 1, 0]), pytest.approx([3.36, 1, 0])]
    assert second == [pytest.approx([5.88, 2, 0]), pytest.approx([8.12, 2, 0])]
