"""Walks through the program: the way of the data and a manager's week on a demo portfolio, what passes between the
desks of a team and their hub, and what can befall a laptop.

python -m tests.walk [data|week|team|drill] [--lang zh_CN|en]
The data's way prints the file and line that does each step; the others are told in sentences a banker can check.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rmdesk.base import clock, text
from rmdesk.services import demo
from tests.walk.steps import Walk
from tests.walk.telling import FEATURE, MONDAY, Sentence, Story, read, tell

FEATURES = FEATURE.parent


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
    with story.lived(folder / "week", language) as lived:
        _told(read(), lambda told: tell(lived, told))


def team(folder: Path, language: str) -> None:
    """Several desks and a hub: what one notes reaches the others."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.walk import together

    clock.fix(MONDAY)
    with together.lived(folder, language) as lived:
        _told(read(FEATURES / "team.feature"), lambda told: tell(lived, told, together.STEPS))


def drill(folder: Path, language: str) -> None:
    """What can befall a laptop, each to its good end."""
    from tests.walk import drill as befalls

    clock.fix(MONDAY)
    text.use(language)
    with befalls.lived(folder) as laptop:
        _told(read(FEATURES / "drill.feature"), lambda told: tell(laptop, told, befalls.STEPS))


def _told(told: Story, live: Callable[[Story], Iterator[tuple[Sentence, tuple[str, ...]]]]) -> None:
    day, began = None, time.monotonic()
    print(f"\n{told.title.chinese}  {told.title.english}")
    for sentence, came in live(told):
        if sentence.day != day:
            day = sentence.day
            print(f"\n{told.days[day].chinese}  {told.days[day].english}, {clock.today()}")
        print(f"\n  {sentence.chinese}\n  {sentence.english}")
        for line in came:
            print(f"      {line}")
    print(f"\n{len(told.sentences)} sentences, all true, in {time.monotonic() - began:.0f} s")


WALKS: dict[str, Callable[[Path, str], None]] = {"data": data, "week": week, "team": team, "drill": drill}


def main() -> int:
    """Walk and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk", description="Walks through the program.")
    parser.add_argument("walks", nargs="*", choices=[*WALKS, []], metavar="data|week|team|drill")
    parser.add_argument("--lang", default="zh_CN", choices=[*text.LANGUAGES])
    args = parser.parse_args()
    for name in args.walks or WALKS:
        with tempfile.TemporaryDirectory(prefix="rmdesk-walk-", ignore_cleanup_errors=True) as folder:
            WALKS[name](Path(folder), args.lang)
    return 0


if __name__ == "__main__":
    sys.exit(main())
