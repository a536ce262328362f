import json

import pytest
import structlog

from app.utils import logs


@pytest.fixture(autouse=True)
def _as_before():
    yield
    structlog.reset_defaults()


def test_a_line_is_one_json_object_whatever_is_in_it(capsys):
    logs.configure(as_json=True)
    structlog.get_logger().info("request", path="/x\r\ninjected: yes\x1b[31m")

    lines = capsys.readouterr().err.splitlines()

    assert len(lines) == 1
    assert json.loads(lines[0])["path"] == "/x\r\ninjected: yes\x1b[31m"


@pytest.mark.parametrize("as_json", [True, False])
def test_a_traceback_holds_no_value(capsys, as_json):
    logs.configure(as_json=as_json)

    def login(password):
        raise RuntimeError("accident")

    try:
        login("s3cret-canary")
    except RuntimeError as fault:
        structlog.get_logger().exception("failed", exc_info=fault)

    said = capsys.readouterr().err
    assert "accident" in said
    assert "s3cret-canary" not in said.replace('login("s3cret-canary")', "")


def test_text_lines_are_not_broken_by_what_is_in_them(capsys):
    logs.configure()
    structlog.get_logger().info("request", path="/x\r\ninjected: yes\x1b[31m")

    said = capsys.readouterr().err

    assert len(said.splitlines()) == 1
    assert "\x1b[31m" not in said


def test_what_is_below_the_level_is_not_said(capsys):
    logs.configure(level="warning")
    structlog.get_logger().info("quiet")

    assert capsys.readouterr().err == ""
