"""Starts as after a restart of the machine: files are first put out of the memory of the system, if it lets them go."""

from __future__ import annotations

import os
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from bench.measure import ROOT

LOADED = ("PySide6", "shiboken6", "shibokensupport", "numpy", "sqlcipher3")


def forget(profile: Path) -> bool:
    """Put out what a start reads: the interpreter's library, Qt, rmdesk, the data. False where that cannot be done.

    Pages that another running program has mapped stay.
    """
    if not hasattr(os, "posix_fadvise"):
        return False
    specs = [spec for name in LOADED if (spec := find_spec(name)) is not None]
    folders = {Path(place) for spec in specs for place in spec.submodule_search_locations or ()}
    library = Path(sysconfig.get_path("stdlib"))
    top = [path for path in library.iterdir() if path.name not in ("site-packages", "test")]
    for folder in (*folders, *top, ROOT / "rmdesk", ROOT / "resources", profile):
        for file in (folder,) if folder.is_file() else folder.rglob("*"):
            if file.is_file():
                _put_out(file)
    return True


def _put_out(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
