"""Where a command writes: one JSON document or lines for a person on stdout, errors on stderr."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, TextIO

from rmdesk.base.errors import Known, Refused, Trouble
from rmdesk.base.text import N_, _

REFUSED, TROUBLE, BUG, STOPPED = 2, 3, 1, 130
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1901, 2101)  # what the lunar calendar covers

# Names come from outside: signs that steer a terminal or turn the direction of writing are shown as a mark.
HARMLESS = dict.fromkeys(
    (*range(10), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�"
)

Lines = Callable[[], Iterable[str]]


class Output:
    """Standard output and standard error of one run, in UTF-8 whatever the terminal's own idea is."""

    def __init__(self, *, as_json: bool, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.as_json = as_json
        self.out = out or sys.stdout or io.StringIO()  # a closed stream is None
        self.err = err or sys.stderr or io.StringIO()
        for stream in (self.out, self.err):
            change = getattr(stream, "reconfigure", None)
            if change is not None:
                change(encoding="utf-8", errors="backslashreplace")

    def show(self, data: dict[str, Any], lines: Lines) -> None:
        """The answer of a command: `data` with --json, else the lines."""
        if self.as_json:
            json.dump(data, self.out, ensure_ascii=False, separators=(",", ":"), default=str)
            self.out.write("\n")
        else:
            for line in lines():
                self.out.write(line.translate(HARMLESS).rstrip() + "\n")
        self.out.flush()

    def fail(self, error: str, message: str, do: str, status: int, **more: Any) -> int:
        """Tell an error and give its exit status."""
        if self.as_json:
            text = json.dumps({"error": error, "message": message, "do": do, **more}, ensure_ascii=False, default=str)
        else:
            text = f"rmdesk: {message}" + (f"\n        {do}" if do else "")
        with suppress(OSError):  # nobody listens; the status still tells
            self.err.write(text + "\n")
            self.err.flush()
        return status

    def known(self, error: Known) -> int:
        """Tell a refusal or trouble in the language in use."""
        more = {"field": error.field} if error.field else {}
        status = TROUBLE if isinstance(error, Trouble) else REFUSED
        return self.fail(error.code, error.said, error.advice, status, **more)

    def bug(self, error: BaseException) -> int:
        """Tell a bug by its kind and place only: its text may hold data of clients."""
        message = _("Something went wrong inside rmdesk: {kind} at {place}.").format(
            kind=type(error).__name__, place=place_of(error)
        )
        return self.fail("bug", message, _("Please report this line; it holds no client data."), BUG)


def whole_number(option: str) -> Callable[[str], int]:
    """Reads the value of an option that counts from 1 up; refuses others in words."""

    def read(written: str) -> int:
        if written.isascii() and written.isdigit() and int(written[:18]) > 0:
            return int(written[:18])  # nothing has more
        raise Refused(
            N_("{option} takes a number from 1 up."), do=N_("Write {option} 20, or leave it out."), code="usage",
            field=option.strip("-"), option=option,
        )  # fmt: skip

    return read


def place_of(error: BaseException) -> str:
    """The innermost line of rmdesk that the error passed, as `care/queries.py:12`."""
    place = "?"
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename.replace("\\", "/")
        if "/rmdesk/" in name:
            place = f"{name.rsplit('/rmdesk/', 1)[1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def width(text: str) -> int:
    """Columns that a text takes in a terminal: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> Iterable[str]:
    """Rows under a head, aligned; columns in `right` are aligned to the right. Without rows that is said."""
    if not rows:
        yield _("Nothing to show.")
        return
    flush = set(right)
    wide = [max(width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        cells = []
        for column, cell in enumerate(row):
            gap = " " * (wide[column] - width(cell))
            cells.append(gap + cell if column in flush else cell + gap)
        yield "  ".join(cells)


def day_given(written: str | None, field: str) -> date | None:
    """A day of the command line, None without one; refused, naming the option, when it is none of 1901 to 2100."""
    if written is None:
        return None
    try:
        day = date.fromisoformat(written) if _DAY.fullmatch(written) else None
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        raise Refused(
            N_("{written} is not a day."),
            do=N_("Write it as YYYY-MM-DD, between 1901 and 2100."),
            field=field,
            code="usage",
            written=written,
        )
    return day
