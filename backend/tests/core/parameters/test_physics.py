from app.core.parameters import physics


def test_the_rows_are_of_this_section_and_each_is_there_once():
    paths = [row.path for row in physics.ROWS]

    assert all(path.startswith("physics.") for path in paths)
    assert len(paths) == len(set(paths))
