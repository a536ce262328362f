from app.core.document.measures import MEANINGS
from app.core.document.quantities import MEASURES


def test_every_measure_has_a_meaning_and_no_other():
    assert list(MEANINGS) == [f"{group}.{name}" for group in MEASURES for name in MEASURES[group]]


def test_a_meaning_is_a_sentence():
    for name, meaning in MEANINGS.items():
        assert meaning[0].isupper() or meaning[0] in "½01", name
        assert meaning.endswith("."), name
