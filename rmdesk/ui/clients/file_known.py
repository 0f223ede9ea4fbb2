"""Cards of the overview about the client as a person: likes and taboos, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from rmdesk.base.text import _
from rmdesk.models.kinds import Taste
from rmdesk.services.care.steps import Step
from rmdesk.services.profile.rows import Profile
from rmdesk.ui.kit.chip_line import ChipLine
from rmdesk.ui.kit.widgets import Button, Card, block, clear, label, row

NUMBERS = "①②③④⑤"


class TastesCard(Card):
    """What the client likes and cannot stand, in short."""

    def __init__(self, edit: Callable[[], object]) -> None:
        super().__init__(_("Likes and taboos"))
        self.corner.addWidget(Button(_("Edit"), edit, kind="link", name=_("Edit likes and taboos")))
        self.chips = ChipLine()
        self.none = label(_("No likes or taboos are noted yet."), "note", wrap=True)
        self.add(self.chips, self.none)

    def show_profile(self, profile: Profile) -> None:
        """Show the chips; each taboo says that it is one."""
        likes = [(text, "good") for text in profile.tastes(Taste.LIKE)]
        taboos = [(_("No {taboo}").format(taboo=text), "risk") for text in profile.tastes(Taste.TABOO)]
        self.chips.show_chips([*likes, *taboos])
        self.chips.setVisible(bool(likes or taboos))
        self.none.setVisible(not (likes or taboos))


class StepsCard(Card):
    """What to do next, numbered."""

    def __init__(self) -> None:
        super().__init__(_("Suggested next steps"))

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these; without any the card is not there."""
        clear(self.body)
        lines = []
        for number, step in zip(NUMBERS, steps, strict=False):
            at, text = label(number), label(step.text.said, wrap=True, select=True)
            line = row(at, text, gap=8)
            line.setAlignment(at, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            lines.append(line)
        self.add(block(*lines))
        self.setVisible(bool(steps))
