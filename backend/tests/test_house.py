"""The house keeps its own rules; each fault is told with its place and what would do."""

import ast
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from app import errors
from app.core.parameters import PARAMETERS

BACKEND = Path(__file__).resolve().parent.parent
ROOT = BACKEND.parent
APP = BACKEND / "app"
TESTS = BACKEND / "tests"
FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 50

SPECIFIED = [
    "app/api/v1/auth.py",
    "app/api/v1/universes.py",
    "app/api/v1/audio.py",
    "app/api/v1/visualizations.py",
    "app/models/user.py",
    "app/models/universe.py",
    "app/models/base.py",
    "app/services/export.py",
    "app/services/audio.py",
    "app/websocket/__init__.py",
    "app/core/__init__.py",
    "app/schemas/__init__.py",
    "app/crud/__init__.py",
    "app/utils/__init__.py",
    "migrations/env.py",
    "tests",
]

# Tables may be long: they are read by the row, and splitting one hides rows.
TABLES_MAY_BE_LONG = {"app/core/parameters", "migrations/versions"}


def sources(folder: Path, pattern: str = "*.py") -> Iterator[Path]:
    """Yield the files people wrote below a folder."""
    for path in sorted(folder.rglob(pattern)):
        if not {"__pycache__", "node_modules", ".venv"} & set(path.parts):
            yield path


def told(faults: list[str]) -> str:
    """Put each fault on a line of its own."""
    return "\n" + "\n".join(faults)


def test_every_folder_and_file_of_the_specification_is_there():
    missing = [path for path in SPECIFIED if not (BACKEND / path).exists()]

    assert not missing, told(missing)


@pytest.mark.parametrize("room", ["core", "services", "utils", "models"])
def test_each_module_has_its_own_test_file(room):
    missing = []
    for module in sources(APP / room):
        # tests/cli/test_warm.py runs every warm module.
        if module.name == "warm.py" or not _does(module):
            continue
        name = module.parent.name if module.name == "__init__.py" else module.stem
        test = TESTS / module.parent.relative_to(APP) / f"test_{name}.py"
        if not test.exists():
            missing.append(f"{module.relative_to(BACKEND)} has no {test.relative_to(BACKEND)}")

    assert not missing, told(missing)


def _does(module: Path) -> bool:
    """Tell whether a module does anything: constants, tables and plain shapes have no laws."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(isinstance(node, kinds) for node in ast.walk(ast.parse(module.read_text())))


def test_no_file_is_too_long_to_read_at_once():
    long = []
    for folder, pattern in ((BACKEND, "*.py"), (ROOT / "studio", "*.js"), (ROOT / "bench", "*.py")):
        for path in sources(folder, pattern):
            lines = path.read_text().count("\n")
            table = any(part in str(path) for part in TABLES_MAY_BE_LONG)
            if lines > FILE_LINES_MAX and not table:
                long.append(f"{path.relative_to(ROOT)}: {lines} lines, {FILE_LINES_MAX} will do")

    assert not long, told(long)


def test_no_function_needs_scrolling():
    long = []
    for path in sources(BACKEND):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = _body_lines(node)
                if lines > FUNCTION_LINES_MAX:
                    long.append(
                        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {lines} lines"
                    )

    assert not long, told(long)


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function without its docstring."""
    first = node.body[0]
    prose = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
    return (node.end_lineno or 0) - node.lineno + 1 - prose


def test_every_folder_says_what_it_is_for():
    tops = [ROOT / name for name in ("bench", "clients", "deploy", "docs", "examples", "studio")]
    rooms = [path.parent for path in sources(APP, "__init__.py") if path.parent != APP]
    silent = [
        str(folder.relative_to(ROOT))
        for folder in (*tops, *rooms, BACKEND / "migrations", TESTS)
        if not (folder / "README.md").exists() and not _docstring(folder / "__init__.py")
    ]

    assert not silent, told(silent)


def _docstring(path: Path) -> str:
    """Read what a package says of itself, nothing when it is not there."""
    return (ast.get_docstring(ast.parse(path.read_text())) or "") if path.exists() else ""


def documentation() -> str:
    """Read all pages written for people."""
    return "\n".join(path.read_text() for path in sources(ROOT / "docs", "*.md"))


@pytest.mark.parametrize("page", ["parameters", "errors", "settings"])
def test_the_written_tables_are_those_of_the_code(page):
    tables = runpy.run_path(str(ROOT / "docs" / "tables.py"))

    written = (ROOT / "docs" / f"{page.upper()}.md").read_text()
    assert written == tables[f"{page}_page"](), "make docs"


def test_every_parameter_is_in_the_docs():
    pages = documentation()
    missing = [path for path in PARAMETERS if f"`{path}`" not in pages]

    assert not missing, told(missing)


def test_every_error_code_is_in_the_docs():
    pages = documentation()
    missing = [code for code in sorted(error_codes()) if f"`{code}`" not in pages]

    assert not missing, told(missing)


def error_codes() -> set[str]:
    """Collect the codes of the error tree and those given where an error is raised."""
    codes, kinds = set(), [errors.MundiError]
    while kinds:
        kind = kinds.pop()
        codes.add(kind.code)
        kinds += kind.__subclasses__()
    for path in sources(APP):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "code":
                value = node.value.value if isinstance(node.value, ast.Constant) else None
                codes |= {value} if isinstance(value, str) else set()
    return codes


def test_every_message_type_is_in_the_docs():
    pages = documentation()
    wire = (APP / "schemas" / "live.py").read_text()
    types = set(re.findall(r'^\s*type: Literal\["([a-z]+)"\]', wire, re.MULTILINE))
    missing = [name for name in sorted(types) if not re.search(rf'[`"]{name}\b', pages)]

    assert types
    assert not missing, told(missing)


def test_the_core_imports_where_nothing_of_the_web_is_installed():
    code = """
import importlib, pkgutil, sys
for name in ("flask", "sqlalchemy", "pydantic", "starlette", "uvicorn"):
    sys.modules[name] = None
import app.core
for module in pkgutil.walk_packages(app.core.__path__, "app.core."):
    importlib.import_module(module.name)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_escapes_from_the_rules_give_a_reason():
    bare = []
    for path in sources(BACKEND):
        lines = path.read_text().splitlines()
        for number, (before, line) in enumerate(pairwise(["", *lines]), 1):
            found = re.search(
                r"#\s*(noqa|type:\s*ignore)(:\s*[A-Z0-9, ]+\b|\[[a-z, -]+\])?(.*)", line
            )
            if found and not re.search(r"\w{3}", found[3]) and not before.strip().startswith("#"):
                bare.append(f"{path.relative_to(ROOT)}:{number} {line.strip()}")

    assert not bare, told(bare)


def test_nothing_is_left_for_later():
    later = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|pytest\.(skip|xfail|mark\.skip)")
    found = []
    for folder, pattern in ((BACKEND, "*.py"), (ROOT / "studio", "*.js")):
        for path in sources(folder, pattern):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if later.search(line) and path != Path(__file__):
                    found.append(f"{path.relative_to(ROOT)}:{number} {line.strip()}")

    assert not found, told(found)


def test_nothing_belongs_to_one_machine():
    place = re.compile(r"/(home|root|work|Users)/\w|https?://[^\s\"']*pypi")
    kinds = (
        "*.py",
        "*.md",
        "*.js",
        "*.json",
        "*.toml",
        "*.lock",
        "*.yml",
        "Makefile",
        "Dockerfile",
    )
    found = []
    for pattern in kinds:
        for path in sources(ROOT, pattern):
            match = place.search(path.read_text())
            if match and path != Path(__file__) and "data" not in path.relative_to(ROOT).parts:
                found.append(f"{path.relative_to(ROOT)}: {match[0]}")

    assert not found, told(found)
