"""Writes what was measured: a table to the screen, docs/performance.md, and the short table of the README."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import replace

from bench import held
from bench.measure import HELD, ROOT, SMALL, Figure
from rmdesk.base import clock

PAGE = ROOT / "docs" / "performance.md"
README = ROOT / "README.md"
TEN = 10  # the growth is that from a tenth of the size
STARTS = ("start", "installed program")
BEGIN, END = "<!-- bench: table -->", "<!-- bench: end -->"


def tables(figures: Sequence[Figure]) -> str:
    """What is measured by size, and below it what held the main thread, step by step."""
    steps = [figure for figure in figures if figure.what.startswith(f"{HELD}: ")]
    others = [figure for figure in figures if figure not in steps]
    parts = [table([*others, *held.longest(steps)], grows=True), held.table(steps)]
    return "\n\n".join(part for part in parts if part)


def table(figures: Sequence[Figure], of: str = "clients", *, grows: bool = False) -> str:
    """All figures as a Markdown table; their size is a number of these. `grows`: each beside a tenth of its size."""
    growth = "growth | " if grows else ""
    lines = [
        f"| measured | {of} | rmdesk | floor | ratio | {growth}aim | |",
        f"| --- | ---: | ---: | ---: | ---: | {'---: | ' if grows else ''}--- | --- |",
    ]
    known = {(figure.what, figure.size): figure.value for figure in figures}
    for figure in figures:
        floor = "" if figure.floor is None else shown(figure.floor, figure.unit)
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        mark = {None: "", True: "met", False: "**missed**"}[figure.met]
        what = f"{figure.what} ({figure.note})" if figure.note else figure.what
        size = f"{figure.size:,}" if figure.size else ""
        tenth = known.get((figure.what, figure.size // TEN))
        grown = f"× {figure.value / tenth:.1f}" if tenth else ""
        cells = [what, size, shown(figure.value, figure.unit), floor, ratio, *([grown] if grows else []), figure.aim]
        lines.append(f"| {' | '.join(cells)} | {mark} |")
    return "\n".join(lines)


def shown(value: float, unit: str) -> str:
    """A number as one reads it: seconds from a second on."""
    if unit == "ms" and value >= 1000:
        return f"{value / 1000:.2f} s"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def machine() -> str:
    """What it ran on, without its name."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:  # noqa: PTH123
            model = re.search(r"model name\s*:\s*(.+)", info.read()).group(1)  # type: ignore[union-attr]
    except (OSError, AttributeError):
        pass
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{model}, {os.cpu_count()} processors{load}; {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def day() -> str:
    """The day of the measuring by the computer's own clock; `clock.today()` is that of the invented portfolio."""
    return f"{clock.unfixed():%Y-%m-%d} (UTC)"


def write(figures: Sequence[Figure], command: str) -> None:
    """docs/performance.md whole, and between the markers of the README the lines with an aim or the largest size."""
    head = HEAD.format(day=day(), machine=machine(), command=command)
    PAGE.write_text(f"{head}\n{tables(figures)}\n{TAIL}", encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    if BEGIN not in text:
        return
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1] if END in rest else rest
    short = table(in_short(figures))
    README.write_text(f"{before}{BEGIN}\n\n{short}\n\n{END}{after}", encoding="utf-8")


def write_asked(name: str, figures: Sequence[Figure]) -> None:
    """The page of a part that is measured only when asked for."""
    page = PAGE.with_name(f"performance-{name}.md")
    title = f"# How fast the {name} {'are' if name.endswith('s') else 'is'}\n\n"
    head = f"{title}Measured on {day()} by `python3 dev.py bench --parts {name}`"
    page.write_text(f"{head} on: {machine()}.\n\n{ABOUT[name]}\n{table(figures, 'records')}\n", encoding="utf-8")


def write_page(name: str, text: str, *, keep: bool) -> None:
    """Print the page of a part that writes its own, and keep it among the documents."""
    print(text)
    if keep:
        PAGE.with_name(f"performance-{name}.md").write_text(text, encoding="utf-8")


ABOUT = {
    "rounds": """One encrypted desk and a real hub with one worker over a real PostgreSQL that writes to disk, all on
this machine. The book has 500 clients with the bank's facts of 40 months (two rows a client) and 49 records on each.
Processor time is that of the desk, the hub's process and PostgreSQL together where it says so; it does not change with
what else the machine does, as the times by the clock do. The floor, in the same run: PostgreSQL's bare `COPY` of the
very rows, and one `executemany` a table of what they became at the desk into a new encrypted file with all its indexes
and triggers. Beyond it a first sync packs, sends, checks and decodes each row, works out its links, and compares in the
end all it has with the hub. A line of 10 Mbit/s is added as the bytes sent, divided by its speed.
""",
    "hub": """A real server with one worker over a real PostgreSQL that writes to disk, both on this machine, which also
runs the simulated desks. Processor time is that of the server and of PostgreSQL, not of the desks; it does not change
with what else the machine does, as the times by the clock do. The floors, in the same run: PostgreSQL's bare `COPY` of
10 such records with all its indexes, without history, audit, directory, merge and answer; and its bare `SELECT` of the
very rows, not packed. The storm stands for 100 times as many desks that come within 50 minutes.
""",
}


def in_short(figures: Sequence[Figure]) -> list[Figure]:
    """What is aimed at: the start with a manager's own portfolio, all else with the largest; of what holds the main
    thread only the longest."""
    largest = max(figure.size for figure in figures)
    steps = [figure for figure in figures if figure.what.startswith(f"{HELD}: ")]
    others = [figure for figure in figures if figure not in steps]
    return [
        replace(figure, note="")
        for figure in (*others, *held.longest(steps))
        if figure.aim
        and figure.size == (min(figure.size, SMALL) if figure.what.startswith(STARTS) else largest)
        and ("processor time" not in figure.what or not figure.what.startswith(STARTS))
    ]


HEAD = """# How fast it is

Measured on {day} by `{command}` on: {machine}.

Where there is something bare that does the same, a figure stands beside it as its floor, taken in the same run, one
right after the other, and the ratio is the median of the ratios of these pairs: milliseconds change with the machine
and with what else it does, ratios hardly. For a keystroke, which takes less than can be paired well, the ratio is that
of all keystrokes together, and both sums are told. The growth is how many times as much it takes as with a tenth of
the clients. There are 5 holdings and 5 visits with texts a client: 500,000 each with 100,000 clients.

The floors: for the start a bare window with an empty table; for an import `executemany` of the very rows that end up
in the file, ready in memory, into a new encrypted file with the same tables; for the ranking the bare arithmetic on
the same arrays; for the search one `str.find` over the same text; for the search over texts one question to the same
index, without reading a text; for the table of clients Qt's own model in C++, and for a long file its texts read and
shown in Qt's own list; for sorting, filtering and occasions the bare cursor over the rows that they are made of; for a
visit one INSERT of such a row, committed by itself; for a backup SQLCipher's own export, which neither packs nor checks
what it wrote; for a report the bare reading of the figures of all clients; for the installed program
(`dev.py package folder`) the same start from source, and of its size what Python, Qt and SQLCipher take.

Without a floor stand: memory, but for that after the start and the size on disk; Today's list, a receipt and the import
of clients alone; the slow ends of the searches ("95 of 100", the slowest, to the painted list), whose floor stands at
the median, and the making of their index; opening, sorting and narrowing Clients and opening a client file, which no
bare thing does; what holds the main thread. Their aims are what a person notices: a frame (16 ms), a page at a click
(100 ms), a list (1 s), or what a small computer has (200 MB).

First sync and rounds: [performance-rounds.md](performance-rounds.md). The hub:
[performance-hub.md](performance-hub.md). What others would use instead: [performance-peers.md](performance-peers.md).
Why an aim is missed, and what was tried: [performance-misses.md](performance-misses.md).
"""

TAIL = """
What the figures rest on:

- A start until Today is filled loads what a bare window does not: numpy (about a tenth of it, for the ranking), the
  names of Qt's namespace, and the portfolio. "As it was kept" is the start that finds data, day and rules as the last
  one left them (docs/adr/0017): it reads the list from the file and computes it again once nothing else is to do.
- "Filled" is told when what fits the screen is painted; rows below it follow a few milliseconds at a time.
- What holds the main thread longest is making a page at its first visit, with its widgets and their style; it is as
  long with 500 clients as with 100,000. A new page is made, dressed and laid out in three turns of the event loop, long
  lists and what is not seen at once a few milliseconds at a time (`rmdesk/ui/kit/slices.py`).
- Memory at rest is the portfolio in columns, the search index, Qt and all modules of the program; what each takes
  stands in [performance-misses.md](performance-misses.md). What making the search index adds is told of a process that
  does nothing else, and more than the index: also what reading the rows leaves behind, pages of the file that SQLite
  keeps and pieces that Python keeps, which the program gives back when it rests. In the pause after a long job, and
  after 20 s without one, threads give back the pages of the file that SQLite keeps, and the C library is told to keep
  no large pieces (`rmdesk/ui/tasks/lane.py`).
- A backup is an export, the structure of the copy followed through a connection of its own, which reads each page and
  its seal, rows counted on both sides, and the file written with a digest and read again.
- Reading the portfolio of 100,000 clients takes place on a thread, once after each change; three quarters of it are
  SQLite handing over rows. Ranking again, as when a weight changes, needs only the arithmetic.
- "Held" is the main thread's own time on the processor in one turn of the event loop, that is between two beats of a
  timer. It is not the time by the clock, as that also holds what other programs took of a shared machine, and what
  rmdesk's own threads took meanwhile: on Insights, which computes while it is shown, it is two to three times as much.
  A user waits by the clock, so it is told beside the longest turn and each that is over the aim; what the thread
  itself does is what the aim is set to, as it is what the program decides. Other programs can only add to the thread's
  own time, through the caches that they share: with 500 and 100,000 clients of two runs the smaller turn counts. The
  functions named were seen in it, innermost first; "Qt" is layout, style and paint in C++. "First visit" is with pages
  imported, but not made; "again" is the same once more in the same window.
"""
