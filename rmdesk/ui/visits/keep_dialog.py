"""Keeping promises: which of those that are open for a client were kept, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.services.store.command import Command
from rmdesk.services.visits.rows import PromiseRow
from rmdesk.ui.kit import format
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog

SHOWN = 8  # a longer ledger is worked through on its page


class KeepDialog(FormDialog):
    """A tick for each open promise, the one that waits longest first and ticked already."""

    def __init__(self, desk: Desk, promises: Sequence[PromiseRow]) -> None:
        name = promises[0].name
        super().__init__(
            desk, _("Keep promise: {name}").format(name=name), answer=_("Kept"),
            said=_("{name}: promise kept").format(name=name),
        )  # fmt: skip
        self._promises = {f"promise{at}": promise for at, promise in enumerate(promises[:SHOWN])}
        for at, (field, promise) in enumerate(self._promises.items()):
            tick = QCheckBox()
            due = _("due {day}").format(day=format.short_day(promise.due_on))
            self.form.add(field, f"{promise.text} · {due}", tick)
            tick.setChecked(at == 0)
        self.form.add("outcome", _("What came of it"), QLineEdit())
        self.form.fields["outcome"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.store.several import Several
        from rmdesk.services.visits.promises import KeepPromise

        kept = [one for field, one in self._promises.items() if self.form.value(field)]
        if not kept:
            raise Refused(N_("No promise is ticked."), do=N_("Tick the ones you kept."), code="none")
        outcome = self.form.value("outcome")
        steps = tuple(KeepPromise(promise.id, outcome) for promise in kept)
        return steps[0] if len(steps) == 1 else Several(steps)
