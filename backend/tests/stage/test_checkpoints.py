import itertools
from uuid import uuid4

from app.stage import checkpoints
from app.stage.checkpoints import Checkpoint, Checkpoints

JOURNAL = uuid4()


def kept(store: Checkpoints, folder) -> list[int]:
    return sorted(int(path.stem) for path in folder.glob("*/*.checkpoint"))


def test_the_newest_at_or_before_a_tick_is_found(tmp_path):
    store = Checkpoints(tmp_path, engine="1")
    for tick in (0, 2400, 4800):
        store.save(JOURNAL, Checkpoint(tick, 3, b"state %d" % tick))

    assert store.nearest(JOURNAL, 4799, rev=9) == Checkpoint(2400, 3, b"state 2400")
    assert store.nearest(JOURNAL, 4800, rev=9).tick == 4800
    assert store.nearest(uuid4(), 4800, rev=9) is None


def test_one_that_obeys_a_later_edit_than_the_journal_has_is_passed_over(tmp_path):
    store = Checkpoints(tmp_path, engine="1")
    store.save(JOURNAL, Checkpoint(0, 1, b"a"))
    store.save(JOURNAL, Checkpoint(6, 2, b"b"))

    assert store.nearest(JOURNAL, 60, rev=1).data == b"a"


def test_a_damaged_one_and_one_of_another_engine_are_passed_over(tmp_path):
    store = Checkpoints(tmp_path, engine="1")
    store.save(JOURNAL, Checkpoint(0, 1, b"whole"))
    store.save(JOURNAL, Checkpoint(6, 1, b"cut short"))
    path = tmp_path / JOURNAL.hex / f"{6:015d}.checkpoint"
    path.write_bytes(path.read_bytes()[:-3])

    assert store.nearest(JOURNAL, 60, rev=1).tick == 0
    assert Checkpoints(tmp_path, engine="2").nearest(JOURNAL, 60, rev=1) is None


def test_the_old_are_thinned_and_the_new_are_kept(tmp_path):
    store = Checkpoints(tmp_path, engine="1")
    for minute in range(0, 60 * 60, 20):
        store.save(JOURNAL, Checkpoint(minute * 120, 1, b"x"))

    ticks = kept(store, tmp_path)

    newest = ticks[-1]
    assert newest == 3580 * 120
    assert len(ticks) < 60  # of 180; an hour leaves a few dozen
    gaps = [(newest - a, b - a) for a, b in itertools.pairwise(ticks)]
    assert all(gap <= max(2400, age / 4) for age, gap in gaps)


def test_a_room_has_no_more_bytes_than_it_may(tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoints, "ROOM_BYTES", 10_000)
    store = Checkpoints(tmp_path, engine="1")
    for tick in range(0, 2400 * 20, 2400):
        store.save(JOURNAL, Checkpoint(tick, 1, bytes(2000)))

    size = sum(path.stat().st_size for path in tmp_path.glob("*/*"))
    assert size <= 10_000
    assert max(kept(store, tmp_path)) == 2400 * 19


def test_all_rooms_together_are_bounded_and_the_one_playing_is_spared(tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoints, "TOTAL_BYTES", 5_000)
    store = Checkpoints(tmp_path, engine="1")
    journals = [uuid4() for _ in range(6)]
    for journal in journals:
        store.save(journal, Checkpoint(0, 1, bytes(2000)))

    assert store.nearest(journals[-1], 0, rev=1) is not None
    assert sum(path.stat().st_size for path in tmp_path.glob("*/*")) <= 5_000


def test_a_branch_keeps_what_is_common_and_a_forgotten_journal_is_gone(tmp_path):
    store, child = Checkpoints(tmp_path, engine="1"), uuid4()
    for tick in (0, 2400, 4800):
        store.save(JOURNAL, Checkpoint(tick, 1, b"x"))

    store.inherit(JOURNAL, child, 2400)
    store.forget(JOURNAL)

    assert store.nearest(child, 9999, rev=1).tick == 2400
    assert store.nearest(JOURNAL, 9999, rev=1) is None
