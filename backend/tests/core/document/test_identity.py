import re
import subprocess
import sys

from app.core.document.identity import grammar_id


def test_a_grammar_has_one_name_in_every_process():
    code = "from app.core.document.identity import grammar_id; print(grammar_id())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert re.fullmatch(r"[0-9a-f]{16}", grammar_id())
    assert other.stdout.strip() == grammar_id()
