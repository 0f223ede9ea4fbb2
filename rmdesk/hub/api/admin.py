"""Teams, people, books, substitutes and hand-overs, as endpoints."""

from __future__ import annotations

from rmdesk.hub.api.speaking import Ask, Speaker
from rmdesk.hub.services import running
from rmdesk.hub.services.handing import handover
from rmdesk.wire import books as kept
from rmdesk.wire import handing
from rmdesk.wire import people as say

speaker = Speaker("admin")
router = speaker.router


def teams(ask: Ask[None]) -> say.TeamRows:
    """The teams one may see."""
    return running.teams(ask.hub, ask.caller)


def add_team(ask: Ask[say.TeamAsk]) -> say.TeamRows:
    """A new team."""
    return running.add_team(ask.hub, ask.caller, ask.told)


def users(ask: Ask[None]) -> say.UserRows:
    """The people one may see."""
    return running.users(ask.hub, ask.caller)


def add_user(ask: Ask[say.UserAsk]) -> say.UserRows:
    """Somebody new."""
    return running.add_user(ask.hub, ask.caller, ask.told)


def change_user(ask: Ask[say.UserChange]) -> say.UserRows:
    """Change somebody, or shut them out."""
    return running.change_user(ask.hub, ask.caller, ask.id("user"), ask.told)


def books(ask: Ask[None]) -> kept.BookRows:
    """The books one may see."""
    return running.books(ask.hub, ask.caller)


def add_book(ask: Ask[kept.BookAsk]) -> kept.BookRows:
    """A new book."""
    return running.add_book(ask.hub, ask.caller, ask.told)


def substitutes(ask: Ask[None]) -> kept.SubstituteRows:
    """Who stands in for whom."""
    return running.substitutes(ask.hub, ask.caller)


def add_substitute(ask: Ask[kept.SubstituteAsk]) -> kept.SubstituteRows:
    """Somebody stands in for a manager."""
    return running.add_substitute(ask.hub, ask.caller, ask.told)


def end_substitute(ask: Ask[None]) -> kept.SubstituteRows:
    """They stand in no longer."""
    return running.end_substitute(ask.hub, ask.caller, ask.id("substitute"))


def handovers(ask: Ask[None]) -> handing.HandoverRows:
    """The newest hand-overs."""
    return handover.rows(ask.hub, ask.caller)


def ask_handover(ask: Ask[handing.HandoverAsk]) -> handing.HandoverRows:
    """Ask to move clients to another book."""
    return handover.ask(ask.hub, ask.caller, ask.told)


def confirm(ask: Ask[None]) -> handing.HandoverRows:
    """Confirm a batch of hand-overs that somebody else asked for, and move its clients."""
    return handover.confirm(ask.hub, ask.caller, ask.id("batch"))


def refuse(ask: Ask[None]) -> handing.HandoverRows:
    """Refuse a batch of hand-overs, or take it back."""
    return handover.refuse(ask.hub, ask.caller, ask.id("batch"))


def purges(ask: Ask[None]) -> handing.PurgeRows:
    """What desks have still to remove."""
    return handover.purges(ask.hub, ask.caller)


def audit(ask: Ask[None]) -> say.AuditRows:
    """The newest entries of the hub's audit."""
    return running.audit_of(ask.hub, ask.caller)


speaker.get("/v1/admin/teams", teams, say.TeamRows)
speaker.post("/v1/admin/teams", add_team, say.TeamAsk, say.TeamRows)
speaker.get("/v1/admin/users", users, say.UserRows)
speaker.post("/v1/admin/users", add_user, say.UserAsk, say.UserRows)
speaker.post("/v1/admin/users/{user}", change_user, say.UserChange, say.UserRows)
speaker.get("/v1/admin/books", books, kept.BookRows)
speaker.post("/v1/admin/books", add_book, kept.BookAsk, kept.BookRows)
speaker.get("/v1/admin/substitutes", substitutes, kept.SubstituteRows)
speaker.post("/v1/admin/substitutes", add_substitute, kept.SubstituteAsk, kept.SubstituteRows)
speaker.post("/v1/admin/substitutes/{substitute}/end", end_substitute, None, kept.SubstituteRows)
speaker.get("/v1/admin/handovers", handovers, handing.HandoverRows)
speaker.post("/v1/admin/handovers", ask_handover, handing.HandoverAsk, handing.HandoverRows)
speaker.post("/v1/admin/handovers/{batch}/confirm", confirm, None, handing.HandoverRows)
speaker.post("/v1/admin/handovers/{batch}/refuse", refuse, None, handing.HandoverRows)
speaker.get("/v1/admin/purges", purges, handing.PurgeRows)
speaker.get("/v1/admin/audit", audit, say.AuditRows)
