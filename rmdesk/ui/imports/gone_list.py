"""What the files no longer tell of: asked first whether they hold all, then what to do about the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from rmdesk.base.text import N_, _, plural
from rmdesk.services.imports.gone import ENDING, Gone
from rmdesk.services.imports.plan import Missing
from rmdesk.services.imports.records import Entity
from rmdesk.ui.imports import words
from rmdesk.ui.kit.columns import STRONG, Column
from rmdesk.ui.kit.empty import Notice
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.widgets import Card, column, label, row

WHOLE = {
    Entity.CLIENT: N_("All my clients"),
    Entity.ACCOUNT: N_("All their accounts"),
    Entity.HOLDING: N_("All their holdings"),
}
ENDED = {
    Entity.CLIENT: N_("Mark missing clients as closed"),
    Entity.ACCOUNT: N_("Mark missing accounts as closed"),
    Entity.HOLDING: N_("Mark missing holdings as ended"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list."""

    number: int
    entity: Entity
    gone: Gone


class GoneList(QWidget):
    """`changed` tells that another answer was given."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.whole = {entity: QCheckBox(_(text)) for entity, text in WHOLE.items()}
        self.ended = {entity: QCheckBox(_(text)) for entity, text in ENDED.items()}
        for entity in ENDING:
            self.whole[entity].clicked.connect(lambda _on: self.changed.emit())
            self.ended[entity].setVisible(False)
        asking = Card(_("What do these files hold all of?"))
        asking.add(
            label(
                _("Only then does missing mean gone. Nothing is deleted; what has gone can be marked."),
                "soft",
                wrap=True,
            ),
            row(*self.whole.values(), None, gap=16),
            row(*self.ended.values(), None, gap=16),
        )
        self.table: RowTable[Line] = RowTable(
            (
                Column("kind", N_("Kind"), lambda line: words.kind(line.entity), 110, sorts=False),
                Column("key", N_("Key"), lambda line: line.gone.key or "", 240, STRONG, sorts=False),
                Column("name", N_("Name"), lambda line: line.gone.name, 200, sorts=False),
            ),
            lambda line: line.number,
            title=_("What has gone"),
        )
        self._count = label("", "note")
        self._nothing = Notice("", icon="check")
        box = column(asking, self.table, self._count, self._nothing, gap=12)
        box.setStretch(1, 1)
        box.setStretch(3, 1)
        self.setLayout(box)

    def choices(self) -> tuple[frozenset[Entity], frozenset[Entity]]:
        """Of which kinds the files hold all, and which of these are to be closed."""
        whole = frozenset(entity for entity, box in self.whole.items() if box.isChecked())
        return whole, frozenset(entity for entity, box in self.ended.items() if box.isChecked() and entity in whole)

    def show_gone(self, gone: Mapping[Entity, Missing]) -> None:
        """What is missing of each kind that is held whole."""
        pairs = [(entity, one) for entity, missing in gone.items() for one in missing.samples]
        self.table.set_rows([Line(number, entity, one) for number, (entity, one) in enumerate(pairs)])
        total = sum(missing.count for missing in gone.values())
        self.table.setVisible(bool(pairs))
        self._count.setVisible(bool(pairs))
        self._count.setText(plural("{count} is no longer told of", "{count} are no longer told of", total))
        for entity, box in self.ended.items():
            box.setVisible(entity in gone and gone[entity].count > 0)
        self._nothing.setVisible(not pairs)
        self._nothing.say(
            _("Nothing is missing.") if gone else _("Say above what the files hold all of, to see what has gone."),
            icon="check" if gone else "info",
        )
