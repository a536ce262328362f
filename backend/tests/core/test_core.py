import subprocess
import sys


def test_the_engine_starts_without_blas_and_leaves_it_to_whoever_wants_it():
    code = (
        "import sys; import app.core.audio, app.core.physics\n"
        "assert 'scipy.linalg' not in sys.modules\n"
        "import scipy.linalg; assert scipy.linalg.det([[2.0]]) == 2.0"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert found.returncode == 0, found.stderr
