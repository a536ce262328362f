from app.core.music.note import Note


def test_heard_time_is_ticks_and_their_part():
    note = Note(
        0, 119, 0.5, 47800, 0.0, 440.0, 0.5, 1.0, "bell", 0.0, 0.5, "r", "rest", (), (0.0, 0.0, 0.0)
    )
    assert note.heard_s == 119.5 / 120
