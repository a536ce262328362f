import json

import pytest

from app.errors import DocumentError, InputError, NotFound, TooLarge
from app.services import examples, sources, universes
from app.services.sources import Source, Wishes

BALL = {"title": "Ball", "bodies": {"a": {"position": [0, 1, 0], "radius": 0.1}}}
TAKE = {
    "take": 1,
    "universe": BALL,
    "seed": 9,
    "journal": [
        {"tick": 5, "rev": 2, "patch": {"bodies": {"b": {"position": [1, 1, 0]}}}},
        {"tick": 6, "rev": 3, "patch": {"push": {"a": {"velocity": [1, 0, 0]}}}},
        {"tick": 9, "rev": 4, "patch": {"bodies": {"a": None}}},
    ],
    "start": 0,
    "ticks": 20,
}


def document(view):
    return json.loads(view.document)


@pytest.mark.databases
def test_a_universe_is_made_from_whatever_there_is(works, do, caller, universe, tmp_path):
    ada = caller()
    (tmp_path / "toy.json").write_text(json.dumps(BALL | {"title": "Toy"}))
    examples.plant(works, tmp_path)
    template = universe(caller("eve"), document=BALL, visibility="public")
    works.run(
        lambda work: universes.settle(work, template.id, template=True),
        template_owner(do, works, template),
    )

    empty = do(sources.create, ada, Source(), Wishes(title="Mine"))
    plain = do(sources.create, ada, Source(document=BALL), Wishes())
    taken = do(sources.create, ada, Source(take=TAKE), Wishes())
    toy = do(sources.create, ada, Source(example="toy"), Wishes(tags=("x",)))
    like = do(sources.create, ada, Source(template=template.id), Wishes(title="Other"))

    assert document(empty) == {"title": "Mine"}
    assert document(plain) == BALL
    assert document(taken) == {
        "title": "Ball", "seed": 9, "bodies": {"b": {"position": [1, 1, 0]}},
    }  # fmt: skip
    assert (toy.title, toy.tags, toy.role) == ("Toy", ("x",), "owner")
    assert (like.title, like.parent, like.template) == ("Other", template.id, False)


def template_owner(do, works, template):
    from app.services.work import Caller

    return Caller("user", template.owner.id)


@pytest.mark.databases
@pytest.mark.parametrize("value", [BALL, TAKE])
def test_a_file_is_a_document_or_a_take(do, caller, value):
    made = do(sources.read, caller(), json.dumps(value).encode(), Wishes(visibility="public"))

    assert made.title == "Ball"
    assert made.visibility == "public"


WRONG = [
    (b"", InputError, ""),
    (b"{", InputError, ""),
    (b"[]", DocumentError, "$"),
    (b"NaN", InputError, ""),
    (b'{"a":1}', DocumentError, "$.a"),
    (b'{"bodies":{"a":{"radius":-1}}}', DocumentError, "$.bodies.a.radius"),
    (b'{"take":2,"universe":{}}', DocumentError, "$.take"),
    (b'{"take":1}', DocumentError, "$.universe"),
    (b'{"take":1,"universe":{"b":1}}', DocumentError, "$.universe.b"),
    (b'{"take":1,"universe":{},"journal":{}}', DocumentError, "$.journal"),
    (b'{"take":1,"universe":{},"journal":[{"patch":1}]}', DocumentError, "$.journal[0]"),
    (
        b'{"take":1,"universe":{},"journal":[{"patch":{"x":1}}]}',
        DocumentError,
        "$.journal[0].patch.x",
    ),
    (b'{"take":1,"universe":{},"seed":-1}', DocumentError, "$.seed"),
    (b'{"take":1,"universe":{},"seed":"x"}', DocumentError, "$.seed"),
]


@pytest.mark.parametrize(("file", "kind", "path"), WRONG)
def test_a_file_with_a_fault_makes_nothing_and_is_told_where(works, do, caller, file, kind, path):
    ada = caller()
    with pytest.raises(kind) as refused:
        do(sources.read, ada, file, Wishes())

    assert [one.path for one in refused.value.problems][:1] == ([path] if path else [])
    from app.crud import universes as rows

    assert works.run(lambda work: rows.count_own(work.session, ada.user_id)) == 0


def test_what_is_no_template_and_no_example_is_told(do, caller, universe):
    ada = caller()
    with pytest.raises(NotFound, match="no example 'nothing'"):
        do(sources.create, ada, Source(example="nothing"), Wishes())
    with pytest.raises(NotFound, match="template"):
        do(sources.create, ada, Source(template=universe(ada).id), Wishes())


def test_a_file_too_large_is_refused(do, caller):
    with pytest.raises((TooLarge, InputError)):
        do(
            sources.read,
            caller(),
            b'{"title":"' + b"x" * universes.FILE_BYTES_MAX + b'"}',
            Wishes(),
        )
