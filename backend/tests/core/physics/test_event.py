from app.core.physics import Event


def test_heard_time_is_ticks_and_the_part_of_one():
    assert Event("collision", tick=60, offset=0.5, universe_time=1.0).heard_s == 60.5 / 120
