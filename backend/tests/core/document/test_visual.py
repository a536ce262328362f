from app.core.document import judge
from app.core.document.visual import visual


def test_the_picture_has_every_parameter(example):
    spec = visual(judge(example("trappist-1")))

    assert (spec.kind, spec.palette, spec.colours) == ("particles", "spectrum", ())
    assert spec.values["visual.trail_length"] == 0.8
    assert spec.values["visual.camera.zoom"] == 1.0
