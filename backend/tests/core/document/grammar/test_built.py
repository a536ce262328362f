from app.core.document.grammar import UNIVERSE, built
from app.core.document.grammar.built import NOT_BUILT, REASON
from app.core.document.shapes import Either, Fields, Flag, Keyed, List, Named, Told, Words


def test_what_is_not_built_is_known_by_name_and_refused(monkeypatch):
    monkeypatch.setattr(built, "NOT_BUILT", frozenset({"room.door", "paint=blue"}))
    room = built.fields("room.", {"door": Flag(), "window": Flag()}, needed=(("door", "window"),))
    paint = built.words("paint", "red", "blue")

    assert (list(room.fields), room.refused, room.needed) == (
        ["window"],
        {"door": REASON},
        (("window",),),
    )
    assert (paint.choices, paint.refused) == (("red",), {"blue": REASON})


def refused(shape):
    """Give every field and word a shape refuses by name."""
    match shape:
        case Named() | Told():
            return refused(shape.shape)
        case Either():
            return set().union(*map(refused, shape.shapes))
        case List() | Keyed():
            return refused(shape.of)
        case Words():
            return set(shape.refused)
        case Fields():
            return set(shape.refused).union(*map(refused, shape.fields.values()))
    return set()


def test_nothing_is_listed_as_not_built_that_the_grammar_does_not_name():
    found = refused(UNIVERSE)
    for line in NOT_BUILT:
        name = line.partition("=")[2] or line.rpartition(".")[2]
        # A group ("crossing=universe", "rules.set.visual") is refused name by name.
        assert line in found or any(f"{one}.".startswith(f"{name}.") for one in found), line
