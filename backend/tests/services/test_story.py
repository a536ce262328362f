import pytest

from app.errors import Conflict, DocumentError, Forbidden, NotFound
from app.services import story, universes
from app.services.conditions import at
from app.services.story import Wanted

POINTS = {
    "end": {"at": "bar 9", "title": "zenith"},  # 16 s at 120 and four beats a bar
    "first": {"at": 0.5, "title": "Dawn", "text": "It begins."},
    "mid": {"at": "beat 9"},  # 4 s
    "late": {"at": "20 bars", "title": "apogee"},
}


@pytest.fixture
def ada(caller):
    return caller("ada")


@pytest.fixture
def view(ada, universe):
    return universe(ada, document={"story": POINTS}, visibility="public")


def listed(works, who, view, wanted=None, cursor=None, limit=50):
    return works.run(
        lambda work: story.listing(work, view.id, wanted or Wanted(), cursor=cursor, limit=limit),
        who,
    )


def ids(page):
    return [one.id for one in page.items]


def test_points_come_in_order_of_time_or_title(works, ada, view):
    assert ids(listed(works, ada, view)) == ["first", "mid", "end", "late"]
    assert ids(listed(works, ada, view, Wanted("-time"))) == ["late", "end", "mid", "first"]
    assert ids(listed(works, ada, view, Wanted("title"))) == ["mid", "late", "first", "end"]
    assert [one.seconds for one in listed(works, ada, view).items] == [0.5, 4, 16, 40]


def test_points_are_filtered_by_words_and_by_harmony(works, ada, view):
    assert ids(listed(works, ada, view, Wanted(text="BEGINS"))) == ["first"]
    assert ids(listed(works, ada, view, Wanted(harmony_low=0))) == []


def test_the_harmony_of_a_point_is_a_number_or_its_intensity():
    points = [
        story.PointView(1, name, 0, {}, story._harmony(said))
        for name, said in (("a", 0.2), ("b", {"intensity": 0.8}), ("c", None), ("d", {"tempo": 90}))
    ]

    def fitting(**range):
        return [one.id for one in points if story._fits(one, Wanted(**range))]

    assert fitting(harmony_low=0.5) == ["b"]
    assert fitting(harmony_high=0.5) == ["a"]
    assert fitting(harmony_low=0.2, harmony_high=0.8) == ["a", "b"]


@pytest.mark.parametrize("sort", ["time", "title", "-time", "-title"])
def test_pages_go_through_all_points_once(works, ada, view, sort):
    seen, cursor = [], None
    while True:
        page = listed(works, ada, view, Wanted(sort), cursor, limit=3)
        seen += ids(page)
        cursor = page.next_cursor
        if cursor is None:
            break

    assert seen == ids(listed(works, ada, view, Wanted(sort)))


@pytest.mark.databases
def test_a_point_has_a_name_of_its_own(works, ada, view):
    def create(said, name=None):
        return works.run(lambda work: story.create(work, view.id, said, name=name), ada)

    first, other = (create({"at": 7}) for _ in range(2))
    named = create({"at": 8}, name="named")

    assert first.id != other.id
    assert (named.id, named.document_rev) == ("named", 4)
    with pytest.raises(Conflict):
        create({"at": 8}, name="named")


def test_a_point_that_cannot_be_is_refused(works, ada, view):
    with pytest.raises(DocumentError) as refused:
        works.run(lambda work: story.create(work, view.id, {"at": "bar 0"}, name="x"), ada)

    assert refused.value.problems[0].path == "$.story.x.at"


@pytest.mark.parametrize(
    ("where", "order"),
    [
        ({"after": "mid"}, ["mid", "first", "end", "late"]),
        ({"before": "late"}, ["mid", "end", "first", "late"]),
        ({"after": "late"}, ["mid", "end", "late", "first"]),
        ({"at": "bar 3"}, ["first", "mid", "end", "late"]),
        ({"at": 4.5}, ["mid", "first", "end", "late"]),
    ],
)
def test_a_point_moves_to_a_time_or_between_two_others(works, ada, view, where, order):
    works.run(lambda work: story.move(work, view.id, "first", condition=at(1), **where), ada)

    assert sorted(ids(listed(works, ada, view))) == sorted(order)
    if where != {"at": "bar 3"}:  # there it is at the same time as `mid`, and its id is first
        assert ids(listed(works, ada, view)) == order


def test_a_point_moves_beside_points_that_are_there(works, ada, view):
    for point, where in (("first", {"after": "none"}), ("none", {"at": 1})):
        with pytest.raises(NotFound):
            works.run(
                lambda work, p=point, w=where: story.move(work, view.id, p, condition=at(1), **w),
                ada,
            )


def test_points_are_put_changed_and_seen_in_the_document(works, ada, view):
    works.run(lambda work: story.put(work, view.id, "mid", {"at": 5}, condition=at(1)), ada)
    works.run(
        lambda work: story.change(work, view.id, "end", {"title": None}, condition=at(2)), ada
    )

    assert (
        '"end":{"at":"bar 9"}'
        in works.run(lambda work: universes.read(work, view.id), ada).document
    )
    assert works.run(lambda work: story.read(work, view.id, "mid"), ada).seconds == 5


def test_viewers_add_no_points(works, view, caller):
    with pytest.raises(Forbidden):
        works.run(lambda work: story.create(work, view.id, {"at": 1}, name=None), caller("eve"))
