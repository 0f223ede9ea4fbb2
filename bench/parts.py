"""The parts of the benchmark: each measures one thing at one size and gives back its figures."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from bench import cold, portfolio, texts
from bench.frozen import frozen
from bench.held import held
from bench.measure import SMALL, Figure, Found, Scene, child, paired, single

LARGEST = 100_000
LARGE_BOOK = 2000  # clients whose records are some hundred thousand
LEAST_CLIENTS = 10_000  # from which on texts are searched: a few clients have few texts
FIRST = ", first visit"  # as bench/children/frames.py ends the steps of its first round


def start(scene: Scene) -> list[Figure]:
    """From the start of the process to the painted window and to the filled first page: computed, then kept."""
    times = range(min(scene.runs, 3) if scene.size > SMALL else scene.runs)
    pairs = [(_started(scene, kept=False), child("bare_window", **scene.screen)) for _ in times]
    again = [(_started(scene, kept=True), child("bare_window", **scene.screen)) for _ in times]
    small = scene.size <= SMALL
    page = pairs[0][0]["page"].removesuffix("Page")
    found = []
    for key, what, most in (("painted", "painted window", 1.5), ("filled", f"filled {page}", 3 * small)):
        for end, how in (("", ""), ("_cpu", ", processor time")):
            ours, floors = [one[key + end] for one, _ in pairs], [floor["painted" + end] for _, floor in pairs]
            found.append(paired(f"start to {what}{how}", scene.size, ours, floors, "ms", most))
    for end, how in (("", ""), ("_cpu", ", processor time")):
        ours, floors = [one["filled" + end] for one, _ in again], [floor["painted" + end] for _, floor in again]
        found.append(paired(f"start to {page} as it was kept{how}", scene.size, ours, floors, "ms", 4))
    found += _cold(scene, page)
    if "pss" in pairs[0][0]:
        memories = [[one["pss"] for one in side] for side in zip(*pairs, strict=True)]
        found.append(paired("memory after the start (PSS)", scene.size, memories[0], memories[1], "MB", 0))
        rests = child("start", scene.profile, "rest", **scene.screen)["pss"]
        found.append(single("memory at rest, all pages imported (PSS)", scene.size, rests, "MB", 200))
    return found


def _cold(scene: Scene, page: str) -> list[Figure]:
    """The same by the clock with nothing of it in the system's memory; once, as the disk decides."""
    if not cold.forget(scene.profile):
        return []
    ours = _started(scene, kept=True)
    cold.forget(scene.profile)
    floor = child("bare_window", **scene.screen)
    return [
        paired(f"cold start to {what}", scene.size, [ours[key]], [floor["painted"]], "ms", 0)
        for key, what in (("painted", "painted window"), ("filled", f"{page} as it was kept"))
    ]


def _started(scene: Scene, *, kept: bool) -> Found:
    portfolio.kept(scene.profile, keep=kept)
    return child("start", scene.profile, **scene.screen)


def ranking(scene: Scene) -> list[Figure]:
    """Reading the portfolio, ranking it, one receipt, and the occasions ahead."""
    found, size = child("ranking", scene.profile, max(3, scene.runs)), scene.size
    loads, ranks = (list(zip(*found[name], strict=True)) for name in ("loads", "ranks"))
    days, receipts = sorted(found["days"]), sorted(found["receipts"])
    return [
        paired("reading the portfolio", size, loads[0], loads[1], "ms", 0),
        paired("ranking the portfolio", size, ranks[0], ranks[1], "ms", 0),
        single("Today's list, portfolio at hand", size, days[len(days) // 2], "ms", 1000),
        single("one receipt", size, receipts[len(receipts) // 2], "ms"),
        single("memory while reading the portfolio (peak)", size, found["peak"], "MB"),
    ]


def importing(scene: Scene) -> list[Figure]:
    """The bank's files into a new profile, against the same rows by executemany."""
    pairs = []
    for _ in range(1 if scene.size == LARGEST else min(scene.runs, 3)):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            ours = child("importing", Path(folder) / "kept", *scene.files)
            pairs.append((ours, child("raw_import", Path(folder) / "kept")))
    found = []
    for key, how in (("taken", ""), ("cpu", ", processor time")):
        mine, floors = ([one[key] for one in side] for side in zip(*pairs, strict=True))
        found.append(paired(f"import{how}", scene.size, mine, floors, "ms", 3 * (scene.size >= LEAST_CLIENTS)))
    peak = max(ours["peak"] for ours, _ in pairs)
    if scene.size == LEAST_CLIENTS:
        alone = child("importing", "-", scene.files[0])
        found.append(single("import of the clients alone, processor time", scene.size, alone["cpu"], "ms", 2000))
    return [*found, single("memory of the import (peak)", scene.size, peak, "MB")]


def searching(scene: Scene) -> list[Figure]:
    """The search, a keystroke at a time."""
    found = child("searching", scene.profile, scene.size)
    ours, floors = (sorted(pair[at] for pair in found["pairs"]) for at in (1, 2))
    worst = max(found["pairs"], key=lambda pair: pair[1])
    late = ours[int(len(ours) * 0.95)]
    return [
        keystrokes("search", scene.size, ours, floors),
        single("search, a keystroke (95 of 100 are quicker)", scene.size, late, "ms", 16),
        single("search, the slowest keystroke", scene.size, worst[1], "ms", note=f"{len(worst[0])} characters"),
        single("making the search index, on a thread", scene.size, found["build"], "ms"),
        single("memory that making the search index adds (PSS)", scene.size, found["memory"], "MB"),
    ]


def keystrokes(what: str, size: int, ours: list[float], floors: list[float]) -> Figure:
    """The median of the keystrokes; the ratio is that of all of them together, as single ones are too short."""
    mine, theirs = sum(ours), sum(floors)
    note = f"ratio of the sums of {len(ours)}: {mine:,.1f} to {theirs:,.1f} ms"
    return Figure(f"{what}, a keystroke (median)", size, median(ours), "ms", median(floors), mine / theirs, note=note)


def notes(scene: Scene) -> list[Figure]:
    """The search over the texts of all visits, and the file of a client with a long history."""
    if scene.size < LEAST_CLIENTS:
        return []
    size = scene.size
    folder = texts.made(scene.profile.with_name(f"{size}-texts"), scene.profile, size)
    found, seen = child("texts", folder), child("long_file", folder, max(3, scene.runs), **scene.screen)
    ours, floors = (sorted(pair[at] for pair in found["pairs"]) for at in (1, 2))
    what = f"search over texts, {texts.EACH} a client"
    opened, bare = zip(*seen["files"], strict=True)
    return [
        keystrokes(what, size, ours, floors),
        single(f"{what} (95 of 100 are quicker)", size, ours[int(len(ours) * 0.95)], "ms", 16),
        single(f"{what}, from the key to the painted list (median)", size, median(seen["keys"]), "ms", 50),
        paired(f"opening a client file with {seen['entries']:,} entries", size, opened, bare, "ms", 5),
    ]


def working(scene: Scene) -> list[Figure]:
    """What a manager does all day, on a copy of the profile."""
    found, size = child("working", scene.profile, scene.runs), scene.size

    def beside(name: str, what: str, most: float = 0) -> Figure:
        ours, floors = zip(*found[name], strict=True)
        return paired(what, size, ours, floors, "ms", most)

    ahead = beside("ahead", "occasions of the next 30 days, processor time")
    return [
        beside("sort", "sorting all clients, processor time"),
        beside("filter", "filtering all clients by a number, processor time"),
        replace(ahead, aim="≤ 50 ms", met=ahead.value <= 50),
        beside("visit", "saving a visit"),
        beside("visit_cpu", "saving a visit, processor time"),
        beside("backup", "backup, made and checked, processor time", 2 * (size > SMALL)),
        beside("report", "the report of a month, processor time"),
    ]


def frames(scene: Scene) -> list[Figure]:
    """The Clients page, and what holds the main thread in a scenario, at first visits and at repeated ones."""
    size = scene.size
    times = 1 if SMALL < size < LARGEST else 2  # the sizes that something is aimed at are looked at twice
    runs = [child("frames", scene.profile, **scene.screen) for _ in range(times)]
    what = {"open Clients": "opening Clients", "sort by AUM": "sorting by AUM", "sort by name": "sorting by name",
            "narrow by text": "narrowing by text", "open a client file": "opening a client file"}  # fmt: skip
    taken = {step: median(run["taken"][step + FIRST] for run in runs) for step in what}
    one = runs[0]
    return [
        *(single(text, size, taken[step], "ms", 100 * (step == "open Clients")) for step, text in what.items()),
        paired("painting a page of Clients while scrolling", size, one["frames"], one["floor"], "ms", 2),
        *held(runs, size),
        single("memory of the window (PSS)", size, median(run["pss"] for run in runs), "MB"),
    ]


def hub(*, quick: bool) -> list[Figure]:
    """The team hub: what a round costs beside raw statements, and many desks at once. Not by number of clients."""
    found = child("hub", 20_000 if quick else 1_000_000, 30 if quick else 300, 60 if quick else 300)
    size, desks = found["records"], found["desks"]
    return [
        paired("hub: push of 10 records, processor time", size, found["push_cpu"], found["copy_cpu"], "ms", 0),
        paired("hub: pull of 300 records, processor time", size, found["pull_cpu"], found["select_cpu"], "ms", 0),
        single("hub: push of 10 records (median)", size, found["push"], "ms"),
        single("hub: push of 10 records (95 of 100 are quicker)", size, found["push_95"], "ms"),
        single("hub: pull of 300 records (median)", size, found["pull"], "ms"),
        single("hub: a round (hello, push of 10, pull of 2 scopes), processor time", size, found["round_cpu"], "ms"),
        single("hub: a round (95 of 100 are quicker)", size, found["round_95"], "ms", 300),
        single("hub: pushes at once, each of 10 records", size, found["pushes_s"], "/s"),
        single("hub: pulls at once, each of 300 records", size, found["pulls_s"], "/s"),
        single(f"hub: storm of {desks} desks, a round (95 of 100)", size, found["storm_95"], "ms",
               note=f"{found['storm_s']:.0f} s, {found['storm_again']} asked to come again"),
        single("hub: memory of a worker (peak)", size, found["memory"], "MB", 300),
    ]  # fmt: skip


def rounds(*, quick: bool) -> list[Figure]:
    """One desk with a full book and its hub: the first sync, and the rounds of a working day."""
    found = child("rounds", 5 if quick else 40, SMALL)
    large = child("rounds", 0, LARGE_BOOK)
    size, what = found["records"], "first sync of a full book"
    both = found["desk_cpu"] + found["hub_cpu"]
    return [
        paired(f"{what}, processor time of desk and hub", size, [both], [found["floor_cpu"]], "ms", 3),
        single(f"{what}, processor time of the desk alone", size, found["desk_cpu"], "ms"),
        paired(f"{what}, by the clock on loopback", size, [found["first"]], [found["floor"]], "ms", 3),
        single(f"{what}, with the time on a line of 10 Mbit/s", size, found["first_line"], "ms", 20_000),
        single(f"{what}, bytes on the line", size, found["packed"], "MB"),
        single("first sync of four such books, by the clock on loopback", large["records"], large["first"], "ms", 5000),
        single(
            "first sync of four such books, processor time of desk and hub",
            large["records"],
            large["desk_cpu"] + large["hub_cpu"],
            "ms",
        ),
        single("round with 10 edits (95 of 100 are quicker)", size, found["ten_95"], "ms", 300),
        single("round with 10 edits (median)", size, found["ten"], "ms"),
        single("round with 10 edits, processor time of the desk", size, found["ten_cpu"], "ms"),
        single("round without news (median)", size, found["none"], "ms", 50),
        single("round without news, processor time of the desk", size, found["none_cpu"], "ms"),
        single("round without news, requests", size, found["none_asked"], "", 1),
        single("round without news, both ways", size, found["none_bytes"], "bytes", 1000),
        single("round with 1,000 changes (median)", size, found["many"], "ms", 1000),
        single("round with 1,000 changes, processor time of the desk", size, found["many_cpu"], "ms"),
        single("round with 1,000 changes, each change", size, found["many_bytes"], "bytes", 200),
    ]


# Measured once, and only when asked for.
ASKED = {"rounds": rounds, "hub": hub}
# Modules that write their own page, when asked for.
WRITTEN = {"churn": "bench.foretelling", "peers": "bench.peers"}


def first_sync(scene: Scene) -> list[Figure]:
    """A full book of the bank's facts to a new desk, against the same rows by executemany; for books a person has."""
    if scene.size > SMALL:
        return []
    runs = [child("first_sync", scene.profile) for _ in range(scene.runs)]
    what = f"first sync: the bank's facts of a book, {runs[0]['rows']:,} rows"
    found = []
    for end, key, how in (("taken", "floor", ""), ("cpu", "floor_cpu", ", processor time")):
        ours, floors = ([run[name] for run in runs] for name in (end, key))
        found.append(paired(f"{what}{how}", scene.size, ours, floors, "ms", 3))
    return found


PARTS: dict[str, Callable[[Scene], list[Figure]]] = {
    "start": start,
    "frozen": frozen,
    "importing": importing,
    "firstsync": first_sync,
    "ranking": ranking,
    "searching": searching,
    "working": working,
    "notes": notes,
    "frames": frames,
}
AT_SMALL = ("start", "frozen", "firstsync", "frames")  # of a manager's own portfolio, unless other parts are asked for
