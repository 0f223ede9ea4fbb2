"""How the table writes each column of a client; which columns there are is declared in services/clients/columns.py."""

from __future__ import annotations

from collections.abc import Callable

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientStatus, Origin
from rmdesk.services.clients.columns import COLUMNS, Form
from rmdesk.services.clients.table_rows import ClientRow
from rmdesk.ui.care import words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import CHIP, STRONG, TEXT, TINTED, Cell, Column
from rmdesk.ui.kit.widgets import tier_kind

_DRAWN = {Form.NAME: STRONG, Form.TIER: CHIP, Form.STATUS: CHIP, Form.CHANGE: TINTED, Form.SCORE: STRONG}
_RIGHT = frozenset({Form.MONEY, Form.CHANGE, Form.DAYS, Form.SCORE, Form.YEARS})


def columns() -> tuple[Column[ClientRow], ...]:
    """All columns of the table, in their first order."""
    return tuple(
        Column(
            key=column.key,
            title=column.title,
            cell=_CELLS[column.key],
            width=column.width,
            draw=_DRAWN.get(column.form, TEXT),
            right=column.form in _RIGHT,
            shown=column.shown,
            fixed=column.key == "name",
        )
        for column in COLUMNS
    )


def name(row: ClientRow) -> Cell:
    """The name, with initials, and what is particular about the client."""
    after = row.initials
    if row.status is not ClientStatus.ACTIVE:
        after = f"{after} · {words.status(row.status)}"
    elif row.origin is Origin.DESK:
        after = " · ".join((after, _("prospect")))
    return Cell(row.name or row.number or "–", after=after)


def aum(row: ClientRow) -> Cell:
    """The AUM to read at a glance; marked when it is out of date."""
    text = format.short_amount(row.aum_minor, row.currency)
    return Cell(f"{text} *" if row.stale and row.aum_minor is not None else text)


def maturity(row: ClientRow) -> str:
    """What matures next, and when."""
    if row.matures_on is None:
        return ""
    return f"{format.short_day(row.matures_on)} · {format.short_amount(row.matures_minor, row.currency)}"


def birth(text: str) -> str:
    """A birth date that may lack its year."""
    return text.lstrip("-") or format.UNKNOWN


def tenure(years: float | None) -> str:
    """Full years with the bank."""
    return format.UNKNOWN if years is None else _("{count} y").format(count=int(years))


_CELLS: dict[str, Callable[[ClientRow], str | Cell]] = {
    "name": name,
    "tier": lambda row: Cell(words.tier(row.tier), tier_kind(row.tier)),
    "familiarity": lambda row: words.familiarity(row.familiarity) or format.UNKNOWN,
    "group": lambda row: words.group(row.group) or format.UNKNOWN,
    "aum": aum,
    "change": lambda row: Cell(format.percent(row.change_90, plus=True), format.sign_kind(row.change_90)),
    "gap": lambda row: format.days(row.gap_days),
    "score": lambda row: Cell(format.decimal(row.score)),
    "maturity": maturity,
    "phone": lambda row: row.phone or format.UNKNOWN,
    "birthday": lambda row: birth(row.birth_date),
    "district": lambda row: row.district or format.UNKNOWN,
    "branch": lambda row: row.branch or format.UNKNOWN,
    "tenure": lambda row: tenure(row.tenure),
    "number": lambda row: row.number or format.UNKNOWN,
    "status": lambda row: Cell(words.status(row.status), words.STATUS_KINDS[row.status]),
    "as_of": lambda row: format.day(row.as_of),
}
