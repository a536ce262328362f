import pytest

from app.core.document.lookup import value_in


def test_a_parameter_is_found_by_path_or_has_its_default():
    assert value_in({"music": {"reverb": {"mix": 0}}}, "music.reverb.mix") == 0
    assert value_in({"music": {}}, "music.reverb.mix") == 0.3
    assert value_in({"world": "water"}, "physics.friction") == 0.8


def test_a_vector_is_a_tuple_wherever_it_comes_from():
    assert value_in({"physics": {"gravity": [0, 1, 2]}}, "physics.gravity") == (0, 1, 2)
    assert value_in({}, "physics.gravity") == (0, -9.81, 0)


def test_what_is_no_parameter_is_no_key():
    with pytest.raises(KeyError):
        value_in({}, "title")
