"""The verbs of dev.py. Standard library only: they run before anything is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import environment, system
from tools.environment import PYTHON, ROOT, SCRIPTS, child_environment
from tools.screen import screen

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def main(arguments: list[str], usage: str | None) -> int:
    """Run one verb; its exit status."""
    verb, *rest = arguments or ["help"]
    if verb in ("help", "-h", "--help"):
        print(usage)
        return 0
    if verb not in VERBS:
        print(f"dev.py knows no {verb!r}.\n\n{usage}", file=sys.stderr)
        return 2
    environment.prepare(quietly=verb != "setup")
    return VERBS[verb](rest)


def call(*command: str | Path, **more: str) -> int:
    """Run a program inside the project; its exit status."""
    return subprocess.run(command, cwd=ROOT, env=child_environment(**more), check=False).returncode


def module(name: str, *arguments: str, **more: str) -> int:
    """Run a Python module of the environment; its exit status."""
    return call(PYTHON, "-m", name, *arguments, **more)


def setup(arguments: list[str]) -> int:
    """Nothing left to do: the environment is there."""
    print(f"Ready. Try: {SCRIPTS.relative_to(ROOT) / 'rmdesk'} --help")
    return 0


def run(arguments: list[str]) -> int:
    """rmdesk on a demo portfolio of its own, made now and thrown away when the window closes."""
    with demo_profile() as profile:
        if system.has_screen():
            return module("rmdesk", "--profile", str(profile), *arguments, "demo")
        status = module("rmdesk", "--profile", str(profile), "--lang", "zh_CN", *arguments, "today")
        print(
            "\nNo screen: taking a picture of each page into shots/ (about a minute; all: dev.py shots) ...", flush=True
        )
        with screen() as shown:
            few = ("--few", "--languages", "zh_CN")
            return module("tests.shots", "--profile", str(profile), *few, **shown) or status


def live(arguments: list[str]) -> int:
    """The window on one page of the demo portfolio."""
    with demo_profile() as profile, screen() as shown:
        return module("tools.live", str(profile), *(arguments or ["today"]), **shown)


def shots(arguments: list[str]) -> int:
    """Pictures of every screen in every theme, language and size."""
    with demo_profile() as profile, screen() as shown:
        return module("tests.shots", "--profile", str(profile), *arguments, **shown)


def hub(arguments: list[str]) -> int:
    """The team hub with a PostgreSQL of its own and an invented team, thrown away at its end."""
    return module("rmdesk", "hub", "serve", "--embedded", "--demo", *arguments)


def walk(arguments: list[str]) -> int:
    """The way of the data through the program, step by step."""
    return module("tests.walk", *arguments)


def drill(arguments: list[str]) -> int:
    """What can befall a laptop, each to its good end."""
    return module("tests.walk", "drill", *arguments)


@contextmanager
def demo_profile() -> Iterator[Path]:
    """A new demo portfolio in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="rmdesk-demo-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder) / "demo"
        print("Making the demo portfolio ...", flush=True)
        made = subprocess.run(
            [PYTHON, "-m", "rmdesk", "--profile", profile, "demo", "--json"],
            cwd=ROOT,
            env=child_environment(),
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if made.returncode:
            raise SystemExit("The demo portfolio could not be made.")
        yield profile


def fuzz(arguments: list[str]) -> int:
    """Real desks, a real hub and a bad line under the fuzz; the last line is the verdict."""
    return module("tests.fuzz", *arguments)


def fuzz_files(arguments: list[str]) -> int:
    """The importers and the decoders of the wire under a coverage-guided fuzz; the last line is the verdict."""
    return module("tests.hostile", *arguments)


def kill(arguments: list[str]) -> int:
    """kill -9 at random moments of real work; the last line is the verdict."""
    return module("tests.kill", *arguments)


def soak(arguments: list[str]) -> int:
    """A month at the desk, played fast; the last line is the verdict."""
    return module("tests.soak", *arguments, **OFFSCREEN)


def manual(arguments: list[str]) -> int:
    """The manuals, with pictures taken now."""
    return module("tools.manual", *arguments, **OFFSCREEN)


def package(arguments: list[str]) -> int:
    """The installed program: built, packed, tried, signed."""
    return module("tools.package", *arguments)


def test(arguments: list[str]) -> int:
    """pytest on all processors, in random order, without a screen."""
    return module("pytest", "-n", str(processors()), *arguments, **OFFSCREEN)


def processors() -> int:
    """How many tests run at once: at least two, at most eight."""
    return min(8, max(2, os.cpu_count() or 2))


def check(arguments: list[str]) -> int:
    """Every check, each even when an earlier one failed; 1 when any failed."""
    steps: dict[str, Callable[[], int]] = {
        "format": lambda: module("ruff", "format", "--check", "."),
        "lint": lambda: module("ruff", "check", "."),
        "types": lambda: module("mypy"),
        "contracts": lambda: call(SCRIPTS / "lint-imports", "--no-logo", PYTHONPATH=str(ROOT)),
        "sizes": lambda: module("tools.sizes"),
        "catalogues": lambda: module("tools.catalogues"),
        "dependencies": lambda: module("tools.dependencies"),
        "imports": lambda: module("deptry", ".", "--no-ansi"),
        "unused": lambda: module("tools.unused"),
        "twice": lambda: module("tools.twice"),
    }
    if "--no-tests" not in arguments:
        steps["tests"] = lambda: test([])
    failed = []
    for name, step in steps.items():
        print(f"--- {name}", flush=True)
        if step():
            failed.append(name)
    print(f"--- failed: {', '.join(failed)}" if failed else f"--- all well: {', '.join(steps)}", flush=True)
    return 1 if failed else 0


def catalogues(arguments: list[str]) -> int:
    """What is not translated yet."""
    return module("tools.catalogues")


def bench(arguments: list[str]) -> int:
    """The benchmarks, each against its floor."""
    return module("bench", *arguments)


def lock(arguments: list[str]) -> int:
    """Write requirements/lock.txt anew: hashes, every platform, no address of any server."""
    return call(
        "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate",
        "--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11", "--extra", "dev", "--extra", "hub",
        "pyproject.toml", "--output-file", str(environment.LOCK.relative_to(ROOT)), *arguments,
    )  # fmt: skip


VERBS: dict[str, Callable[[list[str]], int]] = {
    "setup": setup,
    "run": run,
    "live": live,
    "shots": shots,
    "hub": hub,
    "walk": walk,
    "drill": drill,
    "fuzz": fuzz,
    "fuzz-files": fuzz_files,
    "kill": kill,
    "package": package,
    "soak": soak,
    "manual": manual,
    "test": test,
    "check": check,
    "catalogues": catalogues,
    "bench": bench,
    "lock": lock,
}
