"""The route as a document to take along, and as plain data for scripts."""

from __future__ import annotations

from typing import Any

from rmdesk.base.text import Phrase, phrase
from rmdesk.services.documents import Block, Document, Heading, Note, TableBlock, Title
from rmdesk.services.documents.blocks import Text
from rmdesk.services.route import rules
from rmdesk.services.route.queries import Route
from rmdesk.services.route.rules import Leg, Stop
from rmdesk.services.visits.words import CHANNELS

HEAD = (phrase("When"), phrase("Client"), phrase("What for"), phrase("Where"), phrase("Phone"))


def document_of(route: Route) -> Document:
    """The route of a day; phone numbers stay masked."""
    count = len(route.plan.stops)
    about = phrase("{day} · {count} visits", day=route.day, count=count) if count else phrase("{day}", day=route.day)
    blocks: list[Block] = [Title(phrase("Route of the day"), about)]
    blocks += [Note(rules.said(conflict), "risk") for conflict in route.plan.conflicts]
    for leg in route.plan.legs:
        rows = tuple(_row(stop) for stop in leg.stops)
        blocks += [Heading(name_of(leg), str(len(leg.stops))), TableBlock(HEAD, rows, widths=(10, 15, 33, 25, 17))]
    if not count:
        blocks.append(Note(phrase("No visit is planned for this day.")))
    return Document(phrase("Route of the day"), tuple(blocks), route.day, route.manager)


def name_of(leg: Leg) -> Text:
    """What stands above the visits of one district."""
    if leg.desk:
        return phrase("From the desk")
    return leg.district or phrase("District unknown")


def purpose_of(stop: Stop) -> Text:
    """What a visit is for, with the channel and the promises that are open."""
    channel = phrase(CHANNELS.get(stop.channel, stop.channel))
    text: Phrase = phrase("{channel}: {text}", channel=channel, text=stop.purpose) if stop.purpose else channel
    if stop.promises:
        return phrase("{text} (open promises: {count})", text=text, count=stop.promises)
    return text


def plain(route: Route) -> dict[str, Any]:
    """{"date", "legs": [{"district", "visits": [{"at", "client", "name", …}]}], "conflicts": [{"kind", "text", …}]}."""
    return {
        "date": route.day.isoformat(),
        "legs": [
            {"district": leg.district or None, "desk": leg.desk, "visits": [_plain(stop) for stop in leg.stops]}
            for leg in route.plan.legs
        ],
        "conflicts": [
            {
                "kind": one.kind.value,
                "text": rules.said(one).said,
                "first": one.first.visit,
                "second": one.second.visit,
                "minutes": one.minutes,
            }
            for one in route.plan.conflicts
        ],
    }


def _plain(stop: Stop) -> dict[str, Any]:
    return {
        "visit": stop.visit,
        "at": stop.at or None,
        "minutes": stop.minutes,
        "client": stop.client,
        "name": stop.name,
        "channel": stop.channel,
        "purpose": stop.purpose or None,
        "address": stop.address or None,
        "phone": stop.phone or None,
        "promises": stop.promises,
    }


def _row(stop: Stop) -> tuple[Text, ...]:
    return stop.at, stop.name, purpose_of(stop), stop.address, stop.phone
