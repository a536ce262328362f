from app.core.document import judge
from app.services import documents as module
from app.services.documents import Documents


def test_a_document_is_read_once(monkeypatch):
    read = []

    def reread(text, sha256, *, sound):
        read.append(text)
        return judge({"seed": 1})

    monkeypatch.setattr(module, "reread", reread)
    document = judge({"seed": 1})
    known = Documents()

    for _ in range(3):
        assert known.of(document.text, document.sha256) == document

    assert read == [document.text]


def test_what_was_just_judged_is_not_read():
    known, document = Documents(), judge({"seed": 2})

    known.keep(document)

    assert known.of("not even JSON", document.sha256) is document


def test_what_was_used_longest_ago_is_forgotten():
    known = Documents(most=2)
    one, two, three = (known.keep(judge({"seed": seed})) for seed in (1, 2, 3))

    assert known.known(one.sha256) is None
    assert known.known(two.sha256) is two
    assert known.known(three.sha256) is three
