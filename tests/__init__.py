"""Tests, in the same folders as what they try. What a run needs of its surroundings is settled before anything else."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

# Without byte code each process of a run, and there are hundreds, compiles rmdesk and its tests again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30  # a run needs a fifth of it


def _lie_in_memory() -> None:
    """Each commit waits until it is on the disk; where there is memory to spare, a test's files lie there instead."""
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return
    if not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC and shutil.disk_usage(_MEMORY).free >= _ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


_lie_in_memory()
