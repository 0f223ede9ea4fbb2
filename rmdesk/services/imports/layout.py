"""Which column of a table means what: guessed, shown, corrected by hand, remembered per bank."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any

from rmdesk.base import paths
from rmdesk.services.imports import words
from rmdesk.services.imports.targets import EXTRA, TARGETS

# A remembered layout fits a table when this share of its columns is there again.
_FITS = 0.8


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as written, what it means, and how its cells are to be read.

    `target` is a name of `targets.TARGETS`, "" for "keep beside the record", "-" for "leave out". `order` is the
    date order (ymd, dmy, mdy, yymmdd, serial, serial1904), `times` what amounts are multiplied with to get major
    units ("10000" for 万元, "0.01" for 分), `decimal` the decimal mark, `part` a date that stands in the header
    itself (a balance of one month in a table of many), `confidence` how sure the guess is, 0..1.
    """

    header: str
    target: str = EXTRA
    order: str = "ymd"
    times: str = "1"
    decimal: str = "."
    part: str = ""
    bare: bool = False  # ids: letters before the digits and leading zeros are dropped, to match another file's form
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """The meaning of a table's columns, in their order, and what holds for the whole table.

    `constants` gives values that the rows don't carry, as text by target: {"account.number": "6222..."}.
    """

    name: str
    columns: tuple[Column, ...]
    constants: dict[str, str] = field(default_factory=dict, hash=False)
    currency: str = ""

    def with_target(self, index: int, target: str) -> Layout:
        """The same layout with another meaning for one column; whoever had that meaning loses it."""
        columns = list(self.columns)
        if target in TARGETS and not columns[index].part:
            columns = [replace(c, target=EXTRA) if c.target == target else c for c in columns]
        columns[index] = replace(self.columns[index], target=target, confidence=1.0)
        return replace(self, columns=tuple(columns))

    def with_column(self, index: int, **changes: Any) -> Layout:
        """The same layout with other options (order, times, decimal, bare) for one column."""
        columns = list(self.columns)
        columns[index] = replace(columns[index], **changes)
        return replace(self, columns=tuple(columns))

    def with_constant(self, target: str, text: str) -> Layout:
        """The same layout with a value that holds for all rows; an empty text takes it away."""
        constants = {name: told for name, told in self.constants.items() if name != target}
        return replace(self, constants=constants | ({target: text} if text else {}))

    @property
    def targets(self) -> frozenset[str]:
        """All meanings the table carries, in columns or as constants."""
        told = {c.target for c in self.columns if c.target in TARGETS}
        return frozenset(told | {t for t in self.constants if t in TARGETS})

    def fitted(self, headers: Sequence[str]) -> Layout | None:
        """This layout laid over a table with these headers, or None when too few of its columns are there."""
        known = {words.normal(c.header): c for c in self.columns}
        if not known or not headers:
            return None
        columns = tuple(replace(known.get(words.normal(h), Column(h)), header=h) for h in headers)
        there = len({words.normal(h) for h in headers} & known.keys())
        if there < _FITS * max(len(known), len(set(map(words.normal, headers)))):
            return None
        return replace(self, columns=columns)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, to be kept as JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, spec: dict[str, Any]) -> Layout:
        """A layout from plain data; keys of a newer program are left out."""
        names = set(Column.__dataclass_fields__)
        columns = tuple(Column(**{k: v for k, v in c.items() if k in names}) for c in spec.get("columns", ()))
        return cls(
            name=str(spec.get("name", "")),
            columns=columns,
            constants=dict(spec.get("constants", {})),
            currency=str(spec.get("currency", "")),
        )


@cache
def built_in() -> tuple[Layout, ...]:
    """The layouts that come with the program, for tables whose headers say nothing."""
    told = tomllib.loads(paths.resource("imports", "layouts.toml").read_text(encoding="utf-8"))
    return tuple(Layout.from_dict(spec) for spec in told["layout"])
