from app.services.licences import DEFAULT, LICENCES


def test_what_may_follow_a_licence_never_gives_more_than_it():
    for one in LICENCES.values():
        assert one.forks == bool(one.heirs)
        for heir in one.heirs:
            if one.id != "CC0-1.0":
                # Share alike and not for sale are kept for ever.
                assert {"SA", "NC"} & set(one.id.split("-")) <= set(heir.split("-")), (one.id, heir)
                assert heir not in ("CC0-1.0", "all-rights-reserved")


def test_those_that_allow_no_changes_allow_no_forks():
    assert {one.id for one in LICENCES.values() if not one.forks} == {
        "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0", "all-rights-reserved",
    }  # fmt: skip
    assert LICENCES[DEFAULT].forks


def test_the_wire_knows_exactly_these():
    from typing import get_args

    from app.schemas.universes import Licence

    assert set(get_args(Licence)) == set(LICENCES)
