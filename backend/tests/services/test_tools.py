from dataclasses import FrozenInstanceError

import pytest

from app.services.tools import Limits


def test_limits_hold_while_a_server_runs(works):
    with pytest.raises(FrozenInstanceError):
        works.tools.limits.render_ticks_max = 0


def test_a_render_may_last_ten_minutes_and_no_factor_passes_for_a_product():
    limits = Limits()

    assert limits.render_ticks_max == 10 * 60 * 120
    assert limits.render_price_max < limits.render_ticks_max * 2_000
    assert limits.jobs_running_per_user < limits.jobs_active_per_user
