"""Takes the bank's files into a new profile, as the command line does."""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from pathlib import Path

from bench.told import DAY, forget_peak, memory, tell
from rmdesk.base import clock
from rmdesk.cli.main import RARELY
from rmdesk.services.imports.commands import ApplyImport
from rmdesk.services.imports.gathering import gathered
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import open_sources
from rmdesk.services.imports.terms import Terms
from rmdesk.services.store import profile


def main(kept: Path | None, paths: list[Path]) -> None:
    """Measure and tell; the profile stays in `kept`, for the floor to read its rows."""
    clock.fix(DAY)
    gc.set_threshold(*RARELY)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = profile.create(kept or Path(folder) / "profile", who="bench", demo=True)
        store.read(lambda reads: reads.value("SELECT 1"))
        before = memory()
        forget_peak()
        began, processor = time.perf_counter(), time.process_time()
        with gathered([table for path in paths for table in open_sources(path)]) as handover:
            read = time.perf_counter() - began
            done = store.perform(ApplyImport(handover, Terms(DAY, "CNY"))).result
        taken, cpu = time.perf_counter() - began, time.process_time() - processor
        after = memory()
        store.close()
    counts = {entity: done.counts.of(entity).new for entity in (Entity.CLIENT, Entity.HOLDING)}
    peak = after.get("peak", 0) - before.get("pss", 0)
    tell(taken=taken * 1000, read=read * 1000, cpu=cpu * 1000, peak=peak, counts=counts)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1] != "-" else None, [Path(name) for name in sys.argv[2:]])
