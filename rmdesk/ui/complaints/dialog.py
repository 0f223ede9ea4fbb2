"""What all forms about complaints, feedback and satisfaction share."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.ui.complaints import words
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices

LINES = 96  # pixels of a field for several lines


class AboutClient(FormDialog):
    """A form about a client, who is chosen first where none is given."""

    def __init__(self, desk: Desk, title: str, said: str, client: ClientId | None, *, answer: str = "") -> None:
        super().__init__(desk, title, said=said, answer=answer)
        self.setMinimumWidth(560)
        self._client = client
        if client is None:
            self.form.add("client", _("Client"), ClientField(desk), needed=True)

    @property
    def client(self) -> ClientId:
        """Who it is about."""
        chosen: ClientId | None = self._client or self.form.value("client")
        if chosen is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        return chosen

    def lines(self, name: str, text: str, *, needed: bool = True, note: str = "") -> None:
        """Ask for a text of several lines."""
        editor = QPlainTextEdit()
        editor.setFixedHeight(LINES)
        editor.setTabChangesFocus(True)
        self.form.add(name, text, editor, needed=needed, note=note)

    def channels(self) -> None:
        """Ask how it came."""
        pairs = [(channel, words.channel(channel)) for channel in Channel]
        self.form.add("channel", _("Channel"), choices(("", _("unknown")), *pairs))

    @property
    def channel(self) -> Channel | None:
        """How it came."""
        return Channel(self.form.value("channel")) if self.form.value("channel") in set(Channel) else None

    def day(self, name: str, text: str, earliest: date | None = None) -> None:
        """Ask for a day up to today."""
        field = DayField(clock.today(), earliest=earliest, latest=clock.today())
        self.form.add(name, text, field, needed=True)

    def given_day(self, name: str) -> date:
        """The day that was entered; Refused beside the field when there is none."""
        day: date | None = self.form.value(name)
        if day is None:
            raise Refused(N_("Enter a day."), field=name, code="no_day")
        return day
