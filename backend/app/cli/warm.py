"""Compile every kernel at set-up, each core package in a process of its own."""

import importlib
import multiprocessing
import os
import resource
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import click

from app.core.numbers import kernel
from app.utils import clock

DAY_S, MONTH_S = 86_400.0, 30 * 86_400.0
NEWEST = 8  # versions of a package that outlive a day


@dataclass(frozen=True, slots=True)
class Report:
    """What one package took: kernels compiled now, and seconds of processor and of wall clock."""

    package: str
    compiled: int
    cpu_s: float
    wall_s: float


def packages() -> tuple[str, ...]:
    """Name the core packages that have kernels: those with a module `warm`."""
    return tuple(sorted(path.parent.name for path in kernel.CORE.glob("*/warm.py")))


def compile_package(package: str) -> Report:
    """Run every kernel of one package once, in this process."""
    began = time.perf_counter()
    importlib.import_module(f"app.core.{package}.warm").warm()
    for folder in _in_use():
        os.utime(folder)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return Report(
        package=package,
        compiled=kernel.compilations(),
        cpu_s=usage.ru_utime + usage.ru_stime,
        wall_s=time.perf_counter() - began,
    )


@click.command()
def warm() -> None:
    """Compile every kernel now, so that nothing is compiled while people wait."""
    names = packages()
    began = time.perf_counter()
    cpu_s = 0.0
    # `numbers` first: the others call its kernels, and would each compile them again.
    for group in ([n for n in names if n == "numbers"], [n for n in names if n != "numbers"]):
        cpu_s += sum(_report(group))
    tidied = tidy(kernel.FOLDER, clock.now().timestamp())
    if tidied:
        click.echo(f"{tidied} folders of kernels that nothing uses any more are gone")
    click.echo(
        f"kernels ready: {cpu_s:.1f} s of processor, {time.perf_counter() - began:.1f} s"
        f" of waiting, kept in {Path(kernel.FOLDER).name}"
    )


def _in_use() -> set[Path]:
    """Give the folders that this process has its kernels from."""
    found = set()
    for name, module in list(sys.modules.items()):
        for one in vars(module).values() if name.startswith("app.core.") else ():
            path = getattr(getattr(one, "stats", None), "cache_path", None)
            found |= {Path(path).parent} if path else set()
    return {one for one in found if one.is_dir()}


def tidy(folder: Path, now_s: float) -> int:
    """Remove the kernels of sources that are no more; return how many folders went.

    Another process may still run an older version: what was made or warmed today stays, of the
    rest the newest few of each package, and nothing for longer than a month.
    """
    kept: Counter[str] = Counter()
    gone = 0
    for age_s, path in sorted((now_s - one.stat().st_mtime, one) for one in folder.glob("*-*")):
        package = path.name.rpartition("-")[0]
        kept[package] += 1
        if age_s > MONTH_S or (age_s > DAY_S and kept[package] > NEWEST):
            shutil.rmtree(path, ignore_errors=True)
            gone += 1
    return gone


def _report(names: list[str]) -> list[float]:
    """Compile packages side by side, tell of each as it ends, and return their seconds."""
    if not names:
        return []
    click.echo(f"compiling kernels: {', '.join(names)} …")
    # A fresh process each: what one package compiles cannot be counted for another.
    with ProcessPoolExecutor(
        max_workers=min(len(names), os.cpu_count() or 1),
        mp_context=multiprocessing.get_context("spawn"),
        max_tasks_per_child=1,
    ) as pool:
        spent = []
        for done in as_completed([pool.submit(compile_package, name) for name in names]):
            report = done.result()
            click.echo(
                f"  {report.package}: {report.compiled} kernels, {report.cpu_s:.1f} s of processor"
            )
            spent.append(report.cpu_s)
        return spent
