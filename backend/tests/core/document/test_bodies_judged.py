from app.core.document.bodies_judged import counted, names, railed, series


def test_every_name_a_rule_may_use_is_known():
    data = {"bodies": {"a": {}}, "series": {"p": {"n": 2}}, "crowds": {"c": {"n": 1, "sow": "box"}}}

    assert names(data) == {"a", "p", "p-0", "p-1", "c", "c-0"}


def test_moons_go_about_planets_that_go_about_a_star():
    data = {
        "world": "orbits",
        "bodies": {
            "star": {"fixed": True},
            "planet": {"orbit": {"about": "star", "period": 10}},
            "moon": {"orbit": {"about": "planet", "period": 1}},
        },
    }

    assert list(railed(data)) == []


def test_two_bodies_cannot_go_about_each_other():
    data = {
        "bodies": {
            "a": {"orbit": {"about": "b", "period": 1}},
            "b": {"orbit": {"about": "a", "period": 1}},
        }
    }

    assert [one.path for one in railed(data)] == [
        "$.bodies.a.orbit.about",
        "$.bodies.b.orbit.about",
    ]


def test_a_fault_in_a_series_names_the_first_member_that_has_it():
    (fault,) = series({"series": {"p": {"n": 5, "elasticity": {"from": 0.5, "step": 0.3}}}})

    assert fault.path == "$.series.p.elasticity"
    assert fault.message.startswith("member 2: ")


def test_two_thousand_bodies_are_not_too_many():
    assert list(counted({"series": {"p": {"n": 2000}}})) == []
    assert list(counted({"series": {"p": {"n": 2000}}, "bodies": {"a": {}}}))


def test_orbits_about_orbits_end_somewhere():
    chain = {f"m{n}": {"orbit": {"about": f"m{n - 1}", "period": 1}} for n in range(1, 12)}
    faulty = [one.path for one in railed({"bodies": {"m0": {"fixed": True}, **chain}})]

    assert faulty == [
        "$.bodies.m10.orbit.about",
        "$.bodies.m11.orbit.about",
        "$.bodies.m9.orbit.about",
    ]
