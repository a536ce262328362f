from app.core.mapping.want import Want


def test_a_stream_is_its_rule_and_first_body():
    want = Want(3, 0.25, 0.0, "r", "transit", ("b", "star"), (0.0, 0.0, 0.0), "bell")
    assert want.key == "r/b"
    assert want.time == 3.25
    assert Want(0, 0.0, 0.0, "r", "every", (), (0.0, 0.0, 0.0), "bell").key == "r"
