"""The console command `rmdesk`, and `python -m rmdesk`."""

from __future__ import annotations

import sys

from rmdesk.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
