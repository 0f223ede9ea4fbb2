"""Where the installed program begins: the console command, with what a frozen program needs set first."""

from __future__ import annotations

import multiprocessing
import os
import sys

from rmdesk.__main__ import main

if __name__ == "__main__":
    # A frozen matplotlib is given a new folder at every start and would look through all fonts each time; rmdesk has
    # a folder of its own for that (services/charts/fonts.py).
    os.environ.pop("MPLCONFIGDIR", None)
    multiprocessing.freeze_support()
    sys.exit(main())
