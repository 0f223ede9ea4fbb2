"""What a program that runs all day must not do: grow, keep handles, leave threads, warn, or hold the window up."""

from __future__ import annotations

import gc
import logging
import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

PAGE = os.sysconf("SC_PAGE_SIZE")
HARMLESS = ("This plugin does not support",)
# What may still come after the program has been everywhere once: caches of glyphs, SQLite's pages, the allocator's own.
GROWTH = 0.10  # of the memory
SPARE = 16 << 20  # bytes
OBJECTS = 0.05  # of all objects: what a page or two needs
HANDLES = 4


@dataclass(frozen=True, slots=True)
class Pulse:
    """Bytes in memory, open handles, threads, widgets, and objects of Python that may hold others."""

    memory: int
    handles: int
    threads: int
    widgets: int
    objects: int


def pulse() -> Pulse:
    """As it is now, after the rubbish was taken out."""
    swept()
    gc.collect()
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE
    handles = len(list(Path("/proc/self/fd").iterdir()))
    objects = (
        len(gc.get_objects()) + gc.get_freeze_count()
    )  # those that the program took out of the collector's sight, too
    return Pulse(resident, handles, threading.active_count(), len(QApplication.allWidgets()), objects)


def swept() -> None:
    """Delete what is to be deleted later: hands that only let events pass never come back to a loop that does it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def leaks(before: Pulse, after: Pulse) -> Iterator[str]:
    """What grew, in sentences."""
    if after.memory > before.memory * (1 + GROWTH) + SPARE:
        yield f"memory grew from {before.memory >> 20} to {after.memory >> 20} MB"
    if after.handles > before.handles + HANDLES:
        yield f"open handles grew from {before.handles} to {after.handles}"
    if after.threads > before.threads:
        yield f"threads grew from {before.threads} to {after.threads}"
    if after.widgets > before.widgets * 1.2 + 50:
        yield f"widgets grew from {before.widgets} to {after.widgets}"
    if after.objects > before.objects * (1 + OBJECTS):
        yield f"objects grew from {before.objects} to {after.objects}"


class Complaints(logging.Handler):
    """Everything that warned: Qt, the log, Python."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """From the log."""
        self.said.append(f"log: {record.name}: {record.getMessage()}")

    def of_qt(self, kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        """From Qt."""
        bad = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        if bad and not text.startswith(HARMLESS):
            self.said.append(f"Qt: {text}")


@contextmanager
def listening() -> Iterator[Complaints]:
    """Hears every warning while it is entered."""
    heard = Complaints()
    root = logging.getLogger()
    root.addHandler(heard)
    before = qInstallMessageHandler(heard.of_qt)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield heard
        finally:
            heard.said += [f"Python: {one.category.__name__}: {one.message}" for one in caught]
            root.removeHandler(heard)
            qInstallMessageHandler(before)
