import stat

import pytest

from app import factory
from app.config import Settings
from app.errors import InputError


def test_a_secret_is_made_at_the_first_start_and_kept(tmp_path):
    settings = Settings(data=tmp_path / "new")

    first, second = factory.make_secret(settings), factory.make_secret(settings)

    assert first == second
    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


@pytest.mark.parametrize("secret", ["secret", "changeme" * 2, "a" * 64])
def test_a_weak_secret_stops_the_start(tmp_path, secret):
    with pytest.raises(InputError, match="MUNDI_SECRET"):
        factory.make_services(Settings(data=tmp_path, secret=secret))


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(InputError, match=r"MUNDI_DATA .*file/data"):
        factory.make_data(Settings(data=tmp_path / "file" / "data"))


def test_a_fresh_folder_becomes_a_database_and_an_api(tmp_path):
    settings = Settings(data=tmp_path)

    revision = factory.migrate(settings)
    services = factory.make_services(settings)
    reply = factory.make_api(services).test_client().get("/api/v1/universes?scope=public")
    services.works.close()

    assert revision
    assert reply.json == {"items": [], "next_cursor": None}


@pytest.mark.parametrize(
    ("name", "value"), [("MUNDI_PORT", "eighty"), ("MUNDI_PORT", "65536"), ("MUNDI_HOSTS", "a,b")]
)
def test_a_setting_that_cannot_be_taken_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(InputError, match=name.removeprefix("MUNDI_").lower() + "|" + name):
        factory.read_settings()
