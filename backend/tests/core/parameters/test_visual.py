from app.core.parameters import visual


def test_the_rows_are_of_this_section_and_each_is_there_once():
    paths = [row.path for row in visual.ROWS]

    assert all(path.startswith("visual.") for path in paths)
    assert len(paths) == len(set(paths))
