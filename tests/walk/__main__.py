"""Two walks through the program on a demo portfolio of their own: the way of the data, and a manager's week.

python -m tests.walk [data|week] [--lang zh_CN|en]
The data's way prints the file and line that does each step; the week is told in sentences a banker can check.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rmdesk.base import clock, text
from rmdesk.services import demo
from tests.walk.steps import Walk
from tests.walk.telling import MONDAY, read, tell


def data(folder: Path, language: str) -> None:
    """Walk the way of the data and print it."""
    store = demo.make(folder / "data")
    try:
        for number, step in enumerate(Walk(store, folder, clock.today()).go(), 1):
            print(f"{number:2}. {step.title}\n    {step.where}")
            for line in step.came:
                print(f"      {line}")
    finally:
        store.close()


def week(folder: Path, language: str) -> None:
    """Live a manager's week and tell it, in both languages; what the program says is in `language`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.walk import story

    clock.fix(MONDAY)
    demo.make(folder / "week").close()
    told, day, began = read(), None, time.monotonic()
    print(f"\n{told.title.chinese}  {told.title.english}")
    with story.lived(folder / "week", language) as lived:
        for sentence, came in tell(lived, told):
            if sentence.day != day:
                day = sentence.day
                print(f"\n{told.days[day].chinese}  {told.days[day].english}, {clock.today()}")
            print(f"\n  {sentence.chinese}\n  {sentence.english}")
            for line in came:
                print(f"      {line}")
    print(f"\n{len(told.sentences)} sentences, all true, in {time.monotonic() - began:.0f} s")


WALKS: dict[str, Callable[[Path, str], None]] = {"data": data, "week": week}


def main() -> int:
    """Walk and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk", description="Two walks through the program.")
    parser.add_argument("walks", nargs="*", choices=[*WALKS, []], metavar="data|week")
    parser.add_argument("--lang", default="zh_CN", choices=[*text.LANGUAGES])
    args = parser.parse_args()
    for name in args.walks or WALKS:
        with tempfile.TemporaryDirectory(prefix="rmdesk-walk-", ignore_cleanup_errors=True) as folder:
            WALKS[name](Path(folder), args.lang)
    return 0


if __name__ == "__main__":
    sys.exit(main())
