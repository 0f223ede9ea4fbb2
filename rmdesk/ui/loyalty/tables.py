"""The tables beside the drawings: the clients of the mark that was chosen."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.services.loyalty.people import Person
from rmdesk.ui.kit import format
from rmdesk.ui.kit.columns import STRONG, Cell, Column

Columns = tuple[Column[Person], ...]


def _name(wide: int = 130) -> Column[Person]:
    return Column("name", N_("Client"), lambda row: row.name, wide, STRONG, fixed=True, sorts=False)


def _aum(currency: str, wide: int = 100) -> Column[Person]:
    return Column(
        "aum",
        N_("AUM"),
        lambda row: format.short_amount(row.aum_minor, currency),
        wide,
        right=True,
        fixed=True,
        sorts=False,
    )


def _share(key: str, title: str, wide: int = 100) -> Column[Person]:
    return Column(key, title, lambda row: format.percent(row.figures.get(key), 1), wide, right=True, sorts=False)


def _percent(key: str, title: str, wide: int = 100) -> Column[Person]:
    return Column(key, title, lambda row: format.percent(row.figures.get(key)), wide, right=True, sorts=False)


def _whole(key: str, title: str, wide: int = 90, hint: str = "") -> Column[Person]:
    def cell(row: Person) -> str:
        return format.decimal(row.figures.get(key), 0)

    return Column(key, title, cell, wide, right=True, sorts=False, hint=hint)


def _number(key: str, title: str, places: int, wide: int = 90) -> Column[Person]:
    return Column(key, title, lambda row: format.decimal(row.figures.get(key), places), wide, right=True, sorts=False)


def pareto(currency: str) -> Columns:
    """A tenth of the clients."""
    return (_name(), _aum(currency), _percent("held", N_("Held up to here"), 130))


def stances(currency: str) -> Columns:
    """A corner of the map; the facts of the trap."""
    return (
        _name(104), _aum(currency), _whole("csat", N_("CSAT"), 60), _number("loyalty", N_("Loyalty"), 2, 76),
        Column("trap", N_("Satisfaction trap"), lambda row: Cell(" · ".join(row.facts)), 260, sorts=False),
    )  # fmt: skip


def silent(currency: str) -> Columns:
    """The silent loyal."""
    return (
        _name(), _aum(currency), _number("loyalty", N_("Loyalty"), 2), _whole("quiet", N_("Days since they came"), 150),
        _whole("gap", N_("Days since any contact"), 160),
    )  # fmt: skip


def time(currency: str) -> Columns:
    """Time against value."""
    return (
        _name(110), _aum(currency), _whole("minutes", N_("Minutes"), 80), _share("time", N_("of the time"), 96),
        _share("aum", N_("of the AUM"), 96), _number("loyalty", N_("Loyalty"), 2, 76),
    )  # fmt: skip


def rfm(currency: str) -> Columns:
    """A cell of RFM, and how likely each is still active."""
    return (
        _name(190), _aum(currency, 92), _whole("days", N_("Quiet"), 76, N_("Days quiet")),
        _whole("months", N_("Active mo."), 90, N_("Months active")), _percent("alive", N_("P(alive)"), 84),
        _whole("expected", N_("Next 3 mo."), 108, N_("Next 3 months")),
    )  # fmt: skip
