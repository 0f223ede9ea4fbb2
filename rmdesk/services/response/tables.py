"""The points of the calling order, typed: resources/rules/response.toml."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record
from rmdesk.services.rulebook import Words, book, words

LINES = (
    *("success", "before", "declined", "lately", "reachable", "home_loan", "loan", "arrears"),
    *("young", "old", "middle", "well_off", "overdrawn", "third", "sixth"),
)


@record
class Line:
    """What one line is worth, and its words."""

    points: float
    name: Words
    source: str


@record
class ResponseTable:
    """The lines and where each begins."""

    lines: dict[str, Line]
    lately_days: int
    young_below: int
    old_from: int
    middle_times: float
    well_off_times: float
    third_tries: int
    sixth_tries: int
    home_loan_words: tuple[str, ...]


@cache
def table() -> ResponseTable:
    """The rules as shipped."""
    data = book("response")
    line = data["line"]
    return ResponseTable(
        lines={name: Line(line[name]["points"], words(line[name]["name"]), line[name]["source"]) for name in LINES},
        lately_days=line["lately"]["days"],
        young_below=line["young"]["below"],
        old_from=line["old"]["from"],
        middle_times=line["middle"]["times"],
        well_off_times=line["well_off"]["times"],
        third_tries=line["third"]["tries"],
        sixth_tries=line["sixth"]["tries"],
        home_loan_words=tuple(data["words"]["home_loan"]["value"]),
    )
