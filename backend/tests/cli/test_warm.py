import os
import subprocess
import sys
import time

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


def test_what_is_warmed_is_marked_as_used_now():
    began = time.time() - 1
    warm.compile_package("numbers")
    current = [one for one in kernel.FOLDER.glob("numbers-*") if one.stat().st_mtime >= began]

    assert len(current) == 1


def test_old_kernels_go_and_those_another_process_may_run_stay(tmp_path):
    now = 1e9
    ages_d = {"audio": (0.1, 0.2, 0.9, 2, 3, 4, 5, 6, 7, 8, 29), "physics.engine": (20, 31)}
    for package, days in ages_d.items():
        for day in days:
            folder = tmp_path / f"{package}-{day}"
            (folder / "inside").mkdir(parents=True)
            os.utime(folder, (now - 86_400 * day,) * 2)

    assert warm.tidy(tmp_path, now) == 4
    gone = {"audio-7", "audio-8", "audio-29", "physics.engine-31"}
    left = {f"{package}-{day}" for package, days in ages_d.items() for day in days} - gone
    assert {one.name for one in tmp_path.iterdir()} == left

    many = [tmp_path / f"numbers-{number}" for number in range(20)]
    for folder in many:
        folder.mkdir()
        os.utime(folder, (now - 3600,) * 2)
    assert warm.tidy(tmp_path, now) == 0
