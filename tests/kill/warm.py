"""A process that has imported everything and opened nothing; each job runs in a child that splits off from it.

Loading the program takes a second, splitting off some milliseconds. It reads `start JOB TURN FOLDER` and `wait` from
standard input, and answers on standard output with the child's number, what the child says, and how it ended.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tests.kill.work import JOBS


def main() -> None:
    child = 0
    print("ready", flush=True)
    for line in sys.stdin:
        what, *rest = line.rstrip("\n").split(" ", 3)
        if what == "start":
            child = os.fork()
            if not child:
                _run(rest[0], int(rest[1]), Path(rest[2]))
            print(f"child {child}", flush=True)
        elif what == "wait":
            _pid, status = os.waitpid(child, 0)
            print(f"ended {'killed' if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)}", flush=True)


def _run(job: str, turn: int, folder: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        JOBS[job](folder, turn, lambda word: _say(f"said {word}"))
    except BaseException as error:
        _say(f"failed {type(error).__name__} {error}".replace("\n", " "))
    finally:
        os._exit(1)


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main()
