"""Opens the window of a demo profile on one page: `python -m tools.live PROFILE PAGE [LANGUAGE]`."""

from __future__ import annotations

import sys
from pathlib import Path

from rmdesk import app
from rmdesk.ui.shell.routes import ROUTES


def main(profile: str, page: str, language: str = "zh_CN") -> int:
    """Stay until the window is closed; its exit status, 2 when there is no such page."""
    names = [route.name for route in ROUTES]
    if page not in names:
        print(f"There is no page {page!r}. Pages: {', '.join(names)}", file=sys.stderr)
        return 2
    return app.run(Path(profile), language=language, demo=True, page=page)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
