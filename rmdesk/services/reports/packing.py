"""Reports as text and back, exactly, for those that wait to be read."""

from __future__ import annotations

from rmdesk.base.money import Money
from rmdesk.base.packed import pack, unpack
from rmdesk.base.text import Phrase
from rmdesk.services.care.words import Compact
from rmdesk.services.charts import Bar, Bars, Series, Trend
from rmdesk.services.reports.parts import Column, Figure, Form, Kind, Part, Report, Who
from rmdesk.services.rulebook import Words

KINDS = (
    *(Report, Part, Column, Figure, Form, Kind, Who, Money, Phrase, Words, Compact),
    *(Bar, Bars, Series, Trend),
)


def packed(report: Report) -> str:
    """The text; TypeError for a report with pages of its own, which is made when it is asked for."""
    return pack(report)


def unpacked(text: str) -> Report:
    """The report as it was; KeyError for a part that this version does not know."""
    found: Report = unpack(text, KINDS)
    return found
