"""Write PARAMETERS.md and ERRORS.md from the tables in the code: make docs."""

import ast
from collections.abc import Iterator
from pathlib import Path

from app import errors
from app.core.parameters import PARAMETERS

DOCS = Path(__file__).resolve().parent
APP = DOCS.parent / "backend" / "app"


def parameters_page() -> str:
    """Write each parameter's path, unit, range, default and meaning as a table."""
    rows = [
        f"| `{path}` | {one.unit} | {one.low} | {one.high} | {one.default} | {one.meaning} |"
        for path, one in sorted(PARAMETERS.items())
    ]
    head = [
        "# Parameters",
        "",
        "Written by `make docs` from `app.core.parameters`. A value out of its range is refused with its JSON path.",
        "",
        "| path | unit | low | high | default | meaning |",
        "|---|---|--:|--:|--:|---|",
    ]
    return "\n".join([*head, *rows, ""])


def errors_page() -> str:
    """Write each error code with the error it belongs to and what it means."""
    rows = {kind.code: (kind.__name__, _first_line(kind.__doc__)) for kind in _kinds()}
    for code, name, message in _special():
        rows.setdefault(code, (name, message))
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


def _kinds() -> Iterator[type[errors.MundiError]]:
    """Walk the error tree."""
    waiting: list[type[errors.MundiError]] = [errors.MundiError]
    while waiting:
        kind = waiting.pop()
        yield kind
        waiting += kind.__subclasses__()


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
    (DOCS / "ERRORS.md").write_text(errors_page())
