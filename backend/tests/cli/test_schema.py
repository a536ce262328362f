import json

import jsonschema
from click.testing import CliRunner

from app import cli


def test_the_schema_is_printed_and_is_one():
    program = cli.command_line(serve=print, worker=print, migrate=print)
    result = CliRunner().invoke(program, ["schema"])

    assert result.exit_code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(result.stdout))
