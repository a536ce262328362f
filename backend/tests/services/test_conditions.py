"""What a condition asks of a revision, against the words of RFC 9110, sections 13.1.1 and 13.1.2."""

from itertools import product

import pytest

from app.errors import RevisionMissing, Stale
from app.services.conditions import Condition, Tags, at

NEWEST = 7
SAID = [
    None,
    Tags(),
    Tags(whichever=True),
    Tags(frozenset((7,))),
    Tags(frozenset((3,))),
    Tags(frozenset((3, 7))),
    Tags(weak=frozenset((7,))),
    Tags(frozenset((3,)), weak=frozenset((7,))),
]


def matches(tags, there, *, strongly):
    """Say whether any tag matches what is there; without anything there, none does."""
    counted = tags.revisions if strongly else tags.revisions | tags.weak
    return there and (tags.whichever or NEWEST in counted)


def held(match, none_match, there, creates):
    if match is None and not (creates and none_match is not None and none_match.whichever):
        return RevisionMissing
    if match is not None:
        # Under a name that is not there yet, a revision is still the whole document's.
        of_document = there or not match.whichever
        if not matches(match, of_document, strongly=True):
            return Stale
    if none_match is not None and matches(none_match, there, strongly=False):
        return Stale
    return None


@pytest.mark.parametrize(("match", "none_match"), list(product(SAID, SAID)))
@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("creates", [True, False])
def test_a_condition_holds_as_the_standard_says(match, none_match, there, creates):
    refused = held(match, none_match, there, creates)
    condition = Condition(match, none_match)

    if refused is None:
        condition.require(NEWEST, there=there, creates=creates)
        return
    with pytest.raises(refused) as told:
        condition.require(NEWEST, there=there, creates=creates)
    assert refused is RevisionMissing or told.value.rev == NEWEST


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Tags(frozenset((3,))), "revision 3 is not the newest; the newest is 7"),
        (Tags(frozenset((3, 4))), "none of the revisions named"),
        (Tags(weak=frozenset((7,))), "weak"),
        (Tags(), "names no revision"),
    ],
)
def test_who_is_refused_hears_what_they_named(asked, words):
    with pytest.raises(Stale, match=words):
        Condition(asked).require(NEWEST)


def test_one_revision_is_the_condition_of_who_has_seen_it():
    at(NEWEST).require(NEWEST)
    with pytest.raises(Stale):
        at(NEWEST - 1).require(NEWEST)
    with pytest.raises(RevisionMissing):
        at(None).require(NEWEST)
