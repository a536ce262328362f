"""Rights are read at each act and end open sockets at once when taken away."""

import json
import time

import pytest
from websockets.exceptions import ConnectionClosed

BALL = {"title": "One ball", "bodies": {"a": {"position": [0, 1, 0], "radius": 0.1}}}


@pytest.mark.parametrize("how", ["hidden", "deleted", "signed out"])
def test_rights_that_end_end_the_connection(server, listen, how):
    owner, reader = server.register(), server.register()
    universe = owner.universe(BALL, visibility="public")
    with listen(universe, person=reader) as ada:
        began = time.monotonic()
        tag = {"If-Match": owner("GET", f"universes/{universe}").headers["ETag"]}
        if how == "hidden":
            owner("PATCH", f"universes/{universe}", json={"visibility": "private"}, headers=tag)
        elif how == "deleted":
            owner("DELETE", f"universes/{universe}", headers=tag)
        else:
            reader("POST", "auth/logout", json={})
        code = ada.until_closed()

    codes = {"hidden": 4403, "deleted": 4404, "signed out": 4401}
    assert code == codes[how]
    assert time.monotonic() - began < 5


def test_nobody_learns_of_what_is_private(person, listen):
    universe = person.universe(BALL)
    with pytest.raises(ConnectionClosed) as closed, listen(universe):
        pass

    assert closed.value.rcvd.code == 4404
    assert json.dumps(universe) not in closed.value.rcvd.reason
