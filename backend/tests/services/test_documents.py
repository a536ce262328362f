from app.core.document import judge
from app.services import documents as module
from app.services.documents import Documents


def test_a_document_is_parsed_once(monkeypatch):
    parsed = []
    monkeypatch.setattr(module, "parse", lambda text: parsed.append(text) or judge({"seed": 1}))
    known, document = Documents(), judge({"seed": 1})

    first = known.of(document.text, document.sha256)
    second = known.of(document.text, document.sha256)

    assert first is second
    assert len(parsed) == 1


def test_what_was_just_judged_is_not_parsed(monkeypatch):
    known, document = Documents(), judge({"seed": 1})
    known.keep(document)
    monkeypatch.setattr(module, "parse", None)

    assert known.of(document.text, document.sha256) is document


def test_those_used_last_are_kept():
    known = Documents(most=2)
    one, two, three = (known.keep(judge({"seed": seed})) for seed in (1, 2, 3))

    assert known.of(three.text, three.sha256) is three
    assert known.of(two.text, two.sha256) is two
    assert known.of(one.text, one.sha256) is not one
    assert known.of(one.text, one.sha256) == one
