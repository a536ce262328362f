import subprocess
import sys

from app.cli import warm
from app.core.numbers import kernel


def test_every_package_with_kernels_has_a_warm_module():
    using = {
        source.relative_to(kernel.CORE).parts[0]
        for source in kernel.CORE.rglob("*.py")
        if "@kernel" in source.read_text()
    }

    # The kernels of `numbers` are compiled by the packages that call them.
    assert using - {"numbers"} <= set(warm.packages())


def test_nothing_is_left_to_compile_after_warming():
    for package in warm.packages():
        warm.compile_package(package)
        code = f"from app.cli.warm import compile_package; print(compile_package({package!r}).compiled)"
        again = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

        assert again.stdout.strip() == "0", again.stderr
