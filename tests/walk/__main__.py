"""Goes the way of the data with a demo portfolio of its own; prints each step, and the file and line that did it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rmdesk.base import clock
from rmdesk.services import demo
from tests.walk.steps import Walk


def main() -> int:
    """Walk and print."""
    with tempfile.TemporaryDirectory(prefix="rmdesk-walk-") as folder:
        store = demo.make(Path(folder) / "demo")
        try:
            for number, step in enumerate(Walk(store, Path(folder), clock.today()).go(), 1):
                print(f"{number:2}. {step.title}\n    {step.where}")
                for line in step.came:
                    print(f"      {line}")
        finally:
            store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
