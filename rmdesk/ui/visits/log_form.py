"""The fields of a visit: client, channel and one line first; everything else may follow or not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Channel, ClientId
from rmdesk.services.visits import rules
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.rules import Found
from rmdesk.ui.kit.answers import fill
from rmdesk.ui.kit.chip_field import ChipField
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import row
from rmdesk.ui.visits import words
from rmdesk.ui.visits.choice_bar import ChoiceBar
from rmdesk.ui.visits.promise_lines import PromiseLines

LINES = ("purpose", "participants", "place", "next_step")
CONTENT_HEIGHT = 104  # four lines; more scroll
TICKS = ("no_answer", "inbound", "marketing")
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LogForm(QWidget):
    """`begin` fills it first. `changed` tells of every key; Enter in a field above the content goes to the content."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.form = Form()
        self.client = ClientField(desk)
        self.channel = ChoiceBar([(str(one), words.channel(one)) for one in Channel], numbered=True)
        self.on, self.next_on = DayField(clock.today()), DayField()
        self.at, self.minutes = QLineEdit(), QLineEdit()
        self.lines = {name: QLineEdit() for name in LINES}
        self.content = QPlainTextEdit()
        self.content.setTabChangesFocus(True)
        self.content.setFixedHeight(theme.px(CONTENT_HEIGHT))
        self.ticks = {name: QCheckBox() for name in TICKS}
        self.needs, self.signals = ChipField(kind="good"), ChipField(kind="occasion")
        self.mood = ChoiceBar([(code, words.mood(code)) for code in words.MOODS], optional=True)
        self.promises = PromiseLines()
        self._ask()
        self._arrange()
        self._listen()

    # What it holds.

    def begin(self, client: ClientId | None = None, channel: str | None = None, purpose: str = "") -> None:
        """Empty everything, and fill in what is known."""
        self.form.clear_errors()
        for editor in (*self.lines.values(), self.at, self.minutes, self.content):
            fill(editor, "")
        for tick in self.ticks.values():
            tick.setChecked(False)
        self.needs.set_values(())
        self.signals.set_values(())
        for bar in (self.mood, self.promises):
            bar.take(None)
        self.on.set_day(clock.today())
        self.next_on.set_day(None)
        self.lines["purpose"].setText(purpose)
        self.lines["purpose"].setCursorPosition(0)
        self.channel.take(channel or str(Channel.PHONE))
        self.client.take(client)
        self.client.setReadOnly(False)

    def show_entry(self, entry: Entry) -> None:
        """Fill in a visit that is on record."""
        self.begin(entry.client, entry.channel, entry.purpose)
        for name in ("participants", "place", "next_step"):
            self.lines[name].setText(getattr(entry, name))
        self.content.setPlainText(entry.content)
        self.on.set_day(entry.on)
        self.at.setText(entry.at or "")
        self.minutes.setText("" if entry.minutes is None else str(entry.minutes))
        self.ticks["no_answer"].setChecked(not entry.two_way)
        self.ticks["inbound"].setChecked(entry.inbound)
        self.ticks["marketing"].setChecked(entry.marketing)
        for field, kind in ((self.needs, "need"), (self.signals, "signal")):
            field.set_values(one.text for one in entry.found if one.kind == kind)
        self.mood.take(entry.mood)
        self.next_on.set_day(entry.next_on)

    def entry(self, district: str = "") -> Entry:
        """What is entered; Refused names the field of what cannot be read."""
        needs, signals = self.needs.values(), self.signals.values()
        if self.client.client is None and self.client.name:
            raise Refused(
                N_("Nobody is chosen yet."), do=N_("Pick the client from the list."), field="client", code="no_client"
            )
        return Entry(
            client=self.client.client,
            channel=self.channel.answer(),
            content=self.content.toPlainText(),
            on=self._day(self.on, "on") or clock.today(),
            at=rules.time_of(self.at.text()),
            minutes=rules.typed_minutes(self.minutes.text()),
            two_way=not self.ticks["no_answer"].isChecked(),
            inbound=self.ticks["inbound"].isChecked(),
            marketing=self.ticks["marketing"].isChecked(),
            found=(*(Found(text) for text in needs), *(Found(text, "signal") for text in signals)),
            mood=self.mood.answer(),
            promises=self.promises.answer(),
            next_on=self._day(self.next_on, "next_on"),
            district=district,
            **{name: field.text() for name, field in self.lines.items()},
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed yet that would be missed."""
        typed = [field.text() for field in (*self.lines.values(), self.minutes)]
        typed += [self.content.toPlainText(), *self.needs.values(), *self.signals.values()]
        return not any(text.strip() for text in typed) and not self.promises.typed() and not self.client.name

    def typed(self) -> dict[str, Any]:
        """Everything as it stands, right or wrong, for a draft."""
        return {
            "client": self.client.client, "name": self.client.name, "channel": self.channel.answer(),
            "on": self.on.text(), "at": self.at.text(), "minutes": self.minutes.text(),
            "content": self.content.toPlainText(), "mood": self.mood.answer(), "next_on": self.next_on.text(),
            "needs": list(self.needs.values()), "signals": list(self.signals.values()),
            "promises": self.promises.typed(),
            **{name: tick.isChecked() for name, tick in self.ticks.items()},
            **{name: field.text() for name, field in self.lines.items()},
        }  # fmt: skip

    def show_typed(self, kept: dict[str, Any]) -> None:
        """Put a draft back. What was typed meanwhile stays: it comes before the draft."""
        meanwhile = self.content.toPlainText()
        client = kept.get("client")
        if client is not None and self.client.client is None:
            self.client.set_client(ClientId(int(client)), str(kept.get("name", "")))
        elif not self.client.name:
            self.client.setText(str(kept.get("name", "")))
        self.channel.take(kept.get("channel"))
        editors = {"on": self.on, "at": self.at, "minutes": self.minutes, "next_on": self.next_on, **self.lines}
        for name, editor in editors.items():
            if kept.get(name):
                editor.setText(str(kept[name]))
        self.content.setPlainText("\n".join(text for text in (meanwhile, str(kept.get("content", ""))) if text))
        for name, tick in self.ticks.items():
            tick.setChecked(bool(kept.get(name)))
        self.needs.set_values(kept.get("needs", ()))
        self.signals.set_values(kept.get("signals", ()))
        self.mood.take(kept.get("mood"))
        self.promises.show_typed(kept.get("promises", []))

    def focus_next(self) -> None:
        """Go to what is asked first: the client, then how, then the content."""
        for editor in (self.client, self.content):
            if editor is self.content or self.client.client is None:
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # Building.

    def _ask(self) -> None:
        form = self.form
        form.add("client", _("Client"), self.client, needed=True)
        form.add("channel", _("Channel"), self.channel, needed=True)
        form.side_by_side("client", "channel")
        form.add("on", _("Day"), self.on)
        form.add("at", _("Time"), self.at)
        form.add("minutes", _("Minutes"), self.minutes)
        form.add("purpose", _("Purpose"), self.lines["purpose"])
        form.side_by_side("on", "at", "minutes", "purpose")
        form.add("content", _("Content"), self.content, needed=True)
        for name, text in (
            ("no_answer", _("No answer")),
            ("inbound", _("Client came to us")),
            ("marketing", _("Marketing")),
        ):
            form.add(name, text, self.ticks[name])
        form.side_by_side("no_answer", "inbound", "marketing")
        form.add("found", _("Needs found"), self.needs)
        form.add("signals", _("Signals"), self.signals)
        form.add("mood", _("Mood"), self.mood)
        form.side_by_side("found", "signals", "mood")
        form.add("promises", _("Promises"), self.promises)
        form.add("next_step", _("Next step"), self.lines["next_step"])
        form.add("next_on", _("Until"), self.next_on)
        form.side_by_side("next_step", "next_on")
        form.add("participants", _("Present"), self.lines["participants"])
        form.add("place", _("Place"), self.lines["place"])
        form.side_by_side("participants", "place")

    def _arrange(self) -> None:
        self.at.setPlaceholderText("9:30")
        self.minutes.setPlaceholderText("45")
        self.at.setMaxLength(12)
        self.minutes.setMaxLength(12)
        self.content.setPlaceholderText(_("One line suffices."))
        self.lines["next_step"].setPlaceholderText(_("Becomes a task"))
        for name, wide in (("on", 150), ("at", 84), ("minutes", 84), ("next_on", 150)):
            self.form.fields[name].setMaximumWidth(theme.px(wide))
        box = row(self.form)
        self.setLayout(box)

    def _listen(self) -> None:
        for field in (self.client, self.on, self.at, self.minutes, self.next_on, *self.lines.values()):
            field.textChanged.connect(self.changed)
        self.content.textChanged.connect(self.changed)
        for tick in self.ticks.values():
            tick.toggled.connect(self.changed)
        for part in (self.channel, self.mood, self.needs, self.signals, self.promises):
            part.changed.connect(self.changed)
        for chips in (self.needs, self.signals):
            chips.line.textChanged.connect(self.changed)
        self.client.chosen.connect(self._client_chosen)
        self.channel.entered.connect(self.content.setFocus)
        for field in (self.client, self.on, self.at, self.minutes, self.lines["purpose"]):
            field.installEventFilter(self)

    def _client_chosen(self, client: ClientId | None) -> None:
        if client is not None and self.client.hasFocus():
            self.channel.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTERS:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            picking = watched is self.client and self.client.popup is not None and self.client.popup.isVisible()
            if plain and not picking:
                self.content.setFocus()
                return True
        return False

    def _day(self, field: DayField, name: str) -> Any:
        try:
            return field.day()
        except Refused as error:
            error.field = name
            raise
