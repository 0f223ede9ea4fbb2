"""The profile tab of a client's file: the nine-grid, likes and taboos, and at the side what to ask and may be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rmdesk.base.errors import Known
from rmdesk.base.record import replace
from rmdesk.base.text import _
from rmdesk.models.kinds import Answer, Taste, Topic
from rmdesk.services.profile import queries
from rmdesk.services.profile.rows import Block, ChipUse, Profile
from rmdesk.services.profile.rules import Question
from rmdesk.services.store.reads import Reads
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.file_tab import FileTab
from rmdesk.ui.kit.panes import Panes
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import column
from rmdesk.ui.profile import dialogs
from rmdesk.ui.profile.grid import KycGrid
from rmdesk.ui.profile.side import CompleteCard, ConsentCard, ManCard, PrivacyCard, ReachCard
from rmdesk.ui.profile.tastes import TasteCard

Offers = dict[Taste, list[tuple[ChipUse, str]]]


def _reached(part: QWidget) -> list[QWidget]:
    """What in it the Tab key goes to, in order."""
    return [one for one in part.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]


class ProfileTab(FileTab):
    """Shows and edits what the manager knows of a client."""

    watches: ClassVar[frozenset[Topic]] = frozenset({Topic.PROFILE, Topic.SEGMENTS, Topic.CLIENTS, Topic.RELATIONS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.profile: Profile | None = None
        self.tastes = TasteCard()
        self.grid = KycGrid()
        self.complete = CompleteCard()
        self.reach = ReachCard()
        self.man = ManCard()
        self.consents = ConsentCard()
        self.privacy = PrivacyCard()
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.tastes, self.grid, None, gap=16))
        right.setLayout(column(self.complete, self.reach, self.man, self.consents, self.privacy, None, gap=16))
        self.panes = Panes(
            scroller(left, "ground"), scroller(right, "ground"), (_("Profile"), _("How complete")), shares=(8, 5)
        )
        self.body.addWidget(self.panes)
        self.do_later(self._make_cells)
        self.tastes.changed.connect(self.set_tastes)
        self.tastes.confirmed.connect(self.confirm_tastes)
        self.grid.edit.connect(self.edit_block)
        self.grid.confirm.connect(self.confirm_block)
        self.complete.asked.connect(self.fill_in)
        self.reach.edit.connect(self.edit_reach)
        self.reach.reveal.connect(self.reveal)
        self.man.answered.connect(self.answer)
        self.consents.asked.connect(self.note_consent)
        self.privacy.asked.connect(self.show_privacy)

    def _make_cells(self) -> None:
        """The cells, in their place among what the Tab key goes through."""
        before = _reached(self.tastes)[-1]
        for cell in self.grid.cells.values():
            for part in (cell, *_reached(cell)):
                QWidget.setTabOrder(before, part)
                before = part

    @property
    def editing(self) -> bool:
        """Whether a chip is being typed."""
        return self.tastes.typing

    def half_written(self) -> dict[str, Any] | None:
        return self.tastes.typed() or None

    def write_on(self, typed: dict[str, Any]) -> None:
        self.tastes.write_on(typed)

    def reload(self) -> None:
        if self.client is None:
            return
        self.fetch(queries.profile_of, self.client).done.connect(self.show_profile)
        self.fetch(_offers).done.connect(self.show_offers)

    def show_profile(self, profile: Profile) -> None:
        """Show what is known."""
        self.profile = profile
        cards = (self.tastes, self.grid, self.complete, self.reach, self.consents)
        self.in_slices((*(partial(card.show_profile, profile) for card in cards),
                        partial(self.man.show_answers, profile.man)))  # fmt: skip

    def show_offers(self, offers: Offers) -> None:
        """What chips may be completed to."""
        for taste, uses in offers.items():
            self.tastes.offer(taste, uses)

    # Acting.

    def set_tastes(self, taste: Taste, texts: tuple[str, ...]) -> None:
        """Keep the chips as they are now; a refused one goes back into the line."""
        from rmdesk.services.profile.commands import SetPreferences

        if self.client is not None:
            said = _("Likes saved") if taste is Taste.LIKE else _("Taboos saved")
            task = self.desk.perform(SetPreferences(self.client, taste, texts), said)
            task.failed.connect(lambda error: self._refused(taste, error))

    def confirm_tastes(self, taste: Taste) -> None:
        """Say that they still hold."""
        from rmdesk.services.profile.commands import ConfirmPreferences

        if self.client is not None:
            self.desk.perform(ConfirmPreferences(self.client, taste), _("Confirmed for today"))

    def confirm_block(self, block: Block) -> None:
        """Say that a block still holds."""
        from rmdesk.services.segments.commands import ConfirmKycBlock

        if self.client is not None:
            command = ConfirmKycBlock(self.client, block.area, block.tense, block.text)
            self.desk.perform(command, _("Confirmed for today"))

    def edit_block(self, block: Block | None) -> None:
        """Write what is known."""
        if self.client is not None and block is not None:
            asked = f"kyc.{block.area}.{block.tense}"
            missing = self.profile.completeness.missing if self.profile else ()
            question = next((one.text.said for one in missing if one.field == asked), "")
            dialogs.open_block(self.desk, self.client, block, question)

    def edit_reach(self) -> None:
        """Change how to reach the client; the form shows WeChat in full, which is put on record."""
        if self.profile is not None and self.profile.reach.wechat:
            self._show_wechat(self._edit_reach)
        else:
            self._edit_reach("")

    def reveal(self) -> None:
        """Show WeChat in full."""
        self._show_wechat(self.reach.show_number)

    def _edit_reach(self, wechat: str) -> None:
        if self.client is not None and self.profile is not None:
            dialogs.open_reach(self.desk, self.client, replace(self.profile.reach, wechat=wechat))

    def _show_wechat(self, then: Callable[[str], object]) -> None:
        from rmdesk.services.clients.commands import ShowNumber

        if self.client is not None:
            task = self.tasks.perform(ShowNumber(self.client, "wechat"))
            task.done.connect(lambda outcome: then(outcome.result))

    def answer(self, letter: str, answer: Answer | None) -> None:
        """Answer one of Money, Authority, Need."""
        from rmdesk.services.segments.commands import AnswerMan

        if self.client is not None:
            self.desk.perform(AnswerMan(self.client, letter, answer), _("MAN answer noted"))

    def note_consent(self) -> None:
        """Note a consent given or withdrawn."""
        dialogs.open_consent(self.desk, self.client)

    def show_privacy(self) -> None:
        """Show what is kept on the client."""
        name = self.profile.name if self.profile is not None else ""
        self.desk.ask("privacy", client=self.client, name=name)

    def fill_in(self, question: Question) -> None:
        """Go to where a question is answered."""
        kind, _dot, rest = question.field.partition(".")
        if question.field in ("likes", "taboos"):
            self.tastes.fields[Taste.LIKE if question.field == "likes" else Taste.TABOO].field.line.setFocus()
        elif kind == "kyc":
            area, _dot, tense = rest.partition(".")
            self.edit_block(self.grid.cells[area, tense].block)
        elif kind == "man":
            self.man.buttons[rest, Answer.YES].setFocus()
        elif question.field in ("preferred_channel", "preferred_hours", "district", "wechat"):
            self.edit_reach()
        elif question.field == "consent":
            self.note_consent()
        else:
            self.desk.toast(_("The bank keeps this. Have it corrected there."))

    def _refused(self, taste: Taste, error: BaseException) -> None:
        if isinstance(error, Known):
            self.tastes.fields[taste].refuse(error)
        else:
            self.desk.tell(error)


def _offers(reads: Reads) -> Offers:
    from rmdesk.services.clients.pinyin import reading

    found: dict[Taste, list[tuple[ChipUse, Any]]] = {}
    for taste in Taste:
        uses = queries.chips_in_use(reads, taste)
        found[taste] = [(one, reading(one.text, company=True).initials.casefold()) for one in uses]
    return found
