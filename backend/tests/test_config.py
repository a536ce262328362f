import pytest
from pydantic import ValidationError

from app.config import Settings


def test_every_setting_has_a_default_that_works(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MUNDI_{name.upper()}", raising=False)

    settings = Settings()

    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.url.endswith("/data/mundi.sqlite")
    assert (settings.examples / "gas.json").exists()
    assert {"localhost", "127.0.0.1", "[::1]"} <= set(settings.allowed_hosts)


def test_the_environment_says_otherwise(monkeypatch, tmp_path):
    monkeypatch.setenv("MUNDI_DATA", str(tmp_path))
    monkeypatch.setenv("MUNDI_PORT", "8123")
    monkeypatch.setenv("MUNDI_HOSTS", '["mundi.example"]')
    monkeypatch.setenv("MUNDI_DATABASE_URL", "postgresql://db/mundi")

    settings = Settings()

    assert (settings.port, settings.files) == (8123, tmp_path / "files")
    assert settings.url == "postgresql://db/mundi"
    assert "mundi.example" in settings.allowed_hosts


@pytest.mark.parametrize("port", ["-1", "65536", "eighty"])
def test_a_port_that_is_none_is_refused(monkeypatch, port):
    monkeypatch.setenv("MUNDI_PORT", port)

    with pytest.raises(ValidationError, match="port"):
        Settings()


def test_whoever_listens_everywhere_is_answered_by_its_own_name():
    import socket

    assert socket.gethostname() in Settings(host="0.0.0.0").allowed_hosts
