"""What a client holds at other banks, and how far the next tier is."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLayout, QSizePolicy

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.products.elsewhere import ElsewhereRow, Gap, Known
from rmdesk.services.products.tables import kind_name
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row
from rmdesk.ui.products import dialogs


class ElsewhereCard(Card):
    """Set `client` first; what was confirmed long ago says so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Held elsewhere"), "")
        self._desk = desk
        self.client: ClientId | None = None
        self._home = "CNY"
        self.add_one = Button(_("Add"), self._note, kind="small", icon="plus", name=_("Note assets elsewhere"))
        self.corner.addWidget(self.add_one)
        self.gap = label("", "soft", wrap=True)
        self._rows = column(gap=8)
        self.add(self.gap, self._rows)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_known(self, known: Known) -> None:
        """Show it."""
        self._home = known.home
        self.gap.setText("" if known.gap is None else _gap(known.gap))
        self.gap.setVisible(known.gap is not None)
        clear(self._rows)
        if not known.rows:
            self._rows.addWidget(label(_("Nothing is known. Ask what lies at other banks."), "note", wrap=True))
        for held in known.rows:
            self._rows.addLayout(self._line(held))

    def _line(self, held: ElsewhereRow) -> QLayout:
        amount = format.short_amount(held.amount_minor, held.currency, sign=True) if held.amount_minor else _("unknown")
        day = format.short_day(held.confirmed_on)
        told = _("confirmed {day}") if held.fresh else _("confirmed {day}, ask again")
        notes = [told.format(day=day)]
        if held.matures_on is not None:
            notes.append(_("matures {day}").format(day=format.short_day(held.matures_on)))
        edit = Button("", partial(self._edit, held), kind="icon", icon="edit", hint=_("Edit"))
        drop = Button("", partial(self._drop, held), kind="icon", icon="close", hint=_("Remove"))
        top = row(label(held.place, "strong"), Chip(kind_name(held.kind)), None, label(amount, "strong"), edit, drop)
        text = label(" · ".join(notes), "note", wrap=True)
        made = column(top, text, gap=2)
        if held.note:
            made.addWidget(label(held.note, "note", wrap=True))
        return made

    def _note(self) -> None:
        if self.client is not None:
            dialogs.open_elsewhere(self._desk, self.client, self._home)

    def _edit(self, held: ElsewhereRow) -> None:
        dialogs.open_elsewhere(self._desk, held.client, self._home, held)

    def _drop(self, held: ElsewhereRow) -> None:
        from rmdesk.services.products.noting import RemoveElsewhere

        self._desk.perform(RemoveElsewhere(RecordId(held.id)), _("Removed"))


def _gap(gap: Gap) -> str:
    missing = format.short_amount(gap.missing_minor, gap.currency, sign=True)
    said = _("{missing} short of {tier}.").format(missing=missing, tier=gap.tier)
    if gap.elsewhere_minor and gap.reaches:
        said += " " + _("What lies elsewhere would do.")
    elif gap.elsewhere_minor:
        share = format.percent(gap.elsewhere_minor / gap.missing_minor)
        said += " " + _("What lies elsewhere makes {share} of it.").format(share=share)
    return said
