"""The care queries and their rows are cheap to import: a window names them before numpy is loaded."""

from __future__ import annotations

import subprocess
import sys


def test_queries_load_neither_numpy_nor_the_orm() -> None:
    code = "import rmdesk.services.care.queries, sys; print({'numpy', 'sqlalchemy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
