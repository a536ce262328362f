import pytest

from app.errors import LimitReached
from app.services.throttle import Rates, Throttle


@pytest.fixture
def throttle():
    return Throttle(Rates(sign_in_failures="2/minute"))


def test_one_too_many_is_refused_with_the_time_to_come_back(throttle):
    throttle.spend("sign_in_failures", "ada", "1.2.3.4")
    throttle.spend("sign_in_failures", "ada", "1.2.3.4")

    with pytest.raises(LimitReached) as refused:
        throttle.spend("sign_in_failures", "ada", "1.2.3.4")

    assert refused.value.code == "rate_limited"
    assert 1 <= refused.value.retry_after_s <= 60


def test_each_key_has_its_own_count(throttle):
    for key in ("ada", "eve"):
        throttle.spend("sign_in_failures", key, "1.2.3.4")
        throttle.spend("sign_in_failures", key, "1.2.3.4")
    throttle.spend("sign_in_failures", "ada", "5.6.7.8")


def test_looking_costs_nothing(throttle):
    for _ in range(5):
        throttle.look("sign_in_failures", "ada")
    throttle.spend("sign_in_failures", "ada")
    throttle.spend("sign_in_failures", "ada")

    with pytest.raises(LimitReached):
        throttle.look("sign_in_failures", "ada")


def test_what_was_forgiven_does_not_count(throttle):
    throttle.spend("sign_in_failures", "ada")
    throttle.spend("sign_in_failures", "ada")
    throttle.forgive("sign_in_failures", "ada")

    throttle.spend("sign_in_failures", "ada")
