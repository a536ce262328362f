import dataclasses

import pytest

from app.core.document.body import BodySpec


def test_a_body_as_it_starts_cannot_be_changed():
    body = BodySpec("a", 0)

    with pytest.raises(dataclasses.FrozenInstanceError):
        body.mass = 2.0
