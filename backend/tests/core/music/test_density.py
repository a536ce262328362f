from app.core.music.density import Bucket, burst


def admit(bucket, wants):
    return bucket.admitted(wants, loudness=lambda w: w[0], order=lambda w: w[1])


def test_a_burst_is_an_eighth_of_a_second_or_a_chord_and_never_under_one():
    assert burst(1.0) == 1.0
    assert burst(4.0) == 4.0
    assert burst(10.0) == 6.0
    assert burst(200.0) == 25.0


def test_over_ten_seconds_no_more_than_the_density_and_one_burst():
    for density in (1.0, 7.0, 33.0, 200.0):
        bucket = Bucket(density)
        count = 0
        for tick in range(1200):
            bucket.refill(tick)
            count += len(admit(bucket, [(1.0, n) for n in range(40)]))
        assert abs(count - (density * 10 + burst(density))) < 3  # parts of a token at both ends


def test_the_loudest_are_served_and_keep_their_order():
    assert admit(Bucket(3.0), [(0.2, 0), (0.9, 1), (0.5, 2), (0.7, 3)]) == [
        (0.9, 1),
        (0.5, 2),
        (0.7, 3),
    ]


def test_ties_go_to_the_first():
    assert admit(Bucket(1.0), [(0.5, 2), (0.5, 1)]) == [(0.5, 1)]


def test_a_quiet_spell_fills_the_bucket_the_same_however_it_is_asked():
    one, other = Bucket(13.0), Bucket(13.0)
    for bucket in (one, other):
        admit(bucket, [(1.0, n) for n in range(9)])
    for tick in range(100):
        one.refill(tick)
    other.refill(99)
    assert one.tokens == other.tokens
