"""What stands beside the form: a short brief on the client, and what saving will change."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLayout, QWidget

from rmdesk.base.text import _, plural
from rmdesk.services.visits.short import After, ShortBrief
from rmdesk.ui.kit import format
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.widgets import Card, Chip, block, clear, label, row
from rmdesk.ui.visits import words


def line(text: str, chip: str = "", kind: str = "plain") -> QLayout:
    """A sentence that wraps, with a chip behind it."""
    said = label(text, "soft", wrap=True)
    if not chip:
        return row(said)
    box = row(said, Chip(chip, kind), gap=8)
    box.setStretch(0, 1)
    return box


class BriefCard(Card):
    """Who it is, in a few lines."""

    def __init__(self) -> None:
        super().__init__(_("Visit brief"), gap=7)
        self.show_nobody()

    def show_nobody(self) -> None:
        """No client is chosen yet."""
        clear(self.body)
        self.add(
            label(_("Choose a client: last contact, promises, days ahead and taboos appear here."), "note", wrap=True)
        )

    def show_brief(self, brief: ShortBrief) -> None:
        """Show what is known."""
        clear(self.body)
        self.add(block(*self._parts(brief), gap=7))

    def _parts(self, brief: ShortBrief) -> Iterable[QLayout]:
        last = brief.last
        if last is None:
            yield line(_("No contact on record."))
        else:
            about = (last.content or last.purpose).splitlines()[0][:60] if last.content or last.purpose else ""
            said = _("Last {day}, {channel}").format(day=format.short_day(last.on), channel=words.channel(last.channel))
            yield line(f"{said} · {about}" if about else said)
        for promise in brief.promises:
            chip, kind = (_("not kept"), "risk") if promise.overdue else (format.days_ahead(promise.due_on), "overdue")
            yield line(_("Promised: {text}").format(text=promise.text), chip, kind)
        for one in brief.occasions:
            yield line(f"{format.short_day(one.on)} {one.title.said}", format.days_ahead(one.on), "occasion")
        for money in brief.maturities:
            amount = format.short_amount(money.amount_minor, money.currency)
            yield line(
                _("{name} {amount} matures").format(name=money.name, amount=amount), format.short_day(money.on), "value"
            )
        if brief.taboos:
            yield line(_("Avoid: {things}").format(things=_(", ").join(brief.taboos)))
        if brief.likes:
            yield line(_("Likes: {things}").format(things=_(", ").join(brief.likes)))
        for question in brief.questions[:2]:
            yield line(_("Ask: {question}").format(question=question.text.said))


class AfterCard(Card):
    """What saving will change."""

    def __init__(self) -> None:
        super().__init__(_("After saving"), gap=7)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No client is chosen yet."""
        clear(self.body)
        self.add(line(_("Kept in this computer, encrypted.")))

    def show_after(self, told: After, *, two_way: bool, task: bool, promises: int) -> None:
        """Show what changes, and what does not."""
        clear(self.body)
        self.add(block(*self._parts(told, two_way=two_way, task=task, promises=promises), gap=7))

    def _parts(self, told: After, *, two_way: bool, task: bool, promises: int) -> Iterable[QLayout]:
        if told.excluded is not None:
            yield line(_("Not on the care list: {why}").format(why=told.excluded.said))
        elif told.before is not None and told.after is not None:
            yield line(
                _("Care priority {before} → {after}").format(before=f"{told.before:.1f}", after=f"{told.after:.1f}")
            )
        if not two_way:
            yield line(_("Without an answer the last contact stays as it is."))
        elif told.older:
            yield line(_("The last contact stays {day}: this visit is older.").format(day=format.short_day(told.last)))
        if told.late:
            yield line(_("Entered more than 24 hours later:"), _("late entry"), "occasion")
        if told.marketing_full:
            yield line(_("Marketing contacts of the last 30 days are used up."), _("service only"), "risk")
        if task:
            yield line(_("The next step becomes a task."))
        if promises:
            yield line(
                plural("{count} promise goes into the ledger.", "{count} promises go into the ledger.", promises)
            )
        yield line(_("Kept in this computer, encrypted."))


class Gaps(QWidget):
    """What is still unknown of the client and could be asked in passing."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(6)
        self.setLayout(self._flow)
        self.hide()

    def show_gaps(self, names: Iterable[str]) -> None:
        """Show these as chips, or nothing."""
        self.hide()  # so that they do not appear one by one
        clear(self._flow)
        found = list(names)
        if found:
            self._flow.addWidget(label(_("Still unknown:"), "small"))
            for name in found:
                self._flow.addWidget(Chip(name, "occasion"))
            self._flow.addWidget(label(_("could be asked in passing"), "small"))
        self.setVisible(bool(found))
