"""What a report is made of: figures and tables of real values, from which page, paper, sheet and JSON are all drawn.

Amounts are in minor units, shares are 0..1, days are dates; None is unknown, and is said so, never zero.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from rmdesk.base.money import Money
from rmdesk.base.record import record
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.charts import Chart
from rmdesk.services.documents.blocks import Block
from rmdesk.services.rulebook import Words


class Kind(StrEnum):
    """The reports there are."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    TEAM = "team"
    BOOK = "book"
    BRIEFS = "briefs"


class Form(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"


@record
class Who:
    """A client in a cell."""

    client: ClientId
    name: str

    @property
    def said(self) -> str:
        """The name."""
        return self.name


Cell = str | int | float | date | Money | Who | Phrase | Words | None


@record
class Column:
    """A column of a table; `width` is its share of the page."""

    title: Phrase | Words
    form: Form = Form.TEXT
    width: int = 10


@record
class Figure:
    """A figure that stands alone, with its name."""

    label: Phrase
    value: Cell
    form: Form = Form.COUNT


@record
class Part:
    """A table of a report. `note` says of when its figures are or what they count; `empty` is said without rows.

    `count` is how many rows there are in all, when more than `rows` were found. `sheet`: for the workbook alone.
    """

    name: str
    title: Phrase
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Phrase | str = ""
    empty: Phrase | str = ""
    count: int = 0
    sheet: bool = False

    @property
    def left_out(self) -> int:
        """How many rows there are beyond those here."""
        return max(0, self.count - len(self.rows))


@record
class Section:
    """Pages of their own on paper, such as one client's; a workbook has tables instead."""

    name: str
    blocks: tuple[Block, ...]


@record
class Report:
    """A report of the days `first` to `last`, read on `day`."""

    kind: Kind
    name: Phrase
    first: date
    last: date
    day: date
    who: str
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]
    notes: tuple[Phrase, ...] = ()
    charts: tuple[Chart, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def rows(self) -> int:
        """How many records it tells of, for the cap of what may go out."""
        return sum(len(part.rows) for part in self.parts) + len(self.sections)

    def part(self, name: str) -> Part:
        """One of the tables; KeyError when there is none of this name."""
        for one in self.parts:
            if one.name == name:
                return one
        raise KeyError(name)
