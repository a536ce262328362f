import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from structlog.testing import CapturingLogger

from app import factory
from app.errors import InputError, LimitReached
from app.services import throttle as module
from app.services.throttle import Rates, Throttle

RATES = Rates(sign_in_failures="2/minute")


class Redis:
    """A real one, in memory, behind a socket of its own."""

    def __init__(self, folder):
        self.url = f"redis+unix://{folder}/socket"
        said = f"redis-server --port 0 --unixsocket {folder}/socket --appendonly no --daemonize no"
        self.process = subprocess.Popen(
            [*said.split(), "--save", ""], stdout=subprocess.DEVNULL, cwd=folder
        )
        end = time.monotonic() + 10
        while not (Path(folder, "socket").exists() or time.monotonic() > end):
            time.sleep(0.01)

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(monkeypatch):
    # A busy machine is not a Redis that is away; what hangs is tried with the real patience.
    monkeypatch.setattr(module, "ANSWER_WITHIN_S", 20.0)
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        running = Redis(folder)
        yield running
        running.stop()


@pytest.fixture(params=["memory", "redis"])
def throttle(request):
    return Throttle(RATES, request.getfixturevalue("redis").url if request.param == "redis" else "")


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


def spent(doors):
    """Spend in turn at several doors; return how many acts went through before a refusal."""
    for count in range(10):
        try:
            doors[count % len(doors)].spend("sign_in_failures", "ada")
        except LimitReached:
            return count
    return None


def test_processes_that_name_one_redis_count_together(redis):
    assert spent([Throttle(RATES, redis.url) for _ in range(3)]) == 2
    assert spent([Throttle(RATES) for _ in range(3)]) == 6


@pytest.fixture
def told(monkeypatch):
    """What the counts write into the log."""
    log = CapturingLogger()
    monkeypatch.setattr(module, "log", log)
    return log.calls


def test_while_redis_is_away_each_counts_by_itself_and_says_so_once(redis, monkeypatch, told):
    doors = [Throttle(RATES, redis.url) for _ in range(2)]
    redis.stop()

    assert spent(doors) == 4
    words = [one.args[0] for one in told]
    assert words == ["counts are not shared: Redis does not answer"] * len(doors)

    monkeypatch.setattr(module.clock, "monotonic_s", lambda: time.monotonic() + 60)
    doors[0].look("sign_in_failures", "eve")
    assert len(told) == len(doors) + 1, "after a while it is asked again"


def test_a_redis_that_hangs_is_waited_for_once(redis, monkeypatch, told):
    monkeypatch.setattr(module, "ANSWER_WITHIN_S", 0.05)
    monkeypatch.setattr(module, "AWAY_S", 600.0)
    redis.process.send_signal(signal.SIGSTOP)

    assert spent([Throttle(RATES, redis.url)]) == 2
    assert len(told) == 1


def test_signing_in_goes_on_without_redis(redis, settings):
    redis.stop()
    made = factory.make_services(settings.model_copy(update={"redis_url": redis.url}))
    client = factory.make_api(made).test_client()
    person = {"email": "ada@example.org", "password": "correct horse battery"}

    assert client.post("/api/v1/auth/register", json=person).status_code == 201
    assert client.post("/api/v1/auth/login", json=person).status_code == 200
    made.works.close()


@pytest.mark.parametrize("url", ["http://localhost", "redis//x", "memory://"])
def test_what_is_no_redis_is_refused_at_the_start(url):
    with pytest.raises(InputError, match="no address of a Redis"):
        Throttle(RATES, url)
