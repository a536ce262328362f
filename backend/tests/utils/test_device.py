import pytest

from app.utils.device import LONGEST, device

LINUX = "Mozilla/5.0 (X11; Linux x86_64)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (f"{LINUX}; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (f"{MAC} Chrome/140.0.0.0 Safari/537.36", "Chrome on macOS"),
        (f"{MAC} Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge on macOS"),
        (f"{MAC} Version/17 Safari/605.1.15", "Safari on macOS"),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel) Chrome/140 Mobile Safari/537",
            "Chrome on Android",
        ),
        ("curl/8.5.0", "curl"),
        ("python-httpx/0.28", "python-httpx"),
        ("", "a script"),
        ("\u202eevil", "a script"),
    ],
)
def test_a_device_is_named_by_what_people_know_it_as(told, name):
    assert device(told) == name


def test_a_name_is_short_and_harmless_whatever_is_told():
    for told in ("x" * 10_000, "<script>" * 20, "\x00\n\r", "é" * 50):
        name = device(told)
        assert 0 < len(name) <= LONGEST
        assert name.isascii()
        assert name.isprintable()
        assert "<" not in name
