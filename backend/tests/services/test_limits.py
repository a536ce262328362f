from app.services import limits


def test_every_limit_has_a_name_and_a_value(works):
    with works.begin() as work:
        found = limits.every(work)

    assert found["render_ticks_max"] == 72_000
    assert found["rate_sign_in_failures"] == "10/15 minutes"
    assert found["access_token_seconds"] == 900
    assert all(isinstance(value, int | str) and value for value in found.values())
