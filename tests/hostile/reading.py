"""Reads many files in a process of its own, each held to its limits: `python -m tests.hostile.reading` <paths.

Prints one JSON line a file: its name, what was told (a code, or how many rows), processor seconds, most memory in MB.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS, MEMORY = 10, 300
_SPACE = 1 << 30  # addresses, of which much is never used


@dataclass(frozen=True, slots=True)
class Told:
    """What reading one file came to."""

    name: str
    told: str
    seconds: float
    megabytes: int


def answers(paths: Iterable[Path]) -> dict[str, Told]:
    """What each file comes to, read by one child that does not outlive its limits."""
    given = "\n".join(json.dumps(str(path)) for path in paths)
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.reading"],
        input=given, capture_output=True, text=True, cwd=ROOT, check=False, timeout=600,
    )  # fmt: skip
    found = {told.name: told for told in (Told(*json.loads(line)) for line in done.stdout.splitlines())}
    assert done.returncode == 0, (done.returncode, len(found), done.stderr[-2000:])
    return found


def _tell(path: Path) -> str:
    from rmdesk.base.errors import Known
    from rmdesk.services.imports.gathering import gathered
    from rmdesk.services.imports.records import Severity
    from rmdesk.services.imports.source import open_sources

    try:
        sources = open_sources(path)
        for source in sources:
            source.preview()
        with gathered(sources) as read:
            refused = sum(file.more_refused + len(file.refused) for file in read.files)
            doubts = sum(finding.severity is Severity.WARNING for finding in read.findings)
            return f"{sum(file.rows for file in read.files)} taken, {refused} refused, {doubts} doubts"
    except Known as error:
        # A sentence, and what to do about it; nothing left to be filled in, nothing of Python's own words.
        whole = f"{error.said} {error.advice}".replace(path.name, "")
        clear = error.said.endswith(".") and error.advice.endswith(".") and "{" not in whole and "Error" not in whole
        return error.code if clear else f"CRASH of words: {whole}"


def _most_memory() -> int:
    """Megabytes held at most since the last call (Linux), or ever."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    found = int(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))) >> 10
    Path("/proc/self/clear_refs").write_text("5")
    return found


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {SECONDS} s of processor time")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_SPACE, _SPACE))
    signal.signal(signal.SIGPROF, _too_slow)
    for line in sys.stdin:
        path = Path(json.loads(line))
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            told = _tell(path)
        except BaseException as error:  # what is no word of ours is what is looked for
            told = f"CRASH {type(error).__name__}: {str(error)[:300]}"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        seconds = round(time.process_time() - began, 2)
        print(json.dumps([path.name, told, seconds, _most_memory()]), flush=True)


if __name__ == "__main__":
    os.umask(0o077)
    main()
