#!/usr/bin/env python3
"""Set everything up on first use, then serve or test: python3 backend/bootstrap.py [run|test|bench|setup].

Needs nothing but Python 3.11, not even make, pip or ensurepip. It makes `.venv` beside the
README, installs the locked packages by hash, compiles the kernels, and remembers by hash what
it did, so that a later start skips all of it. It is written for old Pythons too, so that they
can say what is missing instead of a syntax error.
"""

import fcntl
import glob
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys

NEEDED = (3, 11)
SPACE_GB = 1.5
BACKEND = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(BACKEND)
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMPS = os.path.join(VENV, "mundi-setup.json")
LOCKS = {kind: "requirements-%s.lock" % kind for kind in ("test", "bench", "uv")}
LOCKS["run"] = "requirements.lock"
GATES = (
    ("ruff", "format", "--check", "--quiet", ".", "../bench", "../clients", "../docs"),
    ("ruff", "check", "--quiet", ".", "../bench", "../clients", "../docs"),
    ("mypy",),
    ("lint-imports", "--no-logo"),
)


def say(text):
    """Tell where we are."""
    print(text, flush=True)


def stop(text):
    """Say in one line what is missing and how to get it."""
    print("mundi: " + text, file=sys.stderr, flush=True)
    raise SystemExit(1)


def ran(*command, **options):
    """Run a command and tell whether it succeeded."""
    # uv otherwise brings its own list of certificates, which knows no company's proxy, and leaves
    # it to the first start to compile the packages, or to every start where it may not write.
    own = {"UV_SYSTEM_CERTS": "1", "UV_COMPILE_BYTECODE": "1"}
    environment = dict(os.environ, **own, **options.pop("environment", {}))
    return subprocess.run(command, cwd=BACKEND, env=environment, **options).returncode == 0


def quietly(*command):
    """Run a command without its words and tell whether it succeeded."""
    return ran(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def require_python():
    """Go on under a Python that is new enough, or say so."""
    if sys.version_info >= NEEDED:
        return
    for minor in range(20, NEEDED[1] - 1, -1):
        newer = shutil.which("python3.%d" % minor)
        if newer:
            os.execv(newer, [newer, *sys.argv])
    stop(
        "Python 3.11 or newer is needed, this is %d.%d: apt install python3.11"
        % sys.version_info[:2]
    )


def require_space():
    """Refuse to begin an installation that cannot end."""
    free_gb = shutil.disk_usage(ROOT).free / 1e9
    if free_gb < SPACE_GB:
        stop("%.1f GB free in %s; the packages need %.1f GB" % (free_gb, ROOT, SPACE_GB))


def digest(*paths):
    """Hash what a step depends on: the contents of files and of all Python files in folders."""
    result = hashlib.sha256(VENV.encode())
    for path in (os.path.join(VENV, "pyvenv.cfg"), *paths):
        names = [path]
        if os.path.isdir(path):
            names = [
                os.path.join(at, n)
                for at, _, files in os.walk(path)
                for n in files
                if n.endswith(".py")
            ]
        for name in sorted(names):
            with open(name, "rb") as file:
                result.update(os.path.relpath(name, ROOT).encode() + file.read())
    return result.hexdigest()


def processor():
    """Hash what compiled code depends on of the processor."""
    try:
        with open("/proc/cpuinfo") as file:
            told = sorted({line for line in file if line.startswith(("model name", "flags"))})
    except OSError:
        told = [platform.processor()]
    return hashlib.sha256("".join(told).encode()).hexdigest()


def stamps():
    """Read what was done before; nothing, when it cannot be read."""
    try:
        with open(STAMPS) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def stamp(**done):
    """Remember what has been done."""
    kept = dict(stamps(), **done)
    with open(STAMPS + ".part", "w") as file:
        json.dump(kept, file)
    os.replace(STAMPS + ".part", STAMPS)


def make_environment(uv):
    """Make `.venv` with what this machine has: uv, else plain venv."""
    if os.path.exists(PYTHON) and quietly(PYTHON, "-c", ""):
        return
    say("making .venv")
    if os.path.exists(os.path.join(VENV, "pyvenv.cfg")):
        shutil.rmtree(VENV)
    if uv and ran(uv, "venv", "--quiet", "--no-python-downloads", "--python", sys.executable, VENV):
        return
    # Without pip: Debian keeps ensurepip in a package of its own, and it takes 20 s where it is.
    if quietly(sys.executable, "-m", "venv", "--without-pip", VENV):
        return
    stop("no virtual environment can be made here: apt install python3-venv")


def pip():
    """Find a pip that can install into `.venv`: its own, else this machine's, else a new one."""
    if quietly(PYTHON, "-m", "pip", "--version"):
        return [PYTHON, "-m", "pip"]
    if quietly(sys.executable, "-m", "pip", "--python", PYTHON, "--version"):
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    return [PYTHON, "-m", "pip"] if quietly(PYTHON, "-m", "ensurepip") else []


def installers(uv):
    """Yield the ways to install into `.venv`, the quick one first."""
    own_uv = os.path.join(VENV, "bin", "uv")
    if not uv and not os.path.exists(own_uv):
        found = pip()
        if not found:
            stop("no pip was found to install with: apt install python3-venv")
        say("fetching the installer")
        quietly(*found, "install", "--quiet", "--require-hashes", "-r", LOCKS["uv"])
    uv = uv or (own_uv if os.path.exists(own_uv) else None)
    if uv:
        yield [uv, "pip", "install", "--python", PYTHON]
    found = pip()
    if found:
        yield [*found, "install", "--progress-bar", "on"]


def install(kind):
    """Install the locked packages by hash, then this project beside them without a network."""
    done = digest(os.path.join(BACKEND, LOCKS[kind]), os.path.join(BACKEND, "pyproject.toml"))
    if stamps().get(kind) == done and os.path.exists(os.path.join(VENV, "bin", "mundi")):
        return
    require_space()
    say("installing packages (about 650 MB, once)")
    project = ["--no-deps", "--no-build-isolation", "--no-index", "-e", BACKEND]
    for installer in installers(shutil.which("uv")):
        if ran(*installer, "--require-hashes", "-r", LOCKS[kind]) and ran(*installer, *project):
            break
        say("that way did not work (see above); trying another")
    else:
        stop(
            "the packages could not be installed: is a Python package index within reach? Then run this again."
        )
    # What the tests need contains what a run needs, in the same versions.
    run = digest(os.path.join(BACKEND, LOCKS["run"]), os.path.join(BACKEND, "pyproject.toml"))
    stamp(**{"run": run, kind: done})


def compile_kernels():
    """Compile the kernels now, so that nobody waits for them later."""
    core = os.path.join(BACKEND, "app", "core")
    done = digest(core, os.path.join(BACKEND, LOCKS["run"])) + processor()
    if stamps().get("kernels") == done:
        return
    if not ran(PYTHON, "-c", "from app.cli.warm import warm; warm()"):
        stop("the kernels could not be compiled (see above)")
    stamp(kernels=done)


def set_up(kind):
    """Bring everything up to date, one process at a time."""
    require_python()
    # Two set-ups at once would tear each other's files; the second waits for the first.
    with open(os.path.abspath(__file__)) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        make_environment(shutil.which("uv"))
        install(kind)
        compile_kernels()


def superuser():
    """Find how to act as root without asking: directly, by sudo, or not at all (None)."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and quietly("sudo", "-n", "true") else None


def require_program(names, package):
    """Get a program the tests need from Debian, or say in one line how to."""
    if any(shutil.which(name) or glob.glob("/usr/lib/%s" % name) for name in names):
        return
    root = superuser()
    if root is None or not shutil.which("apt-get"):
        stop("the tests need %s: apt install %s" % (names[0], package))
    say("installing %s" % package)
    quiet = {"environment": {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    fetch = [*root, "apt-get", "install", "-qq", "-y", "--no-install-recommends", package]
    if not ran(*fetch, **quiet):
        quietly(*root, "apt-get", "update", "-qq")
        if not ran(*fetch, **quiet):
            stop("%s could not be installed: apt install %s" % (names[0], package))


def test(arguments):
    """Check style, types and floors, then run the tests; pytest's summary is the last line."""
    require_program(["chromium", "chromium-browser", "google-chrome"], "chromium")
    require_program(["initdb", "postgresql/*/bin/initdb"], "postgresql")
    require_program(["redis-server"], "redis-server")
    for gate in GATES:
        say("checking: " + " ".join(gate[:2]))
        if not ran(os.path.join(VENV, "bin", gate[0]), *gate[1:]):
            stop("%s found the faults above" % gate[0])
    os.chdir(BACKEND)
    os.execv(PYTHON, [PYTHON, "-m", "pytest", *arguments])


def main(arguments):
    """Do what was asked: run (the default), test, or set up for running or benches only."""
    task = arguments[0] if arguments else "run"
    if task not in ("run", "test", "bench", "setup"):
        stop("say run, test, bench or setup, not %s" % task)
    try:
        set_up("run" if task == "setup" else task)
    except KeyboardInterrupt:
        stop("stopped; run this again to go on where it was")
    if task == "test":
        test(arguments[1:])
    if task == "run":
        os.chdir(ROOT)
        os.execv(os.path.join(VENV, "bin", "mundi"), ["mundi", "serve", *arguments[1:]])


if __name__ == "__main__":
    main(sys.argv[1:])
