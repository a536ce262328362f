"""Every shape of the API has a name of its own."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

from pydantic import BaseModel

from app import schemas


def test_no_two_shapes_share_a_name():
    # In OpenAPI the one written last would stand for both.
    rooms = [import_module(f"app.schemas.{found.name}") for found in iter_modules(schemas.__path__)]
    shapes = {one for room in rooms for one in vars(room).values()
              if isinstance(one, type) and issubclass(one, BaseModel)}  # fmt: skip
    names = Counter(one.__name__ for one in shapes if one.__module__.startswith("app."))

    assert [name for name, count in names.items() if count > 1 and name[0] != "_"] == []
