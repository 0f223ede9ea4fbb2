"""What others would use instead, at the same work on the same machine in the same run. Writes its own page.

Anki's library and sync server, and Tryton's server library, are installed from the package registry into an environment
of their own that is thrown away: they are no part of rmdesk. Where they cannot be had, their columns stay empty.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from statistics import median

from bench import portfolio, report
from bench.measure import ROOT, SMALL, Found, child, told_by

SIZE, LITTLE = 10_000, 1_000  # clients; of Tryton's only a tenth, as it takes its time
PEERS = {"anki": ("anki",), "trytond": ("trytond", "trytond_party")}
NAMES = {"anki": "Anki's library", "trytond": "Tryton's server library"}
LINES = (
    ("import", "import of clients from a file", "ms"),
    ("import_cpu", "the same, processor time", "ms"),
    ("peak", "memory of it (peak)", "MB"),
    ("search", "search, a keystroke (median)", "ms"),
    ("search_95", "search, a keystroke (95 of 100 are quicker)", "ms"),
    ("sort", "all of them in order", "ms"),
    ("save", "saving a change", "ms"),
    ("up", "first sync of all of them, up", "ms"),
    ("down", "first sync of all of them, down", "ms"),
    ("none", "a sync without news", "ms"),
    ("many", "a sync with 1,000 changes", "ms"),
)
HEAD = """# Beside what others would use

Measured on {day} by `python3 dev.py bench --parts peers` on: {machine}.

The same {size} invented clients; Tryton has a tenth of them. rmdesk reads the bank's file with its guesses, checks and
a dry run and works out names' readings, on an encrypted file that each save reaches before it is called saved; the
others take plain rows into plain files, Tryton into memory and without its network. rmdesk's first sync is that of a
book with 25,501 records to an encrypted desk, in one direction, with a hub over a real PostgreSQL
([performance-rounds.md](performance-rounds.md)); Anki's are the same notes to its own sync server on this machine.
"""


def page(*, quick: bool) -> str:
    """The page, measured now."""
    size = LITTLE if quick else SIZE
    with tempfile.TemporaryDirectory(prefix="rmdesk-peers-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        clients = portfolio.files(folder, size)[0]
        found = {"rmdesk": _ours(folder, clients, size), **_theirs(folder, clients, size)}
    missing = [
        f"{NAMES[peer]} could not be installed here: its column is empty." for peer in PEERS if peer not in found
    ]
    head = HEAD.format(day=report.day(), machine=report.machine(), size=f"{size:,}")
    return "\n".join((head, *missing, *_table(found), ""))


def _ours(folder: Path, clients: Path, size: int) -> Found:
    taken = child("importing", "-", clients)
    profile = portfolio.made(folder / "profile", size)
    keys = sorted(pair[1] for pair in child("searching", profile, size)["pairs"])
    day = child("working", profile, 3)
    synced = child("rounds", 5, SMALL)
    return {
        "import": taken["taken"], "import_cpu": taken["cpu"], "peak": taken["peak"],
        "search": median(keys), "search_95": keys[int(len(keys) * 0.95)],
        "sort": median(mine for mine, _floor in day["sort"]), "save": median(mine for mine, _floor in day["visit"]),
        "down": synced["first"], "none": synced["none"], "many": synced["many"],
    }  # fmt: skip


def _theirs(folder: Path, clients: Path, size: int) -> dict[str, Found]:
    found = {}
    for peer, packages in PEERS.items():
        python = _installed(folder / peer, packages)
        if python is None:
            print(f"skipped {peer}: it cannot be installed here", file=sys.stderr, flush=True)
            continue
        more = (str(size // 10),) if peer == "trytond" else ()
        own = {**os.environ, "PYTHONPATH": str(ROOT)}
        found[peer] = told_by([str(python), "-m", f"bench.children.peer_{peer}", str(clients), *more], own)
    return found


def _installed(folder: Path, packages: tuple[str, ...]) -> Path | None:
    """The interpreter of a fresh environment with these packages; None where they cannot be had."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    uv = shutil.which("uv")
    venv.create(folder, with_pip=uv is None)
    tool = [uv, "pip", "install", "--python", str(python)] if uv else [str(python), "-m", "pip", "install"]
    done = subprocess.run([*tool, "--quiet", *packages], capture_output=True, check=False, timeout=600)
    return python if done.returncode == 0 else None


def _table(found: dict[str, Found]) -> list[str]:
    lines = [
        "",
        f"| measured | rmdesk | {' | '.join(NAMES.values())} |",
        f"| --- | ---: | {' | '.join('---:' for _ in NAMES)} |",
    ]
    for key, what, unit in LINES:
        cells = [_cell(found.get(one, {}), key, unit) for one in ("rmdesk", *PEERS)]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return lines


def _cell(told: Found, key: str, unit: str) -> str:
    return report.shown(told[key], unit) if key in told else ""
