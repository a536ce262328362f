import math
from dataclasses import replace

import numpy as np
import pytest

from app.errors import InputError, Unavailable
from app.stage.performer import Performer
from app.stage.theatre import Theatre


def stand(stage: Theatre, book, tick: int | None = None) -> Performer:
    return stage.stand("u", book.open("u"), tick=tick)


def test_an_edit_gets_the_first_tick_not_yet_rendered(stage, book):
    performer = stand(stage, book)
    performer.play()
    performer.offer(book.edit(1, {"hue": 1}))

    (entered,) = performer.settle()

    assert (entered.tick, entered.rev) == (6, 1)
    assert book.committed == [(6, (1,))]


def test_edits_that_wait_together_share_a_tick_and_one_commit(stage, book):
    performer = stand(stage, book)
    for rev in (1, 2, 5):
        performer.offer(book.edit(rev, {"hue": rev}))

    performer.settle()

    assert book.committed == [(0, (1, 2, 5))]
    assert performer.performance.document.data == {"hue": 5}


def test_nothing_obeys_an_edit_that_the_journal_could_not_take(stage, book, whole):
    performer = stand(stage, book)
    performer.offer(book.edit(1, {"hue": 1}))
    book.away = True

    with pytest.raises(Unavailable):
        performer.settle()
    untouched = performer.play().samples
    book.away = False
    performer.settle()
    changed = performer.play().samples

    assert book.committed == [(6, (1,))]
    assert np.array_equal(np.concatenate([untouched, changed]), whole(book, 12))


def test_an_edit_that_comes_twice_is_entered_once(stage, book):
    performer = stand(stage, book)
    edit = book.edit(1, {"hue": 1})
    performer.offer(edit)
    performer.settle()
    performer.offer(edit)

    assert performer.settle() == []
    assert book.committed == [(0, (1,))]


def test_a_paused_performer_enters_edits_at_the_paused_tick(stage, book):
    performer = stand(stage, book)
    performer.play()
    for rev in (1, 2):
        performer.offer(book.edit(rev, {"hue": rev}))
        performer.settle()

    assert book.committed == [(6, (1,)), (6, (2,))]
    assert performer.tick == 6


def test_a_performance_resumed_anywhere_goes_on_with_the_same_samples(stage, book, whole):
    performer = stand(stage, book)
    played = []
    for count in range(30):
        if count % 4 == 1:
            rev = count
            performer.offer(book.edit(rev, {"hue": rev}))
            performer.settle()
        if count in (9, 20):
            stage.keep(performer)
        if count % 7 == 6:  # the process dies between two slices
            performer = stand(stage, book, tick=performer.tick)
        played.append(performer.play().samples)

    assert np.array_equal(np.concatenate(played), whole(book, 180))


@pytest.mark.parametrize(("error", "noted"), [(2e-9, 2e-9), (0.0, 0.0), (math.nan, None)])
def test_a_mark_notes_the_energy_error_of_the_last_slice(stage, book, monkeypatch, error, noted):
    performer = stand(stage, book)
    run = performer.performance.run

    def metered(ticks):
        piece = run(ticks)
        return replace(piece, meters=replace(piece.meters, energy_error=error))

    monkeypatch.setattr(performer.performance, "run", metered)
    performer.play()
    performer.mark()

    assert (book.marked, book.energy_error) == (6, noted)


def test_edits_committed_while_nobody_performed_are_entered_at_the_tick_of_return(stage, book):
    performer = stand(stage, book)
    performer.play()
    performer.mark()
    book.edit(4, {"hue": 4})

    returned = stand(stage, book)
    returned.settle()

    assert book.committed == [(6, (4,))]


def test_a_checkpoint_taken_after_an_edit_at_its_own_tick_does_not_obey_it_twice(
    stage, book, whole
):
    performer = stand(stage, book)
    performer.play()
    performer.offer(book.edit(1, {"hue": 1}))
    performer.settle()
    stage.keep(performer)

    again = stand(stage, book, tick=6)
    again.settle()

    assert np.array_equal(again.play().samples, whole(book, 12)[2400:])


def test_going_back_replays_what_was_entered(stage, book, whole):
    performer = stand(stage, book)
    for count in range(6):
        if count == 2:
            performer.offer(book.edit(1, {"hue": 1}))
            performer.settle()
        performer.play()

    back = stage.move(performer, 6)
    played = [back.play().samples for _ in range(5)]

    assert np.array_equal(np.concatenate(played), whole(book, 36)[2400:])
    assert book.committed == [(12, (1,))]


def test_an_edit_behind_the_end_branches_and_keeps_every_later_edit(stage, book):
    performer = stand(stage, book)
    for count in range(6):
        performer.offer(book.edit(count + 1, {f"edit-{count}": count}))
        performer.settle()
        performer.play()
    before = performer.opening.journal

    back = stage.move(performer, 12)
    back.offer(book.edit(7, {"hue": 9}))
    back.settle()

    assert back.opening.journal != before
    assert book.committed[-1] == (12, (4, 5, 6, 7))
    assert back.performance.document.data["hue"] == 9
    assert back.performance.document.data["edit-5"] == 5


def test_the_end_of_a_branch_is_its_own(stage, book):
    performer = stand(stage, book)
    for _ in range(4):
        performer.play()
    back = stage.move(performer, 6)
    back.offer(book.edit(1, {"hue": 1}))
    back.settle()
    back.play()
    journal = back.opening.journal
    back.offer(book.edit(2, {"hue": 2}))
    back.settle()

    assert back.opening.journal == journal


def test_a_private_edit_is_judged_with_those_that_wait(stage, book):
    performer = stand(stage, book)

    with pytest.raises(InputError):
        performer.judge({"bad": 1})
    performer.judge({"hue": 1})


def test_a_journal_known_to_be_played_further_than_its_last_entry_goes_on_there(stage, book):
    performer = stage.stand("u", replace(book.open("u"), tick=1234))

    assert performer.tick == 1230  # the start of that slice
