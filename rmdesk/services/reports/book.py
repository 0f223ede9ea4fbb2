"""The portfolio book: a table of clients, then the file of each on pages of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.money import Money
from rmdesk.base.record import record
from rmdesk.base.text import N_, phrase
from rmdesk.models.kinds import ClientId, Tier
from rmdesk.services.brief.client_file import client_file
from rmdesk.services.care import portfolio
from rmdesk.services.care.details import Details, details
from rmdesk.services.care.portfolio import Portfolio
from rmdesk.services.clients.total import Total, total
from rmdesk.services.documents.queries import manager_of
from rmdesk.services.reports import rules, weekly
from rmdesk.services.reports.parts import Cell, Column, Figure, Form, Kind, Part, Report, Section, Who
from rmdesk.services.store.reads import Reads

COLUMNS = (
    Column(phrase("Client"), width=15), Column(phrase("Client number"), width=15), Column(phrase("Tier"), width=12),
    Column(phrase("Group"), width=12), Column(phrase("AUM"), Form.MONEY, 12), Column(phrase("AUM as of"), Form.DAY, 9),
    Column(phrase("Days since contact"), Form.COUNT, 10), Column(phrase("Churn risk"), Form.SHARE, 9),
)  # fmt: skip


@record
class Choice:
    """Whose pages a book has: these clients, or those of a tier, or all."""

    clients: tuple[ClientId, ...] = ()
    tier: Tier | None = None


ALL = Choice()


def book(reads: Reads, first: date, last: date, choice: Choice = ALL) -> Report:
    """The chosen clients as of the last day (today if earlier), those with the most assets first.

    Refused when they are more than a book holds.
    """
    today = clock.today()
    seen = min(last, today)
    whole = portfolio.current(reads, seen)
    at = _chosen(whole, choice)
    most = rules.number("book", "most_clients")
    if len(at) > most:
        raise Refused(
            N_("A book holds {most} clients at most; these are {count}."),
            do=N_("Choose a tier, or single clients."), field="client", code="too_many_clients",
            most=most, count=len(at),
        )  # fmt: skip
    clients = [ClientId(int(whole.client[place])) for place in at]
    names = details(reads, seen, clients)
    rows = tuple(_row(whole, place, names[int(whole.client[place])]) for place in at)
    part = Part("clients", phrase("Clients"), COLUMNS, rows, note=phrase("as of {day}", day=seen))
    sections = tuple(Section("client", client_file(reads, client, seen).blocks) for client in clients)
    told = total(reads)
    return Report(
        Kind.BOOK, phrase("Portfolio book"), seen, seen, today, manager_of(reads),
        _figures(whole, at, told), (part,),
        weekly.notes(told, seen, today), sections=sections,
    )  # fmt: skip


def _figures(whole: Portfolio, at: Sequence[int], told: Total) -> tuple[Figure, ...]:
    """How many clients, what they hold as far as it is known, and of how many it is not."""
    worth = whole.worth_aum[list(at)]
    known = worth[~np.isnan(worth)]
    held = Money(whole.minor(float(known.sum())), whole.currency) if len(known) else None
    return (
        Figure(phrase("Clients in this book"), len(at)),
        Figure(phrase("AUM"), held, Form.MONEY),
        Figure(phrase("AUM unknown"), len(worth) - len(known)),
        Figure(phrase("AUM as of"), told.as_of, Form.DAY),
    )


def _chosen(whole: Portfolio, choice: Choice) -> Sequence[int]:
    """Places in the portfolio, those with the most assets first, unknown ones last."""
    inside = np.ones(whole.size, dtype=np.bool_)
    if choice.clients:
        inside = np.isin(whole.client, np.array(choice.clients, dtype=np.int64))
    if choice.tier is not None:
        inside = inside & (whole.tier == list(Tier).index(choice.tier) + 1)
    at = np.flatnonzero(inside)
    order: list[int] = at[np.lexsort((whole.tie[at], -np.nan_to_num(whole.worth_aum[at], nan=-1.0)))].tolist()
    return order


def _row(whole: Portfolio, at: int, known: Details) -> tuple[Cell, ...]:
    tier, group, worth = int(whole.tier[at]), int(whole.group[at]), float(whole.worth_aum[at])
    gap, risk = float(whole.gap[at]), float(whole.inputs["R"][at])
    return (
        Who(ClientId(int(whole.client[at])), known.name), known.number,
        whole.table.tier_names[tier - 1] if tier else None,
        whole.table.groups[group - 1].name if group else None,
        None if worth != worth else Money(whole.minor(worth), whole.currency),
        known.aum_on,
        None if gap != gap else int(gap),
        None if risk != risk or whole.excluded[at] else round(risk, 4),
    )  # fmt: skip
