"""How well a client is known, and the form in which the manager says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, Familiarity
from rmdesk.services.segments import tables
from rmdesk.services.strategy.familiarity import Known, lasting
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, label, row

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command

LINES = 72


class FamiliarityCard(Card):
    """The class in use and the computed one. Signals: `asked` to set it by hand, `taken_back`."""

    asked = Signal()
    taken_back = Signal()

    def __init__(self) -> None:
        super().__init__(_("Familiarity"), gap=6)
        self.corner.addWidget(Button(_("Set by hand"), self.asked.emit, kind="link", name=_("Set familiarity by hand")))

    def show_known(self, found: Known | None) -> None:
        """Show how well the client is known; nothing for one who is not in the portfolio."""
        clear(self.body)
        self.setVisible(found is not None)
        if found is None:
            return
        line = row(label(names.familiarity(found.used), "strong"), gap=8)
        if found.by_hand:
            line.addWidget(Chip(_("set by hand"), "value"))
        line.addStretch(1)
        if found.set_on is not None:
            name = _("Take back the familiarity set by hand")
            line.addWidget(Button(_("Take back"), self.taken_back.emit, kind="quiet-link", name=name))
        self.add(line)
        computed = _("Computed: {class}, contact index {contacts}, {blocks} of 9 blocks confirmed.").format(
            **{"class": names.familiarity(found.computed)}, contacts=found.contacts, blocks=found.blocks
        )
        self.add(label(computed, "note", wrap=True))
        if found.reason and found.set_on is not None and found.until is not None:
            text = (
                _("Set on {day}, until {until}: {reason}")
                if found.until >= clock.today()
                else _("Set on {day}, lapsed on {until}: {reason}")
            )
            days = {"day": format.day(found.set_on), "until": format.day(found.until)}
            self.add(label(text.format(**days, reason=found.reason), "soft", wrap=True, select=True))


class FamiliarityDialog(FormDialog):
    """Asks how well a client is known, and why the figures do not see it."""

    def __init__(self, desk: Desk, client: ClientId, known: Known) -> None:
        super().__init__(desk, _("Set familiarity"), said=_("Familiarity set"))
        self._client = client
        computed = _("The figures say: {class}.").format(**{"class": names.familiarity(known.computed)})
        note = _("Lapses after {days} days; the computed class stays visible.").format(days=lasting())
        pairs = [(one.value, names.familiarity(one)) for one in reversed(tables.CLASSES)]
        self.form.add("familiarity", _("Familiarity"), choices(*pairs), needed=True, note=f"{computed} {note}")
        reason = QPlainTextEdit()
        reason.setFixedHeight(LINES)
        reason.setTabChangesFocus(True)
        self.form.add("reason", _("Reason"), reason, needed=True, note=_("What you know that the figures do not."))
        self.form.fill(familiarity=known.used.value, reason=known.reason if known.by_hand else "")
        self.form.fields["familiarity"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.segments.commands import OverrideFamiliarity

        return OverrideFamiliarity(self._client, Familiarity(self.form.value("familiarity")), self.form.value("reason"))
