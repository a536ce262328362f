from uuid import uuid4

import pytest

from app.errors import InputError
from app.services.pages import last_of, page_of


def test_a_list_is_cut_where_it_was_asked_and_goes_on_from_there(works):
    ids = [uuid4() for _ in range(3)]
    with works.begin() as work:
        page = page_of(work, "p", ids, 2, str)
        assert page.items == tuple(ids[:2])
        assert last_of(work, "p", page.next_cursor) == ids[1]
        assert last_of(work, "p", None) is None
        assert page_of(work, "p", ids, 3, str).next_cursor is None
        with pytest.raises(InputError):
            last_of(work, "q", page.next_cursor)
