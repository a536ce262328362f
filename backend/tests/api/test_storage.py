"""A disk that is full or away: nothing half done, reads go on, and it heals by itself."""

import pytest
from sqlalchemy import event


@pytest.fixture
def disk(works):
    """A disk whose room can be taken away and given back."""

    class Disk:
        pages = 1_000_000

    def limit(connection, _record, _proxy):
        connection.execute(f"PRAGMA max_page_count={Disk.pages}")

    event.listen(works._engine, "checkout", limit)
    return Disk


@pytest.mark.sqlite
def test_a_full_disk_is_told_reads_go_on_and_it_heals(person, disk):
    ada = person()
    made = ada("POST", "universes", json={"document": {"seed": 1}}).json
    path, big = f"universes/{made['id']}", {"document": {"about": "x" * 1_500}}

    disk.pages = 1
    replies = [
        ada("PATCH", path, json=big, headers={"If-Match": f'"{rev}"'}) for rev in (1, 2, 3, 4, 5, 6)
    ]
    full = next(reply for reply in replies if reply.status_code != 200)
    seen = ada("GET", path)
    disk.pages = 1_000_000
    rev = seen.json["rev"]
    healed = ada("PATCH", path, json=big, headers={"If-Match": f'"{rev}"'})

    assert (full.status_code, full.json["code"]) == (507, "storage_full")
    assert int(full.headers["Retry-After"]) > 0
    assert (seen.status_code, healed.status_code) == (200, 200)
    events = ada("GET", f"{path}/events").json["items"]
    assert [one["rev"] for one in events] == list(range(rev + 1, 0, -1))
