"""Write PARAMETERS.md, MEASURES.md, ERRORS.md and SETTINGS.md from the tables in the code: make docs."""

import ast
import json
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from app import errors
from app.api import problems
from app.config import Settings
from app.core.document.measures import MEANINGS
from app.core.document.quantities import unit_of
from app.core.parameters import PARAMETERS
from pydantic.fields import FieldInfo

DOCS = Path(__file__).resolve().parent
APP = DOCS.parent / "backend" / "app"


def parameters_page() -> str:
    """Write each parameter's path, unit, range, default and meaning as a table."""
    rows = [
        f"| `{path}` | {one.bounds} | {_shown(one.default)} | {one.meaning} |"
        for path, one in sorted(PARAMETERS.items())
    ]
    head = [
        "# Parameters",
        "",
        "Written by `make docs` from `app.core.parameters`. A value out of its range is refused with its JSON path.",
        "",
        "| path | may be | default | meaning |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def measures_page() -> str:
    """Write each measure with its unit and meaning as a table."""
    rows = [f"| `{name}` | {unit_of(name)} | {meaning} |" for name, meaning in MEANINGS.items()]
    head = [
        "# Measures",
        "",
        "Written by `make docs` from `app.core.document.measures`. Lengths, masses and times are those of the universe's `units` and `clock`; energy is",
        "mass·length²/time². Rules write and read angles in degrees, per `time` in degrees per unit of the clock; a quantity may say its own unit, `106 arcsec/day`.",
        "`about` is the rule's, else the centre of the body's orbit.",
        "",
        "| measure | unit | meaning |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def errors_page() -> str:
    """Write each error code with the error it belongs to and what it means."""
    rows = {kind.code: (kind.__name__, _first_line(kind.__doc__)) for kind in _kinds()}
    for code, name, message in _special():
        rows.setdefault(code, (name, message))
    for status, code in problems.CODES.items():
        rows.setdefault(code, (f"HTTP {status}", HTTPStatus(status).phrase))
    head = [
        "# Error codes",
        "",
        "Written by `make docs` from `app/errors.py` and from where errors are raised. Over HTTP they are `code` of a problem+json, over the socket `code` of an",
        "`error` message; on the command line the sentence alone is printed and the exit code is 2.",
        "",
        "| code | error | meaning |",
        "|---|---|---|",
    ]
    body = [f"| `{code}` | {name} | {meaning} |" for code, (name, meaning) in sorted(rows.items())]
    return "\n".join([*head, *body, ""])


def settings_page() -> str:
    """Write each environment variable with its default and meaning."""
    rows = [
        f"| `MUNDI_{name.upper()}` | {_default(one)} | {one.description} |"
        for name, one in Settings.model_fields.items()
    ]
    head = [
        "# Settings",
        "",
        "Written by `make docs` from `app/config.py`: the environment is read once, at the start. None has to be set.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def _default(one: FieldInfo) -> str:
    """Show a default, without the folder this checkout happens to lie in."""
    value = one.get_default(call_default_factory=True)
    return _shown(str(value).replace(f"{DOCS.parent}/", "") if isinstance(value, Path) else value)


def _shown(value: object) -> str:
    """Write a value as it stands in JSON; nothing for nothing."""
    return "" if value in ("", None, [], {}) else f"`{json.dumps(value)}`"


def _kinds() -> Iterator[type[errors.MundiError]]:
    """Walk the error tree."""
    waiting: list[type[errors.MundiError]] = [errors.MundiError]
    while waiting:
        kind = waiting.pop()
        yield kind
        # Kinds made elsewhere are somebody's own way to tell one refusal from another.
        waiting += [one for one in kind.__subclasses__() if one.__module__ == errors.__name__]


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0]


def _special() -> Iterator[tuple[str, str, str]]:
    """Find the codes given where an error is raised, with the sentence that goes with them."""
    for path in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                yield from _special_call(node)


def _special_call(call: ast.Call) -> Iterator[tuple[str, str, str]]:
    for keyword in call.keywords:
        value = keyword.value
        if (
            keyword.arg == "code"
            and isinstance(value, ast.Constant)
            and isinstance(value.value, str)
        ):
            yield value.value, _name(call.func), _sentence(call.args[:1])


def _name(function: ast.expr) -> str:
    return ast.unparse(function).rsplit(".", 1)[-1]


def _sentence(arguments: list[ast.expr]) -> str:
    """Read a message; what is filled in at run time becomes an ellipsis."""
    if not arguments:
        return ""
    parts = arguments[0].values if isinstance(arguments[0], ast.JoinedStr) else arguments
    return "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in parts)


if __name__ == "__main__":
    (DOCS / "PARAMETERS.md").write_text(parameters_page())
    (DOCS / "MEASURES.md").write_text(measures_page())
    (DOCS / "ERRORS.md").write_text(errors_page())
    (DOCS / "SETTINGS.md").write_text(settings_page())
