"""The few sentences that every document may need."""

from __future__ import annotations

from rmdesk.base.text import _, plural

UNKNOWN = "–"


def more(count: int) -> str:
    """That so many lines were left out."""
    return plural("and {count} more line", "and {count} more lines", count)


def confidential() -> str:
    """The mark on every page."""
    return _("Confidential: for internal use only")


def page(number: int, of: int) -> str:
    """The number at the foot of a page."""
    return _("Page {number} of {count}").format(number=number, count=of)
