import pytest

from app.errors import Conflict
from app.models import Job, Universe, User


@pytest.mark.databases
@pytest.mark.parametrize(("state", "taken"), [("queued", True), ("done", True), ("lost", False)])
def test_a_job_is_in_one_of_the_states_there_are(works, state, taken):
    def keep(work):
        user = User(email="a", email_canonical="a", display_name="a", token_version=0)
        universe = Universe(title="a", document="{}", sha256="", visibility="public")
        universe.rev = universe.document_rev = universe.changes = 0
        work.session.add_all([user, universe])
        work.session.flush()
        facts = {"kind": "wav", "snapshot": "{}", "engine": "1", "price": 1, "state": state}
        job = Job(owner_id=user.id, universe_id=universe.id, **facts)
        work.session.add(job)
        work.session.flush()
        return job

    if taken:
        job = works.run(keep)
        assert (job.fence, job.attempts, job.cancel_requested) == (0, 0, False)
    else:
        with pytest.raises(Conflict):
            works.run(keep)
