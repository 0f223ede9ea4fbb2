"""A deal at the table: typed, weighed at once, without the store and without being saved."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit

from rmdesk.base.errors import Refused
from rmdesk.base.money import Money
from rmdesk.base.text import N_, _, sentences
from rmdesk.models.kinds import ExposureKind, RecordId
from rmdesk.services import amounts
from rmdesk.services.groups.facts import Draft, GroupFile
from rmdesk.services.groups.tables import kind_name
from rmdesk.services.groups.words import LIGHTS
from rmdesk.ui.groups.limit_bars import KINDS, LimitBars
from rmdesk.ui.kit.choice import Choice
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, Card, Chip, label, row


class DraftCard(Card):
    """What is typed stays while the group is shown; `Keep this draft` saves it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("A deal at the table"), "")
        self._desk = desk
        self.found: GroupFile | None = None
        self.party, self.kind, self.amount = Choice(), Choice(), QLineEdit()
        self.amount.setPlaceholderText(_("As in 5000万"))
        for kind in ExposureKind:
            self.kind.addItem(kind_name(kind), kind.value)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for at, (name, editor) in enumerate(
            ((_("Member"), self.party), (_("Kind"), self.kind), (_("Amount"), self.amount))
        ):
            editor.setAccessibleName(name)
            editor.setMinimumWidth(60)
            grid.addWidget(label(name, "field"), 0, at)
            grid.addWidget(editor, 1, at)
            grid.setColumnStretch(at, (3, 2, 2)[at])
        self.light = Chip("", "plain")
        self.wrong = label("", "error", wrap=True)
        self.said = label("", "soft", wrap=True)
        self.bars = LimitBars()
        self.keep = Button(_("Keep this draft"), self._keep, kind="small")
        self.add(grid, self.wrong, row(self.light, None, self.keep), self.said, self.bars)
        self.party.currentIndexChanged.connect(lambda _at: self.weigh())
        self.kind.currentIndexChanged.connect(lambda _at: self.weigh())
        self.amount.textChanged.connect(lambda _text: self.weigh())

    def show_group(self, found: GroupFile) -> None:
        """Offer the members of this group; what is typed for the same group stays."""
        before, same = self.party.currentData(), self.found is not None and self.found.id == found.id
        self.found = found
        self.party.blockSignals(True)
        self.party.clear()
        for party, name in found.names.items():
            self.party.addItem(name, party)
        self.party.setCurrentIndex(max(0, self.party.findData(before)) if same else 0)
        self.party.blockSignals(False)
        if not same:
            self.amount.clear()
        self.weigh()

    def weigh(self) -> None:
        """Show how the group would stand."""
        found, worth = self.found, self._worth()
        typed = found is not None and bool(self.amount.text().strip()) and worth is not None
        self.keep.setEnabled(typed)
        for part in (self.light, self.said, self.bars):
            part.setVisible(typed)
        if found is None or worth is None:
            return
        standing = found.standing(Draft(self.party.currentData(), self._kind(), worth.minor), drafts=True)
        self.light.say(_(LIGHTS[standing.light]), KINDS[standing.light])
        drafts = any(one.draft for one in found.exposures)
        said = [reason.said for reason in standing.cautions]
        self.said.setText(sentences(*said, _("Drafts that are kept count in.") if drafts else ""))
        self.bars.show_standing(standing, found.currency)

    def _kind(self) -> ExposureKind:
        return ExposureKind(self.kind.currentData())

    def _worth(self) -> Money | None:
        """The amount typed in the portfolio's currency; None, with what is wrong said, otherwise."""
        self.wrong.setText("")
        self.wrong.hide()
        if self.found is None:
            return None
        try:
            worth = amounts.typed(self.amount.text(), self.found.currency)
            if worth is not None and worth.currency != self.found.currency:
                raise Refused(N_("Name it in {currency}."), field="amount", currency=self.found.currency)
        except Refused as error:
            self.wrong.setText(error.said)
            self.wrong.show()
            return None
        return worth

    def _keep(self) -> None:
        from rmdesk.services.groups.credit import NoteExposure, Owed

        worth = self._worth()
        if worth is not None:
            party = RecordId(self.party.currentData())
            self._desk.perform(NoteExposure(party, Owed(self._kind(), worth, draft=True)), _("Draft kept"))
            self.amount.clear()
