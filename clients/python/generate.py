"""Write mundi_client/models.py and operations.py from the API's own OpenAPI document: make client.

The models come from datamodel-code-generator; an operation becomes a method named by its
`operationId`, with its path, query, headers and body as typed parameters.
"""

import json
import keyword
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from datamodel_code_generator import DataModelType, Formatter, InputFileType, generate
from datamodel_code_generator.format import PythonVersion
from datamodel_code_generator.parser import LiteralType

PACKAGE = Path(__file__).resolve().parent / "mundi_client"
KINDS = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}
FORMATS = {"uuid": "UUID | str", "date-time": "datetime", "date": "date"}
HEADERS = {"If-Match": "if_match", "Idempotency-Key": "key", "X-Mundi-Client": "client"}
JSON = "application/json"
BOUNDS = frozenset(
    (
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "pattern",
    )
)
HEAD = '''"""Every operation of the API, a method each. Written by `make client`; do not edit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from mundi_client.line import Line
from mundi_client.models import (
    {names},
)


class Operations(Line):
    """The API as it is published, an operation a method."""

{methods}'''


def specification() -> dict[str, Any]:
    """Read the OpenAPI document of the API that stands beside this client."""
    from app.config import Settings
    from app.factory import make_api, make_services, migrate

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data")
        migrate(settings)
        services = make_services(settings)
        try:
            client = make_api(services).test_client()
            told: dict[str, Any] = client.get("http://localhost/api/v1/openapi.json").json
            return told
        finally:
            services.works.close()


def models(spec: Mapping[str, Any]) -> str:
    """Write the models of everything that is sent or answered."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "models.py"
        generate(
            json.dumps(plain({**spec, "paths": {}})),
            input_file_type=InputFileType.OpenAPI,
            output=path,
            output_model_type=DataModelType.PydanticV2BaseModel,
            target_python_version=PythonVersion.PY_311,
            base_class="mundi_client.model.Model",
            use_standard_collections=True,
            use_union_operator=True,
            field_constraints=True,
            use_schema_description=True,
            use_field_description_example=False,
            enum_field_as_literal=LiteralType.All,
            disable_timestamp=True,
            formatters=[Formatter.BUILTIN],
            custom_file_header='"""What is sent and answered. Written by `make client`; do not edit."""',
        )
        return path.read_text()


def plain(schema: Any) -> Any:
    """Drop what makes a class of a scalar: titles, and the bounds of what is in a list or may be null.

    The server judges values; a client that did, too, would refuse what a newer server takes.
    """
    if isinstance(schema, list):
        return [plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: plain(one) for name, one in schema.items() if not bare(name, one)}
    if "anyOf" in kept:
        kept["anyOf"] = [unbounded(way) for way in kept["anyOf"]]
    if isinstance(kept.get("items"), dict):
        kept["items"] = unbounded(kept["items"])
    return kept


def unbounded(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out how long or large a value may be."""
    return {name: one for name, one in schema.items() if name not in BOUNDS}


def bare(name: str, value: Any) -> bool:
    """Tell whether a member is a title and not a property that is called so."""
    return name == "title" and isinstance(value, str)


def operations(spec: Mapping[str, Any]) -> str:
    """Write a method for every operation."""
    told = [
        method(verb.upper(), path.removeprefix("/api/v1/"), one)
        for path, item in sorted(spec["paths"].items())
        for verb, one in item.items()
    ]
    text = "\n".join(told)
    known = {class_of(name) for name in spec["components"]["schemas"]}
    names = ",\n    ".join(sorted(name for name in known if re.search(rf"\b{name}\b", text)))
    return HEAD.format(names=names, methods=text)


def method(verb: str, path: str, one: Mapping[str, Any]) -> str:
    """Write the method of one operation."""
    given = list(parameters(one))
    ways = dict(replies(one))
    where = re.sub(r"{(\w+)}", r"{self.part(\1)}", path)
    call = [repr(verb), f"f{where!r}" if "{" in where else repr(where), f"{{{said(ways)}}}"]
    for place in ("query", "headers"):
        members = ", ".join(f"{name!r}: {own}" for kind, name, own, _ in given if kind == place)
        call += [f"{place}={{{members}}}"] if members else []
    taken = body(one)
    call += (
        []
        if not taken
        else ["body=body"]
        if taken != "bytes"
        else ["content=body", "media_type=media_type"]
    )
    wanted = [f"{own}: {kind}" for place, _, own, kind in given if place == "path"]
    if taken:
        optional = not one["requestBody"].get("required", False)
        wanted += [f"body: {taken}" + (" | None = None" if optional else "")]
    named = [f"{own}: {kind}" for place, _, own, kind in given if place != "path"]
    named += ["media_type: str"] if taken == "bytes" else []
    signature = ", ".join(["self", *wanted, *(["*", *named] if named else [])])
    result = " | ".join(dict.fromkeys(ways.values())) or "None"
    return (
        f"    def {one['operationId']}({signature}) -> {result}:\n"
        f'        """{one["summary"]}"""\n'
        f"        return self.call({', '.join(call)})\n"
    )


def parameters(one: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield each parameter's place, name on the wire, name in Python, and type."""
    for told in one.get("parameters", ()):
        place, name = told["in"], told["name"]
        kind = type_of(told["schema"])
        if place == "path":
            yield "path", name, name, kind
            continue
        own = HEADERS.get(name, f"{name}_" if keyword.iskeyword(name) else name)
        optional = "" if told.get("required") else " | None = None"
        place = {"header": "headers"}.get(place, place)
        yield place, name, own, kind.removesuffix(" | None") + optional


def type_of(schema: Mapping[str, Any]) -> str:
    """Write the type a parameter has in Python."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(one) for one in schema["anyOf"]))
    if schema.get("type") == "null":
        return "None"
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(repr(value) for value in values)}]"
    if schema.get("type") == "array":
        return f"list[{type_of(schema['items'])}]"
    return FORMATS.get(schema.get("format", ""), KINDS.get(schema.get("type", ""), "Any"))


def body(one: Mapping[str, Any]) -> str:
    """Write the type of a body; nothing where none is taken."""
    content = one.get("requestBody", {}).get("content", {})
    if not content:
        return ""
    if JSON not in content:
        return "bytes"
    return f"{model_of(content[JSON])} | Mapping[str, Any]"


def replies(one: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield each good answer's status and what it holds."""
    for code, told in sorted(one["responses"].items()):
        content = told.get("content", {})
        if not code.startswith("2"):
            continue
        yield (
            int(code),
            model_of(content[JSON]) if JSON in content else "bytes" if content else "None",
        )


def said(ways: Mapping[int, str]) -> str:
    """Write what each status holds as the members of a dictionary."""
    return ", ".join(f"{code}: {kind}" for code, kind in ways.items())


def model_of(media: Mapping[str, Any]) -> str:
    """Name the class of a schema."""
    reference = media.get("schema", {}).get("$ref")
    return class_of(reference.rpartition("/")[2]) if reference else "Any"


def class_of(name: str) -> str:
    """Write a schema's name as a class has it: Page_JobOut_ is PageJobOut."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def formatted(text: str) -> str:
    """Lay a module out as everything else is."""
    ruff = [str(Path(sys.executable).with_name("ruff"))]
    named = ["--stdin-filename", str(PACKAGE / "operations.py"), "-"]
    for step in (["check", "--fix", "--quiet", "--select", "I,F401", *named], ["format", *named]):
        done = subprocess.run(
            [*ruff, *step], input=text, capture_output=True, text=True, check=True
        )
        text = done.stdout
    return text


def written() -> dict[str, str]:
    """Return the text of each module."""
    spec = specification()
    return {
        "models.py": formatted(models(spec)),
        "operations.py": formatted(operations(spec)),
    }


if __name__ == "__main__":
    for name, text in written().items():
        (PACKAGE / name).write_text(text)
