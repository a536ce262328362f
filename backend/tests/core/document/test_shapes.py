import dataclasses

import pytest

from app.core.document import shapes


def test_shapes_are_facts_that_do_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        shapes.Number().low = 3
