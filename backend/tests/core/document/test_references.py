from app.core.document.references import CHECKS, strays


def test_a_broken_section_is_left_alone_and_the_others_are_judged():
    data = {"observer": [0, 0, 0], "bodies": "broken", "rules": {}}

    assert [one.path for one in strays(data, frozenset({"bodies"}))] == ["$.observer"]


def test_every_check_says_what_it_reads():
    assert all(check.reads for check in CHECKS)
