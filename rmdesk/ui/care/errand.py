"""A desk for one form that was opened from the day's list: what the form does marks the client's row as done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmdesk.base.text import _
from rmdesk.models.kinds import Purpose
from rmdesk.services.care.rows import CareItem
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.tasks.task import Task

if TYPE_CHECKING:
    from rmdesk.services.care.dealt import Dealt
    from rmdesk.services.store.command import Command, Outcome

PAGES = frozenset({"log"})  # forms that are pages


class Errand:
    """Stands between a form and the desk, which does all but one thing: a command done is the row done, in one step
    of undo. A form that is left changes nothing. A form about another client, chosen in it, marks nothing."""

    def __init__(self, desk: Desk, item: CareItem, purpose: Purpose) -> None:
        self._desk = desk
        self._item, self._purpose = item, purpose

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)

    def ask(self, form: str, **filled: Any) -> None:
        """Open a form that does the errand."""
        self._desk.ask(form, through=self, **filled)

    def go(self, page: str, **what: Any) -> None:
        """Show a page; a form that is a page does the errand too."""
        self._desk.go(page, **what, **({"through": self} if page in PAGES else {}))

    def perform(self, command: Command[Any], said: Any = "") -> Task[Outcome[Any]]:
        """Do it and mark the row; the toast tells how the score changed."""
        from rmdesk.services.care.dealt import DealWith

        def told(outcome: Outcome[Any]) -> str:
            text = said(outcome) if callable(said) else said or _(command.label)
            change = score_change(outcome.result)
            return f"{text} · {change}" if change else str(text)

        return self._desk.perform(DealWith(self._item.client, command, self._purpose), told)


def score_change(dealt: Dealt) -> str:
    """The score before and after, as in "58.9 → 21.3"; empty when there is none to tell, or it reads the same."""
    if dealt.before is None or dealt.after is None:
        return ""
    before, after = f"{dealt.before:.1f}", f"{dealt.after:.1f}"
    return "" if before == after else f"{before} → {after}"
