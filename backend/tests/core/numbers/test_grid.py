from app.core.numbers import grid


def test_a_slice_is_fifty_milliseconds_of_whole_ticks_frames_and_samples():
    assert grid.TICKS_PER_SLICE * 1000 == 50 * grid.TICKS_PER_SECOND
    assert grid.SAMPLES_PER_TICK * grid.TICKS_PER_SECOND == grid.SAMPLE_RATE
    assert grid.TICKS_PER_SLICE % grid.TICKS_PER_FRAME == 0
    assert grid.SAMPLES_PER_TICK % grid.CONTROL_SAMPLES == 0
