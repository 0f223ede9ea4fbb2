"""One event: when and where, what can be done, what came of it, and its guests with what is next for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QSizePolicy, QWidget

from rmdesk.base import clock
from rmdesk.base.text import _, plural, sentences
from rmdesk.models.kinds import Channel, GatheringState, RecordId, Reply
from rmdesk.services.gatherings import tables as rule_book
from rmdesk.services.gatherings.queries import GatheringRow, GuestRow, Outcome
from rmdesk.services.gatherings.rules import Stand
from rmdesk.services.store.command import Outcome as Done
from rmdesk.ui.gatherings import dialogs, tables, words
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.opening import opened
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row

T = TypeVar("T")


class EventView(Card):
    """Shows one event; `add` asks for more guests."""

    add_guests = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("", "")
        self._desk = desk
        self.shown: GatheringRow | None = None
        self.guests: tuple[GuestRow, ...] = ()
        self._head = column(gap=4)
        self._acts = Flow()
        self.table: RowTable[GuestRow] = RowTable(
            tables.GUESTS, key=lambda guest: guest.number, name="event_guests", state=desk.state, title=_("Guests")
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.nobody = Notice(
            _("Nobody is on the list."), _("Add clients by tier, group or name; who may not be contacted stays out."),
            icon="clients", button=_("Add guests"), press=self.add_guests.emit,
        )  # fmt: skip
        self.nobody.hide()
        self._steps = Flow()
        steps, acts = QWidget(), QWidget()
        steps.setLayout(self._steps)
        acts.setLayout(self._acts)
        box = column(self._head, acts, self.table, self.nobody, steps, gap=8)
        box.setStretch(2, 1)
        box.setStretch(3, 1)
        self.add(box)
        self.body.setStretchFactor(box, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.chosen.connect(lambda _ids: self._offer())
        self.table.opened.connect(self._open)

    def show_event(self, event: GatheringRow, guests: Sequence[GuestRow], outcome: Outcome | None) -> None:
        """Show this event."""
        self.shown, self.guests = event, tuple(guests)
        self._show_head(event, outcome)
        self._show_acts(event)
        self.table.set_rows(self.guests)
        self.table.setVisible(bool(guests))
        self.nobody.setVisible(not guests)
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() * 100 / theme.percent
        self.table.leave_out([key for key, least in tables.GUEST_ROOM.items() if wide < least])

    def chosen(self) -> tuple[GuestRow, ...]:
        """The guests that are selected."""
        picked = set(self.table.selected())
        return tuple(guest for guest in self.guests if guest.number in picked)

    # Showing.

    def _show_head(self, event: GatheringRow, outcome: Outcome | None) -> None:
        clear(self._head)
        text, kind = words.state(event)
        self._head.addLayout(row(label(event.title, "title", wrap=True), Chip(text, kind), None, gap=10))
        kind_name = rule_book.kind_name(event.kind)
        self._head.addWidget(label(f"{kind_name} · {words.when(event)}", "soft", wrap=True))
        waits = event.waiting > 0 and event.state is GatheringState.PLANNED
        counts = [
            plural("{count} guest on the list", "{count} guests on the list", event.listed),
            _("{count} of {seats} seats taken").format(count=event.yes, seats=event.seats) if event.seats else "",
            _("{count} wait for an answer").format(count=event.waiting) if waits else "",
            words.cost(event),
        ]
        self._head.addWidget(label(" · ".join(part for part in counts if part), "note", wrap=True))
        if outcome is not None:
            self._head.addWidget(label(_outcome(outcome), "", wrap=True))
        for text in (event.reason, event.lesson, event.note):
            if text:
                self._head.addWidget(label(text, "note", wrap=True, select=True))

    def _show_acts(self, event: GatheringRow) -> None:
        clear(self._acts)
        add = self._acts.addWidget
        if event.state is GatheringState.CANCELLED:
            add(Button(_("Plan again"), partial(self._revive, event), kind="small"))
            add(Button(_("Remove event"), partial(self._remove, event), kind="small"))
            return
        due = event.state is GatheringState.PLANNED and event.on <= clock.today()
        if event.on <= clock.today():
            text = _("Event held") if due else _("Cost and result")
            held = partial(self._ask, dialogs.HeldDialog, event)
            add(Button(text, held, kind="primary" if due else "small"))
        add(Button(_("Add guests"), self.add_guests.emit, kind="small"))
        add(Button(_("Edit"), partial(dialogs.open_gathering, self._desk, event), kind="small"))
        if event.state is GatheringState.PLANNED:
            add(Button(_("Cancel event"), partial(self._ask, dialogs.CancelDialog, event), kind="small"))
        if not event.came:  # one that somebody came to stays on record
            add(Button(_("Remove event"), partial(self._remove, event), kind="small"))

    def _offer(self) -> None:
        """What can be done with the guests that are selected."""
        clear(self._steps)
        picked, event = self.chosen(), self.shown
        if event is None or not self.guests:
            return
        if not picked:
            self._steps.addWidget(label(_("Select guests to see what is next."), "note"))
            return
        self._steps.addWidget(label(self._named(picked), "soft"))
        keys = tuple(guest.id for guest in picked)
        for text, press in self._offered(event, picked, keys):
            self._steps.addWidget(Button(text, press, kind="small", name=f"{text} {self._named(picked)}"))

    def _offered(
        self, event: GatheringRow, picked: tuple[GuestRow, ...], keys: tuple[RecordId, ...]
    ) -> list[tuple[str, Callable[[], object]]]:
        found: list[tuple[str, Callable[[], object]]] = []
        if event.state is GatheringState.CANCELLED:
            return found
        one = picked[0] if len(picked) == 1 else None
        if event.on <= clock.today():
            found += [(_("Came"), partial(self._came, keys, True)), (_("Absent"), partial(self._came, keys, False))]
        elif any(guest.stand is Stand.LISTED for guest in picked):
            found += [
                (_("Invited by WeChat"), partial(self._invite, keys, Channel.CHAT)),
                (_("Invited by phone"), partial(self._invite, keys, Channel.PHONE)),
            ]
        if one is not None:
            if one.stand not in (Stand.CAME, Stand.ABSENT):
                found += [
                    (_("Will come"), partial(self._reply, one, Reply.YES)),
                    (_("Will not come"), partial(self._reply, one, Reply.NO)),
                ]
            found.append((_("Answer…"), partial(self._ask, dialogs.ReplyDialog, one)))
            if one.task is None and event.on <= clock.today():
                found.append((_("Follow up"), partial(self._ask, dialogs.FollowDialog, one)))
            found.append((_("Client file"), partial(self._desk.go, "client", client=one.client, tab="club")))
        if all(guest.stand is not Stand.CAME for guest in picked):
            found.append((_("Take off the list"), partial(self._drop, keys)))
        return found

    def _named(self, picked: tuple[GuestRow, ...]) -> str:
        if len(picked) == 1:
            return _("{gift}:").format(gift=picked[0].name)
        return plural("{count} guest:", "{count} guests:", len(picked))

    # Acting.

    def _ask(self, form: Callable[[Desk, T], QDialog], about: T) -> None:
        opened(form(self._desk, about))

    def _revive(self, event: GatheringRow) -> None:
        from rmdesk.services.gatherings.commands import ReviveGathering

        self._desk.perform(ReviveGathering(event.id))

    def _remove(self, event: GatheringRow) -> None:
        from rmdesk.services.gatherings.commands import RemoveGathering

        self._desk.perform(RemoveGathering(event.id), _("Event removed"))

    def _came(self, keys: tuple[RecordId, ...], came: bool) -> None:
        from rmdesk.services.gatherings.inviting import NoteAttendance

        self._desk.perform(NoteAttendance(keys, came))

    def _invite(self, keys: tuple[RecordId, ...], channel: Channel) -> None:
        from rmdesk.services.gatherings.inviting import Invite, Listed

        def said(outcome: Done[Listed]) -> str:
            return words.listed(outcome.result, plural("{count} invited", "{count} invited", outcome.result.done))

        self._desk.perform(Invite(keys, channel.value), said)

    def _reply(self, guest: GuestRow, reply: Reply) -> None:
        from rmdesk.services.gatherings.inviting import NoteReply

        self._desk.perform(NoteReply(guest.id, reply, guest.companions, guest.note))

    def _drop(self, keys: tuple[RecordId, ...]) -> None:
        from rmdesk.services.gatherings.inviting import DropGuests

        self._desk.perform(DropGuests(keys))

    def _open(self, number: int) -> None:
        guest = self.table.rows.known(number)
        if guest is not None:
            self._desk.go("client", client=guest.client, tab="club")


def _outcome(found: Outcome) -> str:
    """What came of it, in a sentence."""
    told = [
        _("Within {days} days: {met} of {came} were met again.").format(days=found.days, met=found.met, came=found.came)
    ]
    if found.bought:
        amount = format.short_amount(found.amount_minor, found.currency, sign=True)
        told.append(_("{bought} bought for {amount}.").format(bought=found.bought, amount=amount))
    if found.unknown:
        told.append(plural("Of {count} the amount is not known.", "Of {count} the amount is not known.", found.unknown))
    if not found.over:
        told.append(_("Counted until {day}.").format(day=format.short_day(found.until)))
    return sentences(*told)
