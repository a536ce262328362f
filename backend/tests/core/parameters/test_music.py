from app.core.parameters import music


def test_the_rows_are_of_this_section_and_each_is_there_once():
    paths = [row.path for row in music.ROWS]

    assert all(path.startswith("music.") for path in paths)
    assert len(paths) == len(set(paths))
