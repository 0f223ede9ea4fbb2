"""Beside what was refused: the way to the rule of the help that says so."""

from __future__ import annotations

from rmdesk.base.text import _
from rmdesk.ui.kit import helped
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.widgets import Button


class WhyLink(Button):
    """Hidden until a rule is offered; pressed, it opens the rule over what is being filled in."""

    def __init__(self) -> None:
        super().__init__(_("Why?"), self._open, kind="link", hint=_("The rule behind it"))
        self._rule = ""
        self._desk: Desk | None = None
        self.hide()

    def offer(self, rule: str, desk: Desk | None) -> None:
        """Lead to this rule; none for ""."""
        self._rule, self._desk = rule, desk
        helped.by_rule(self, rule)
        self.setVisible(bool(rule) and desk is not None and desk.can_ask("rule"))

    def _open(self) -> None:
        if self._desk is not None and self._rule:
            self._desk.ask("rule", rule=self._rule)
