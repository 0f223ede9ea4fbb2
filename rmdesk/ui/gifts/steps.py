"""The small questions on the way of a gift: bought, given, how it was received, returned, dropped, and the lead's."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.services.gifts import amounts
from rmdesk.services.gifts.gates import Over, over_said
from rmdesk.services.gifts.queries import GiftRow
from rmdesk.services.gifts.rules import Counted, Room
from rmdesk.services.gifts.shown import Shown
from rmdesk.services.gifts.tables import Rule
from rmdesk.services.gifts.words import LIKINGS
from rmdesk.services.store.command import Command
from rmdesk.ui.gifts import words
from rmdesk.ui.kit.day_field import DayField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.widgets import label

LINES = 84


class StepDialog(FormDialog):
    """A question about one gift, which is named at the top."""

    def __init__(self, desk: Desk, gift: GiftRow, title: str, said: str, *, answer: str = "") -> None:
        super().__init__(desk, title, said=said, answer=answer)
        self.gift = gift
        self.setMinimumWidth(520)
        about = " · ".join(part for part in (words.whom(gift), gift.title, words.cost(gift)) if part)
        self.explain(label(about, "soft", wrap=True))

    def day(self, text: str, earliest: date | None = None) -> None:
        """Ask for a day up to today."""
        self.form.add("on", text, DayField(clock.today(), earliest=earliest, latest=clock.today()), needed=True)

    def lines(self, name: str, text: str, *, needed: bool = False, note: str = "") -> None:
        """Ask for a text of several lines."""
        editor = QPlainTextEdit()
        editor.setFixedHeight(LINES)
        editor.setTabChangesFocus(True)
        self.form.add(name, text, editor, needed=needed, note=note)

    @property
    def on(self) -> date:
        """The day that was entered."""
        day: date | None = self.form.value("on")
        if day is None:
            raise Refused(N_("Enter a day."), field="on", code="no_day")
        return day

    def cost(self, note: str = "") -> None:
        """Ask what it costs."""
        written = amounts.written(self.gift.cost_minor, self.gift.currency, self.gift.home)
        self.form.add("cost", _("Cost"), QLineEdit(written), needed=True, note=note)

    @property
    def priced(self) -> tuple[int, str]:
        """The cost that was entered, in minor units, and its currency; Refused beside the field without one."""
        cost = amounts.typed(self.form.value("cost"), self.gift.home)
        if cost is None:
            raise Refused(
                N_("The cost is not known, and unknown is not zero."), do=N_("Enter what it costs."), field="cost",
                code="no_cost",
            )  # fmt: skip
        return cost.minor, cost.currency


class BuyDialog(StepDialog):
    """What it cost, and when it was bought."""

    def __init__(self, desk: Desk, gift: GiftRow) -> None:
        super().__init__(desk, gift, _("Gift bought"), _("Gift noted as bought"))
        self.cost(_("Without tax and delivery."))
        self.day(_("Bought on"))
        self.form.side_by_side("cost", "on")
        self.form.fields["cost"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gifts.commands import BuyGift

        minor, currency = self.priced
        return BuyGift(self.gift.id, minor, currency, self.on)


class GiveDialog(StepDialog):
    """When it was handed over; before approval only as a breach that stays on record."""

    def __init__(self, desk: Desk, gift: GiftRow) -> None:
        super().__init__(desk, gift, _("Gift given"), _("Gift noted as given"))
        self.day(_("Given on"))
        self.breach = QCheckBox()
        note = _("It stays on record as a breach, and the team lead sees it.")
        self.form.add("breach", _("It was given already, before approval"), self.breach, note=note)
        self.form.fields["breach"].hide()
        self.form.fields["on"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gifts.commands import GiveGift

        return GiveGift(self.gift.id, self.on, knowingly=self.breach.isVisible() and self.breach.isChecked())

    def _failed(self, error: BaseException) -> None:
        super()._failed(error)
        if isinstance(error, Refused) and error.code == "needs_approval":
            self.form.fields["breach"].show()


class ReactionDialog(StepDialog):
    """How it was received."""

    def __init__(self, desk: Desk, gift: GiftRow) -> None:
        super().__init__(desk, gift, _("How was it received?"), _("Reaction noted"))
        self.lines("reaction", _("Reaction"))
        pairs = [(str(value), _(name)) for value, name in LIKINGS.items()]
        self.form.add("liking", _("Liked"), choices(("", _("can't tell")), *pairs))
        self.form.fill(reaction=gift.reaction, liking=str(gift.liking or ""))
        self.form.fields["reaction"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gifts.commands import NoteReaction

        liking = str(self.form.value("liking"))
        return NoteReaction(self.gift.id, self.form.value("reaction"), int(liking) if liking.isdigit() else None)


class ReturnDialog(StepDialog):
    """When it came back, and why; what it cost no longer counts."""

    def __init__(self, desk: Desk, gift: GiftRow) -> None:
        super().__init__(desk, gift, _("Gift returned"), _("Gift noted as returned"))
        self.day(_("Returned on"), gift.given_on)
        self.lines("why", _("Why"))
        self.form.fields["why"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gifts.commands import ReturnGift

        return ReturnGift(self.gift.id, self.on, self.form.value("why"))


class DropDialog(StepDialog):
    """Why it is given up."""

    def __init__(self, desk: Desk, gift: GiftRow) -> None:
        super().__init__(desk, gift, _("Drop gift"), _("Gift dropped"), answer=_("Drop gift"))
        self.lines("why", _("Why"))
        self.form.fields["why"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gifts.commands import DropGift

        return DropGift(self.gift.id, self.form.value("why"))


class AskDialog(StepDialog):
    """Why the lead should allow it, at which cost."""

    def __init__(self, desk: Desk, gift: GiftRow) -> None:
        super().__init__(desk, gift, _("Ask for approval"), _("Request noted for the lead"), answer=_("Ask"))
        self.cost(_("The approval holds up to this cost; a dearer gift needs a new one."))
        self.lines("reason", _("Why it is worth it"), needed=True)
        self.form.fill(reason=gift.why)
        self.form.fields["reason"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gifts.approvals import AskApproval

        return AskApproval(self.gift.id, self.form.value("reason"), *self.priced)


class DecideDialog(StepDialog):
    """The lead's answer."""

    def __init__(self, desk: Desk, gift: GiftRow) -> None:
        super().__init__(desk, gift, _("Decide on gift"), _("Answer noted"), answer=_("Give answer"))
        asked = gift.approval
        assert asked is not None
        reason = _("{who} asks for {cost}: {reason}").format(
            who=asked.asked_by, cost=Shown(asked.cost_minor, gift.home), reason=asked.reason
        )
        self.request = asked.id
        for one in asked.passed:
            over = over_said(
                Over(Room("", one.limit, one.limit_minor, Counted(unknown=one.unknown)), one.over_minor), gift.home
            )
            rule = Rule(one.rule_en, one.rule_zh, "").said(limit=Shown(one.limit_minor, gift.home))
            self.extra.addWidget(label(f"{over.said}. {rule}", "note", wrap=True))
        self.form.add("verdict", _("Answer"), choices(("yes", _("Approve")), ("no", _("Refuse"))), note=reason)
        self.lines("comment", _("Comment"), note=_("Needed for a refusal."))
        self.form.fields["verdict"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gifts.approvals import DecideApproval

        return DecideApproval(self.request, self.form.value("verdict") == "yes", self.form.value("comment"))


class RevokeDialog(StepDialog):
    """Why an approval is taken back."""

    def __init__(self, desk: Desk, gift: GiftRow) -> None:
        super().__init__(desk, gift, _("Revoke approval"), _("Approval revoked"), answer=_("Revoke approval"))
        assert gift.approval is not None
        self.request = gift.approval.id
        self.lines("comment", _("Why"), needed=True)
        self.form.fields["comment"].editor.setFocus()

    def command(self) -> Command[Any]:
        from rmdesk.services.gifts.approvals import RevokeApproval

        return RevokeApproval(self.request, self.form.value("comment"))
