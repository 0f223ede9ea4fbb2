"""Measures rmdesk against floors taken in the same run.

python -m bench [--quick] [--sizes 500,1000,10000,100000] [--parts all] [--runs 5] [--no-write]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from bench import portfolio, report
from bench.measure import SMALL, Figure, Scene
from bench.parts import ASKED, AT_SMALL, PARTS, WRITTEN
from tools.screen import screen

ALL, EVERY = "all", ("rounds", "peers", "hub")  # every table of times


def main() -> int:
    """Measure, print the table, and write it into the documents; 1 when an aim was missed."""
    args = _arguments()
    whole = args.parts in (None, ALL)
    asked = [*PARTS, *(EVERY if args.parts else ())] if whole else args.parts.split(",")
    chosen = [name for name in asked if name in PARTS]
    sizes = [int(size) for size in args.sizes.split(",")] if chosen else []
    for name in asked:
        if name in ASKED:
            print(name, file=sys.stderr, flush=True)
            found = ASKED[name](quick=args.quick)
            print(report.table(found, "records"))
            if not args.no_write:
                report.write_asked(name, found)
        elif name in WRITTEN:
            print(name, file=sys.stderr, flush=True)
            report.write_page(name, import_module(WRITTEN[name]).page(quick=args.quick), keep=not args.no_write)
    if not chosen:
        return 0
    figures: list[Figure] = []
    with _data(args.data) as folder, screen() as shown:
        for size in sizes:
            print(f"making {size:,} clients ...", file=sys.stderr, flush=True)
            profile = portfolio.made(folder / str(size), size)
            files = tuple(portfolio.files(folder, size))
            scene = Scene(size, profile, files, args.runs, {"QT_QPA_PLATFORM": "offscreen", **shown})
            for name in chosen:
                if size > SMALL or not whole or name in AT_SMALL:
                    began = time.monotonic()
                    figures += PARTS[name](scene)
                    print(f"  {name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(report.tables(figures))
    if not args.no_write:
        report.write(figures, "python3 dev.py bench" + (" --quick" if args.quick else ""))
    return 1 if any(figure.met is False for figure in figures) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure rmdesk against its floors.")
    parser.add_argument("--quick", action="store_true", help="few runs, up to 10,000 clients, nothing written")
    parser.add_argument("--sizes", help="how many clients, comma-separated")
    parser.add_argument(
        "--parts", help=f"which parts: {','.join(PARTS)}; when asked, or with {ALL}: {','.join((*ASKED, *WRITTEN))}"
    )
    parser.add_argument("--runs", type=int, help="pairs of runs")
    parser.add_argument("--data", type=Path, help="keep the invented portfolios here")
    parser.add_argument("--no-write", action="store_true", help="leave the documents as they are")
    args = parser.parse_args()
    args.sizes = args.sizes or (f"{SMALL},1000,10000" if args.quick else f"{SMALL},1000,10000,100000")
    args.runs = args.runs or (3 if args.quick else 5)
    args.no_write = args.no_write or args.quick
    return args


@contextmanager
def _data(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="rmdesk-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


if __name__ == "__main__":
    sys.exit(main())
