"""Over a tab of the client's file: the records in it of which two versions wait to be settled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from rmdesk.base.text import _, plural
from rmdesk.models.kinds import ClientId
from rmdesk.services.store.reads import Reads
from rmdesk.ui.clients.tabs import OVERVIEW
from rmdesk.ui.clients.timeline import TABS
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.widgets import Button, Chip, clear, label, row

if TYPE_CHECKING:
    from rmdesk.services.sync.rows import DifferenceRow

SHOWN = 3
ALSO = {
    "preference": "profile", "kyc_block": "profile", "consent": "profile", "man_answer": "profile",
    "occasion": "occasions", "person": "relations", "household": "relations", "household_member": "relations",
    "gift_approval": "gifts", "complaint_step": "complaints",
}  # fmt: skip


class DifferenceBar(QFrame):
    """Hidden while nothing of what the tab shows waits. A press settles the record in a dialog."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: Sequence[DifferenceRow] = ()
        self._tab = OVERVIEW
        self.setProperty("role", "banner")
        self.setProperty("kind", "plain")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._said = label("", "strong")
        self._flow = Flow(8)
        places = QWidget()
        places.setLayout(self._flow)
        line = row(Chip(_("Unmerged version"), "occasion"), self._said, places, gap=12)
        line.setStretch(2, 1)
        line.setContentsMargins(14, 6, 10, 6)
        self.setLayout(line)
        self.hide()

    def show_rows(self, rows: Sequence[DifferenceRow]) -> None:
        """The open differences of the client."""
        self._rows = rows
        self._fill()

    def show_tab(self, name: str) -> None:
        """Only what this tab shows; the overview shows all."""
        self._tab = name
        self._fill()

    def _fill(self) -> None:
        found: dict[tuple[str, str], list[DifferenceRow]] = {}
        for one in self._rows:
            place = TABS.get(one.entity) or ALSO.get(one.entity, OVERVIEW)
            if self._tab in (OVERVIEW, place):
                found.setdefault((one.entity, one.entity_id), []).append(one)
        clear(self._flow)
        self.setVisible(bool(found) and self.parent() is not None)
        if not found:
            return
        self._said.setText(plural("{count} record to settle", "{count} records to settle", len(found)))
        self.setAccessibleName(self._said.text())
        for (entity, key), rows in list(found.items())[:SHOWN]:
            told = " · ".join(part for part in (rows[0].record.said, rows[0].about) if part)
            fields = _(", ").join(one.label for one in rows)
            press = partial(self._desk.ask, "difference", entity=entity, key=key)
            self._flow.addWidget(Button(f"{told}: {fields}"[:80], press, kind="link", name=f"{_('Settle')}: {told}"))
        if len(found) > SHOWN:
            more = _("All {count}").format(count=len(found))
            self._flow.addWidget(Button(more, partial(self._desk.go, "sync"), kind="link"))


def differences_of(reads: Reads, client: ClientId) -> tuple[DifferenceRow, ...]:
    """What waits of a client; nothing, at the cost of one row, without a hub."""
    if not reads.value("SELECT joined FROM sync_control"):
        return ()
    from rmdesk.services.sync.queries import differences

    return differences(reads, client)
