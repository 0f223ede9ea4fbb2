"""The briefs of a day's visits, one page each, behind the route; in the order in which one drives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rmdesk.base import clock
from rmdesk.base.text import phrase
from rmdesk.services.brief.document import document_of
from rmdesk.services.brief.queries import Brief, brief_of
from rmdesk.services.documents import Document
from rmdesk.services.documents.queries import manager_of
from rmdesk.services.reports.parts import Column, Figure, Form, Kind, Part, Report, Section, Who
from rmdesk.services.route.queries import route_of
from rmdesk.services.store.reads import Reads
from rmdesk.services.visits.words import CHANNELS

Fit = Callable[[Brief], Document]  # a brief as one page, as long as the fonts of this computer make it


def briefs(reads: Reads, first: date, last: date, fit: Fit = document_of) -> Report:
    """The briefs of all visits that are planned for the days; a client met twice has one."""
    days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    routes = [route_of(reads, day) for day in days]
    stops = [(route.day, leg, stop) for route in routes for leg in route.plan.legs for stop in leg.stops]
    part = Part(
        "visits",
        phrase("Planned visits"),
        (
            Column(phrase("Day"), Form.DAY, 9), Column(phrase("When"), width=9), Column(phrase("Client"), width=15),
            Column(phrase("Channel"), width=16), Column(phrase("What for"), width=33),
            Column(phrase("District"), width=14), Column(phrase("Open promises"), Form.COUNT, 12),
        ),
        tuple(
            (day, stop.at or None, Who(stop.client, stop.name), phrase(CHANNELS.get(stop.channel, stop.channel)),
             stop.purpose or None, leg.district or None, stop.promises)
            for day, leg, stop in stops
        ),
        empty=phrase("No visit is planned for this day."),
    )  # fmt: skip
    clients = tuple(dict.fromkeys(stop.client for _day, _leg, stop in stops))
    sections = tuple(Section("brief", fit(brief_of(reads, client)).blocks) for client in clients)
    return Report(
        Kind.BRIEFS, phrase("Visit briefs"), first, last, clock.today(), manager_of(reads),
        (Figure(phrase("Planned visits"), len(stops)), Figure(phrase("Clients"), len(clients))), (part,),
        sections=sections,
    )  # fmt: skip
