from app.core.numbers.kernel import inner, kernel


@inner
def doubled(value):
    return 2.0 * value


@inner
def quadrupled(value):
    return doubled(doubled(value))


@kernel
def eightfold(value):
    return doubled(quadrupled(value))


def test_what_only_kernels_call_is_linked_into_them():
    assert eightfold(1.5) == 12.0
    for part in (doubled, quadrupled):
        assert all(
            cached.library.get_pointer_to_function("any") == 0 for cached in part.overloads.values()
        )
