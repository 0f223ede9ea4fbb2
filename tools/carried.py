"""What rmdesk's code imports, at its start or inside a function, beside what the built program carries."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from tools.environment import ROOT

PYTHON = f"python3.{sys.version_info.minor}"
NOT_CARRIED = ("rmdesk.hub", "rmdesk.cli.hub_")  # a program of its own
ELSEWHERE = frozenset({"winreg", "msvcrt", "_winapi", "shibokensupport"})  # of another system; inside of shiboken6

IMPORT = re.compile(r"[ ]*(?:from ([\w.]+) import |import ([\w., ]+))")
TYPES = re.compile(r"^( *)if TYPE_CHECKING:\n(?:\1 +.*\n|\n)+", re.MULTILINE)


def desk_modules() -> dict[str, Path]:
    """Every module of the desk, with its file."""
    found = {}
    for path in sorted((ROOT / "rmdesk").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if not name.startswith(NOT_CARRIED):
            found[name] = path
    return found


@cache
def imported() -> dict[str, str]:
    """Every module that the desk's code names in an import, wherever it stands, with a module that does so."""
    found: dict[str, str] = {}
    for name, path in desk_modules().items():
        for one in _imports(path.read_text(encoding="utf-8")):
            found.setdefault(one, name)
    return found


def _imports(text: str) -> Iterator[str]:
    """Read line by line, as reading a thousand files as code takes seconds; what is for the type checker is not run."""
    for line in TYPES.sub("", text).splitlines():
        found = IMPORT.match(line)
        if found is not None:
            yield from (one.split(" as ")[0].strip() for one in (found[1] or found[2]).split(","))


def carried(folder: Path) -> set[str]:
    """Every module of a one-folder build: in its archive, in Python's own, or as a file of its own."""
    from zipfile import ZipFile

    from PyInstaller.archive.readers import CArchiveReader

    program = next(path for path in (folder / "rmdesk", folder / "rmdesk.exe") if path.is_file())
    whole = CArchiveReader(str(program))
    names = {*whole.toc, *whole.open_embedded_archive("PYZ.pyz").toc}
    inside = folder / "_internal"
    names |= {
        ".".join(PurePosixPath(one).with_suffix("").parts).removesuffix(".__init__")
        for one in ZipFile(inside / "base_library.zip").namelist()
    }
    for path in inside.rglob("*"):
        if path.suffix in (".so", ".pyd", ".py"):
            parts = (*path.relative_to(inside).parts[:-1], path.name.split(".", 1)[0])
            names.add(".".join(part for part in parts if part not in ("lib-dynload", PYTHON)))
    return names | set(sys.builtin_module_names)


def missing(there: set[str]) -> list[str]:
    """What the code imports and is not there, each with who wants it; empty when all is."""
    asked = {name: whom for name, whom in imported().items() if name not in ELSEWHERE}
    asked |= dict.fromkeys(desk_modules(), "by its name")
    return sorted(f"{name} ({whom})" for name, whom in asked.items() if name not in there)
