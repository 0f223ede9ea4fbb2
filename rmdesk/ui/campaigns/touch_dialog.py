"""The form of a touch."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QLineEdit

from rmdesk.base import clock, money
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel, ClientId, RecordId, TouchOutcome
from rmdesk.services.imports.amounts import minor_of
from rmdesk.services.segments.assets import portfolio_currency
from rmdesk.services.settings import general
from rmdesk.services.store.command import Command
from rmdesk.services.store.reads import Reads
from rmdesk.ui.campaigns import words
from rmdesk.ui.kit import names
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.opening import opened


class TouchDialog(FormDialog):
    """What came of one attempt, with the amount of a purchase."""

    def __init__(
        self, desk: Desk, campaign: RecordId, client: ClientId, channel: str = Channel.PHONE.value, note: str = "",
        outcome: TouchOutcome = TouchOutcome.BOUGHT,
    ) -> None:  # fmt: skip
        super().__init__(desk, _("Note touch"), said=_("Touch noted"))
        self._campaign, self._home = campaign, general.CURRENCY.default
        who = ClientField(desk, client)
        who.setReadOnly(True)
        self.form.add("client", _("Client"), who)
        self.form.add("outcome", _("Outcome"), choices(*((one.value, words.outcome(one)) for one in TouchOutcome)))
        self.form.add("channel", _("Channel"), choices(*((one.value, names.channel(one)) for one in Channel)))
        self.form.add("on", _("Day"), DayField(clock.today(), latest=clock.today()), needed=True)
        self.form.add("amount", _("Amount bought"), QLineEdit(), note=_("As in 200000 or 20 万."))
        self.form.side_by_side("outcome", "channel")
        self.form.side_by_side("on", "amount")
        self.form.add("note", _("What was said, in a line"), QLineEdit(note))
        self.form.fill(outcome=outcome.value, channel=channel)
        desk.tasks.line(self).fetch(_home).done.connect(self._told)
        self.form.fields["amount"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.campaigns.touching import LogTouch

        value = self.form.value
        client = value("client")
        if client is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        typed = value("amount")
        minor = minor_of(typed, money.digits(self._home)) if typed else None
        if typed and minor is None:
            raise Refused(N_("“{typed}” is not an amount."), field="amount", code="bad_amount", typed=typed[:20])
        return LogTouch(
            self._campaign, client, TouchOutcome(value("outcome")), value("channel"), value("on"),
            minor, None if minor is None else self._home, value("note"),
        )  # fmt: skip

    def _told(self, currency: str) -> None:
        self._home = currency


def open_touch(
    desk: Desk, campaign: RecordId, client: ClientId, channel: str = Channel.PHONE.value, note: str = ""
) -> QDialog:
    """Note what came of an attempt, with the amount."""
    return opened(TouchDialog(desk, campaign, client, channel, note))


def _home(reads: Reads) -> str:
    return portfolio_currency(reads)
