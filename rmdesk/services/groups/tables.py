"""The limits, kinds and steps of the light in resources/rules/groups.toml."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record
from rmdesk.models.kinds import ExposureKind
from rmdesk.services.rulebook import Words, book, words


@record
class Limit:
    """A share of the bank's capital: `of` net or tier1, `whose` the group's or single, in percent."""

    code: str
    name: Words
    of: str
    whose: str
    percent: int
    source: str


@record
class GroupTable:
    """All of groups.toml. `factors`: which percent of an amount counts, by kind; `steps`: watch, near, reached."""

    kinds: dict[str, Words]
    factors: dict[str, int]
    limits: tuple[Limit, ...]
    steps: tuple[int, int, int]
    capital_months: int


@cache
def table() -> GroupTable:
    """The table, read once."""
    told = book("groups")
    light = told["light"]
    return GroupTable(
        kinds={kind: words(entry["name"]) for kind, entry in told["kinds"].items()},
        factors={kind: int(entry["factor"]) for kind, entry in told["kinds"].items()},
        limits=tuple(
            Limit(one["code"], words(one["name"]), one["of"], one["whose"], int(one["percent"]), one["source"])
            for one in told["limits"]
        ),
        steps=(int(light["watch"]["value"]), int(light["near"]["value"]), int(light["reached"]["value"])),
        capital_months=int(told["capital"]["months"]["value"]),
    )


def kind_name(kind: ExposureKind | str) -> str:
    """What a kind of exposure is called, in the language in use."""
    known = table().kinds
    return known[str(kind)].said if str(kind) in known else str(kind)
