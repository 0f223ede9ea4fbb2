"""Asks why the weights are changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from rmdesk.base.text import _
from rmdesk.models.kinds import Purpose
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog

if TYPE_CHECKING:
    from rmdesk.services.insights.commands import ChangeWeights


class WeightsDialog(FormDialog):
    """One line, which stays with the change."""

    def __init__(self, desk: Desk, purpose: Purpose, weights: Mapping[str, float]) -> None:
        super().__init__(desk, _("Change the weights?"), answer=_("Apply"), said=_("Weights changed"))
        self._purpose, self._weights = purpose, dict(weights)
        note = _(
            "It stays in the change records. The list of every day is made with the new weights; Undo takes it back."
        )
        self.form.add("why", _("Why"), QLineEdit(), needed=True, note=note)

    def command(self) -> ChangeWeights:
        from rmdesk.services.insights.commands import ChangeWeights

        return ChangeWeights(self._purpose, self._weights, self.form.value("why"))


def ask_why(desk: Desk, purpose: Purpose, weights: Mapping[str, float]) -> WeightsDialog:
    """Open the question."""
    dialog = WeightsDialog(desk, purpose, weights)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
