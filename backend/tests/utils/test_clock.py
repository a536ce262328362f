from datetime import UTC, timedelta

from app.utils import clock


def test_now_is_in_utc():
    assert clock.now().tzinfo is UTC
    assert clock.now().utcoffset() == timedelta(0)


def test_monotonic_seconds_never_go_back():
    seen = [clock.monotonic_s() for _ in range(100)]

    assert seen == sorted(seen)
