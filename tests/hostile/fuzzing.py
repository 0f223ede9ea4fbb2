"""A coverage-guided fuzz: inputs that reach new lines are kept and changed further; failures not in our words are told.

Written here because it must run on every Python that rmdesk runs on, without a compiled companion.
"""

from __future__ import annotations

import hashlib
import io
import random
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).parents[2]
FOUND = Path(__file__).with_name("found")
SECONDS = 10  # of processor time for one input
_MOST = 40_000  # bytes of an input: larger ones cost time and reach nothing new
_TOKENS = (
    b"\0",
    b"\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b"'",
    b",",
    b"\t",
    b"\n",
    b"\r\n",
    b"-1",
    b"0",
    b"1e999",
    b"nan",
    b"99999999999999999999",
    b"2026-02-30",
    b"\xed\xa0\x80",
    "合计".encode(),
    "客户号".encode(),
    b"<table>",
    b"<c t='s'>",
    b"<row r='99999'>",
    b"</row>",
    b"BEGIN:VCARD\n",
    b"END:VCARD\n",
    b"=E5=BC",
    b";CHARSET=",
    b"[",
    b"{",
    b"]",
    b"}",
    b"null",
    b"\\ud800",
    b"&#0;",
    b"&lt;",
    b"(((",
    b"PK\x03\x04",
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is fuzzed: takes an input and may raise only what `known` names; lines of `files` count."""

    name: str
    take: Callable[[bytes], None]
    known: tuple[type[BaseException], ...]
    files: tuple[str, ...]  # folders and files below rmdesk
    seeds: Callable[[], Iterable[bytes]]


@dataclass(slots=True)
class Outcome:
    """What a run came to."""

    runs: int = 0
    kept: int = 0
    reached: int = 0
    crashes: dict[str, tuple[bytes, str]] = field(default_factory=dict)


class Reach:
    """Which steps from line to line were made in the files that count."""

    def __init__(self, files: tuple[str, ...]) -> None:
        self._under = tuple(str(ROOT / "rmdesk" / file) for file in files)
        self._counts: dict[CodeType, bool] = {}
        self._last = 0
        self.now: set[int] = set()
        self.ever: set[int] = set()

    def of(self, work: Callable[[], None]) -> bool:
        """Do it; whether it made a step never made before. What it raises passes."""
        self.now, self._last = set(), 0
        sys.settrace(self._enter)
        try:
            work()
        finally:
            sys.settrace(None)
            fresh = not self.now <= self.ever
            self.ever |= self.now
        return fresh

    def _enter(self, frame: FrameType, event: str, value: Any) -> Any:
        code = frame.f_code
        if code not in self._counts:
            self._counts[code] = code.co_filename.startswith(self._under)
        return self._step if self._counts[code] else None

    def _step(self, frame: FrameType, event: str, value: Any) -> Any:
        if event == "line":
            here = hash((frame.f_code.co_filename, frame.f_lineno))
            self.now.add(self._last ^ here)
            self._last = here >> 1
        return self._step


def fuzz(target: Target, seed: int, *, runs: int | None = None, seconds: float | None = None) -> Outcome:
    """Fuzz until so many runs or seconds are over."""
    dice, reach, outcome = random.Random(seed), Reach(target.files), Outcome()
    corpus: list[bytes] = []
    end = time.monotonic() + seconds if seconds is not None else None
    signal.signal(signal.SIGPROF, _too_slow)
    waiting = sorted(set(target.seeds()), key=len)
    while outcome.runs < (runs or sys.maxsize) and (end is None or time.monotonic() < end):
        first = bool(waiting)
        data = waiting.pop(0) if first else changed(_chosen(corpus, dice), corpus, dice)[:_MOST]
        outcome.runs += 1
        if _tried(target, data, reach, outcome) or first:
            corpus.append(data)
    outcome.kept, outcome.reached = len(corpus), len(reach.ever)
    return outcome


def _tried(target: Target, data: bytes, reach: Reach, outcome: Outcome) -> bool:
    before = len(reach.ever)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        reach.of(lambda: target.take(data))
    except target.known:
        pass
    except Exception as error:
        last = next((f for f in reversed(traceback.extract_tb(error.__traceback__)) if "/rmdesk/" in f.filename), None)
        where = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}" if last else repr(error)
        outcome.crashes.setdefault(where, (data, traceback.format_exc()))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return len(reach.ever) > before


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {SECONDS} s of processor time")


def _chosen(corpus: list[bytes], dice: random.Random) -> bytes:
    """One to change: those found last more often."""
    return corpus[max(dice.randrange(len(corpus)), dice.randrange(len(corpus)))]


def changed(data: bytes, corpus: list[bytes], dice: random.Random) -> bytes:
    """An input a little different; of a packed one mostly what is inside."""
    if data[:4] == b"PK\x03\x04" and dice.random() < 0.85:
        packed = _inside(data, corpus, dice)
        if packed is not None:
            return packed
    return _changed(data, corpus, dice)


def _inside(data: bytes, corpus: list[bytes], dice: random.Random) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        name = dice.choice(sorted(parts))
        parts[name] = _changed(parts[name], corpus, dice)
        with io.BytesIO() as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
                for part, content in parts.items():
                    package.writestr(part, content)
            return out.getvalue()
    except Exception:  # a damaged one is changed as plain bytes
        return None


def _changed(data: bytes, corpus: list[bytes], dice: random.Random) -> bytes:
    bytes_ = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 8))):
        at = dice.randrange(len(bytes_) + 1)
        to = min(len(bytes_), at + dice.choice((1, 2, 4, 16, 64, 512)))
        match dice.randrange(8):
            case 0 if bytes_:
                bytes_[at % len(bytes_)] ^= 1 << dice.randrange(8)
            case 1 if bytes_:
                bytes_[at % len(bytes_)] = dice.randrange(256)
            case 2:
                del bytes_[at:to]
            case 3:
                bytes_[at:at] = bytes_[at:to] * dice.choice((1, 2, 50))
            case 4:
                other = dice.choice(corpus)
                begin = dice.randrange(len(other) + 1)
                bytes_[at:to] = other[begin : begin + dice.choice((4, 32, 256))]
            case 5:
                bytes_[at:to] = dice.choice(_TOKENS)
            case 6:
                del bytes_[at:]
            case _:
                bytes_[at:at] = dice.choice(_TOKENS)
    return bytes(bytes_)


def keep(target: Target, outcome: Outcome) -> list[Path]:
    """Each crasher as a fixture that is read at every run from now on."""
    kept = []
    FOUND.mkdir(exist_ok=True)
    for data, _told in outcome.crashes.values():
        path = FOUND / f"{target.name}-{hashlib.sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        kept.append(path)
    return kept
