"""The forms of events: plan one, add guests, note an answer, what follows, how it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox

from rmdesk.base import clock
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import ClientId, Reply
from rmdesk.services.gatherings import tables
from rmdesk.services.gatherings.entry import Plan
from rmdesk.services.gatherings.queries import GatheringRow, GuestRow
from rmdesk.services.gifts import amounts
from rmdesk.services.segments.assets import portfolio_currency
from rmdesk.services.visits.rules import typed_minutes
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.opening import opened

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command

LINES = 72
REPLIES = ((Reply.YES, N_("Will come")), (Reply.MAYBE, N_("Perhaps")), (Reply.NO, N_("Will not come")))


class PlanDialog(FormDialog):
    """An event: what, when, where, for how many, at what cost. `clients` go onto its list."""

    def __init__(
        self, desk: Desk, home: str, event: GatheringRow | None = None, clients: tuple[ClientId, ...] = ()
    ) -> None:
        super().__init__(desk, _("Edit event") if event else _("Plan event"), said=_("Event kept"))
        self.setMinimumWidth(560)
        self._home, self._event, self._clients = home, event, clients
        form = self.form
        form.add("title", _("Event"), QLineEdit(), needed=True)
        kinds = choices(*((code, kind.name.said) for code, kind in tables.kinds().items()))
        form.add("kind", _("Kind"), kinds, needed=True)
        form.side_by_side("title", "kind")
        form.add("on", _("Day"), DayField(clock.today()), needed=True)
        form.add("at", _("Time"), QLineEdit(), note=_("As 14:30, or empty."))
        form.add("minutes", _("Length"), QLineEdit(), note=_("In minutes; empty: as is usual."))
        form.side_by_side("on", "at", "minutes")
        form.add("place", _("Place"), QLineEdit())
        form.add("seats", _("Seats"), _count(), note=_("0: not limited."))
        form.add("cost", _("Cost"), QLineEdit(), note=_("Planned, until it was held."))
        form.side_by_side("place", "seats", "cost")
        form.add("note", _("Note"), _lines())
        if event is not None:
            form.fill(
                title=event.title, kind=event.kind, on=event.on, at=event.at, minutes=event.minutes or "",
                place=event.place, seats=event.seats or 0, note=event.note,
                cost=amounts.written(event.cost_minor, event.currency, event.currency),
            )  # fmt: skip
        form.fields["title"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gatherings.commands import EditGathering, PlanGathering

        value = self.form.value
        cost = _cost(value("cost"), self._home)
        plan = Plan(
            kind=value("kind"), title=value("title"), on=value("on"), at=value("at"),
            minutes=typed_minutes(value("minutes")), place=value("place"), seats=value("seats") or None,
            cost_minor=cost[0], currency=cost[1], note=value("note"), club=self._event.club if self._event else None,
        )  # fmt: skip
        if self._event is not None:
            return EditGathering(self._event.id, plan)
        return PlanGathering(plan, self._clients)


class HeldDialog(FormDialog):
    """How it was: what it cost, how many came in all, what we learned."""

    def __init__(self, desk: Desk, event: GatheringRow) -> None:
        super().__init__(desk, _("Event held"), said=_("Event noted as held"))
        self.setMinimumWidth(520)
        self._event = event
        cost = amounts.written(event.cost_minor, event.currency, event.currency)
        self.form.add("cost", _("Cost"), QLineEdit(cost), note=_("All in all; empty: not known yet."))
        note = _("Guests of colleagues too; 0: only those on this list. The cost is shared among all.")
        self.form.add("guests", _("Guests in all"), _count(event.guests or 0), note=note)
        self.form.side_by_side("cost", "guests")
        self.form.add("lesson", _("What came of it"), _lines())
        self.form.fill(lesson=event.lesson)
        self.form.fields["cost"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gatherings.commands import HoldGathering

        minor, currency = _cost(self.form.value("cost"), self._event.currency)
        guests, lesson = self.form.value("guests") or None, self.form.value("lesson")
        return HoldGathering(self._event.id, minor, currency, guests, lesson)


class CancelDialog(FormDialog):
    """Why it will not be."""

    def __init__(self, desk: Desk, event: GatheringRow) -> None:
        super().__init__(desk, _("Cancel event"), answer=_("Cancel event"), said=_("Event cancelled"))
        self._event = event
        self.form.add("reason", _("Why"), QLineEdit(), needed=True)

    def command(self) -> Command[Any]:
        from rmdesk.services.gatherings.commands import CancelGathering

        return CancelGathering(self._event.id, self.form.value("reason"))


class ReplyDialog(FormDialog):
    """What a guest answered, with whom they come, and a note."""

    def __init__(self, desk: Desk, guest: GuestRow, reply: Reply | None = None) -> None:
        super().__init__(desk, guest.name, said=_("Answer noted"))
        self._guest = guest
        known = next((one for one, _text in REPLIES if one.value == guest.stand.value), None)
        pairs = [(one.value, _(text)) for one, text in REPLIES]
        self.form.add("reply", _("Their answer"), choices(("", _("no answer yet")), *pairs))
        self.form.add("companions", _("Companions"), _count(guest.companions or 0))
        self.form.side_by_side("reply", "companions")
        self.form.add("note", _("Note"), QLineEdit(guest.note))
        given = reply or known
        self.form.fill(reply=given.value if given else "")

    def command(self) -> Command[Any]:
        from rmdesk.services.gatherings.inviting import NoteReply

        reply = str(self.form.value("reply"))
        given = Reply(reply) if reply in list(Reply) else None
        return NoteReply(self._guest.id, given, self.form.value("companions") or None, self.form.value("note"))


class FollowDialog(FormDialog):
    """What is to be done after the event for a guest."""

    def __init__(self, desk: Desk, guest: GuestRow) -> None:
        super().__init__(desk, _("Follow up"), said=_("Task added"))
        self._guest = guest
        self.form.add("text", _("What is to be done"), QLineEdit(), needed=True)
        note = _("Empty: within {days} days.").format(days=tables.figure("outcome", "follow_days"))
        self.form.add("due", _("By"), DayField(None, earliest=clock.today()), note=note)
        self.form.fields["text"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gatherings.inviting import FollowUp

        return FollowUp(self._guest.id, self.form.value("text"), self.form.value("due"))


def open_gathering(desk: Desk, gathering: GatheringRow | None = None, clients: tuple[int, ...] = ()) -> None:
    """Plan an event, or edit one."""

    def ask(home: str) -> None:
        opened(PlanDialog(desk, home, gathering, tuple(map(ClientId, clients))))

    desk.tasks.fetch(portfolio_currency).done.connect(ask)


def _cost(typed: str, home: str) -> tuple[int | None, str | None]:
    cost = amounts.typed(typed, home)
    return (None, None) if cost is None else (cost.minor, cost.currency)


def _count(value: int = 0) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, tables.figure("entry", "most_heads"))
    box.setValue(value)
    return box


def _lines() -> QPlainTextEdit:
    editor = QPlainTextEdit()
    editor.setFixedHeight(LINES)
    editor.setTabChangesFocus(True)
    return editor
