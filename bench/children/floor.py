"""The floor of whatever writes many rows: the same rows, ready in memory, by executemany into an encrypted file."""

from __future__ import annotations

import time
from typing import Any

from rmdesk.services.store.engine import connect
from rmdesk.services.store.store import Store


def written(store: Store, rows: dict[str, list[Any]], before: str = "") -> tuple[float, float]:
    """Write rows by table, after the statement `before`; milliseconds by the clock and of the processor."""
    connection = connect(store.path, store.key)
    if before:
        connection.execute(before)
    began, processor = time.perf_counter(), time.process_time()
    connection.execute("BEGIN IMMEDIATE")
    for table, held in rows.items():
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(held[0]))})", held)
    connection.execute("COMMIT")
    taken, cpu = time.perf_counter() - began, time.process_time() - processor
    connection.close()
    return taken * 1000, cpu * 1000
