import pytest

from app.core.document import judge
from app.errors import DocumentError

SCALE = "x\n2\n3/2\n2/1\n"
KEYS = "0\n0\n127\n60\n69\n440.0\n0\n"


def paths(data):
    with pytest.raises(DocumentError) as fault:
        judge(data)
    return [(one.path, one.message) for one in fault.value.problems]


def test_a_tuning_file_in_a_document_is_read_with_any_line_ends():
    crlf = {"scala": SCALE.replace("\n", "\r\n"), "keyboard": KEYS}
    assert judge({"music": {"tuning": crlf}})
    assert judge({"story": {"p": {"at": 1, "changes": {"music.tuning": crlf}}}})


def test_a_fault_in_a_tuning_file_is_told_with_its_path_and_line():
    ((path, message),) = paths({"music": {"tuning": {"scala": "x\n1\n0/1\n"}}})
    assert (path, message[:7]) == ("$.music.tuning.scala", "line 3:")
    ((path, message),) = paths({"music": {"tuning": {"scala": SCALE, "keyboard": "x"}}})
    assert (path, message[:7]) == ("$.music.tuning.keyboard", "line 1:")
    said = {"scala": "x\n0\n"}
    ((path, _),) = paths({"story": {"p": {"at": 1, "changes": {"music.tuning": said}}}})
    assert path == '$.story.p.changes["music.tuning"].scala'


def test_a_keyboard_needs_a_scale_and_orbits_need_orbits():
    assert (
        paths({"music": {"tuning": {"divisions": 5, "keyboard": KEYS}}})[0][0]
        == "$.music.tuning.keyboard"
    )
    assert paths({"music": {"tuning": "orbits"}})[0][0] == "$.music.tuning"
