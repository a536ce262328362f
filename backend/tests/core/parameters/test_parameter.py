from app.core.parameters.parameter import Parameter, flag, form, number, word


def test_a_name_is_what_people_call_it():
    assert number("music.reverb.pre_delay", "s", 0, 1, 0.01, "x.").name == "reverb pre delay"


def test_bounds_are_told_with_their_unit():
    assert number("a.b", "Hz", 20, 20_000, None, "x.").bounds == "20 to 20000 Hz"
    assert word("a.b", ("x", "y"), "x", "x.").bounds == "x, y"
    assert flag("a.b", False, "x.").bounds == "true or false"
    assert form("a.b", None, "x.").bounds == ""
    assert Parameter("a.b", "vector", "m", -1, 1, (0, 0, 0), "x.").bounds == "-1 to 1 m each"
    assert (
        Parameter("a.b", "number", "G", 0, 1, 0, "x.", ("natural",)).bounds == "0 to 1 G, natural"
    )
