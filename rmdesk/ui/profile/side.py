"""The cards at the side of a profile: how complete, how to reach, Money-Authority-Need, consents."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLayout, QProgressBar, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import Answer
from rmdesk.services.profile.rows import ConsentRow, ManRow, Profile
from rmdesk.services.profile.rules import Question
from rmdesk.ui.kit import format, names
from rmdesk.ui.kit.widgets import Button, Card, Chip, Figure, block, clear, column, label, row
from rmdesk.ui.profile import words

ASKED = 5  # questions shown; the rest is counted


class CompleteCard(Card):
    """How complete the profile is, and what to ask next. `asked(question)` tells which was clicked."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("How complete"))
        self.percent = Figure("", size=26, bold=True, left=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._questions = column(gap=6)
        self.add(self.percent, self.bar, label(_("Ask at the next visit"), "field"), self._questions)

    def show_profile(self, profile: Profile) -> None:
        """Show the share and the weightiest questions."""
        done = profile.completeness
        self.percent.setText(format.percent(done.percent / 100))
        self.bar.setValue(done.percent)
        self.bar.setAccessibleName(_("Profile complete: {percent}").format(percent=self.percent.text()))
        clear(self._questions)
        lines: list[QLayout | QWidget] = [self._line(question) for question in done.missing[:ASKED]]
        more = len(done.missing) - ASKED
        if more > 0:
            lines.append(label(_("{count} more to ask").format(count=more), "note"))
        if not done.missing:
            lines.append(label(_("Nothing is missing."), "note"))
        self._questions.addWidget(block(*lines, gap=6))

    def _line(self, question: Question) -> QLayout:
        text = label(question.text.said, "", wrap=True)
        text.setToolTip(question.short.said)
        fill = Button(_("Fill in"), partial(self.asked.emit, question), kind="link")
        fill.setAccessibleName(_("Fill in: {what}").format(what=question.short.said))
        line = row(text, *((Chip(_("old"), "overdue"),) if question.stale else ()), fill, gap=8)
        line.setStretch(0, 1)
        return line


class ReachCard(Card):
    """How the client likes to be reached. `edit` asks to change it, `reveal` to see WeChat in full."""

    edit = Signal()
    reveal = Signal()

    def __init__(self) -> None:
        super().__init__(_("How to reach"))
        self.change = Button(_("Edit"), self.edit.emit, kind="link")
        self.change.setAccessibleName(_("Edit how to reach the client"))
        self.corner.addWidget(self.change)
        self._lines = column(gap=6)
        self.wechat = label("", "", select=True)
        self.show_wechat = Button(_("Show"), self.reveal.emit, kind="link", hint=_("Shown numbers are put on record"))
        self.show_wechat.setAccessibleName(_("Show WeChat"))
        self.add(self._lines, row(label(_("WeChat"), "field"), self.wechat, self.show_wechat, None, gap=10))

    def show_number(self, text: str) -> None:
        """Show WeChat in full."""
        self.wechat.setText(text)
        self.show_wechat.hide()

    def show_profile(self, profile: Profile) -> None:
        """Show what is known."""
        clear(self._lines)
        self.wechat.setText(profile.reach.wechat or format.UNKNOWN)
        self.show_wechat.setVisible(bool(profile.reach.wechat))
        reach, lines = profile.reach, []
        for name, value in (
            (_("Preferred channel"), names.channel(reach.channel)),
            (_("Preferred hours"), reach.hours),
            (_("District"), reach.district),
        ):
            text = label(value or format.UNKNOWN, "", wrap=True, select=True)
            line = row(label(name, "field"), text, gap=10)
            line.setStretch(1, 1)
            lines.append(line)
        self._lines.addWidget(block(*lines, gap=6))


class ManCard(Card):
    """Money, Authority, Need: yes, no or unknown, each by one click. `answered(letter, answer)`."""

    answered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(_("MAN"), _("Money, Authority, Need"))
        self.buttons: dict[tuple[str, Answer | None], Button] = {}
        self._days = {}
        self._groups = []
        for letter, name in words.LETTERS.items():
            group = QButtonGroup(self)
            parts = []
            for answer, said in words.ANSWERS.items():
                button = Button(_(said), partial(self.answered.emit, letter, answer), kind="filter")
                button.setCheckable(True)
                button.setAccessibleName(f"{_(name)}: {_(said)}")
                group.addButton(button)
                self.buttons[letter, answer] = button
                parts.append(button)
            self._groups.append(group)
            self._days[letter] = label("", "note")
            self.add(row(label(letter, "strong"), label(_(name)), self._days[letter], None, *parts, gap=6))

    def show_answers(self, rows: tuple[ManRow, ...]) -> None:
        """Show what was answered, and when."""
        for one in rows:
            self.buttons[one.letter, one.answer].setChecked(True)
            self._days[one.letter].setText(format.short_day(one.answered_on) if one.answered_on else "")


class ConsentCard(Card):
    """Consents in force, with their day, and the history behind them. `note` asks to note one."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Consents"))
        self.change = Button(_("Note it"), self.asked.emit, kind="link", name=_("Note consent"))
        self.corner.addWidget(self.change)
        self._lines = column(gap=8)
        self.add(self._lines)

    def show_profile(self, profile: Profile) -> None:
        """Show those in force; what the bank told counts where the desk noted nothing."""
        clear(self._lines)
        held = [one for one in profile.consents if one.holds]
        noted = {one.kind for one in held}
        lines: list[QLayout | QWidget] = []
        if "marketing" not in noted and profile.marketing is not None:
            chip = _chip(profile.marketing)
            lines.append(row(label(_("Marketing")), None, label(_("as told by the bank"), "note"), chip))
        lines += [self._line(one) for one in held]
        before = len(profile.consents) - len(held)
        if before:
            past = [one for one in profile.consents if not one.holds]
            said = "\n".join(_history(one) for one in past)
            more = label(_("{count} earlier").format(count=before), "note")
            more.setToolTip(said)
            more.setAccessibleDescription(said)
            lines.append(more)
        if not held and profile.marketing is None:
            lines.append(label(_("No consent has been asked for yet."), "note", wrap=True))
        self._lines.addWidget(block(*lines))

    def _line(self, one: ConsentRow) -> QLayout:
        name = words.CONSENTS[one.kind]
        title = _(name) if not one.person else f"{_(name)} · {one.person}"
        told = " · ".join(part for part in (format.day(one.on), one.how, one.by) if part)
        head = row(label(title, wrap=True), _chip(one.given), gap=8)
        head.setStretch(0, 1)
        return column(head, label(told, "note", wrap=True), gap=0)


class PrivacyCard(Card):
    """Leads to what is kept on the client, a copy of it, and its erasure. `asked` opens that."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Privacy"))
        about = _("Each field has a class, a purpose and a time it is kept.")
        self.open = Button(_("What we keep on this client"), self.asked.emit, kind="small", icon="shield")
        self.add(label(about, "note", wrap=True), row(self.open, None))


def _chip(given: bool) -> Chip:
    return Chip(_("given"), "good") if given else Chip(_("withdrawn"), "risk")


def _history(one: ConsentRow) -> str:
    said = _("given") if one.given else _("withdrawn")
    return f"{format.day(one.on)} {_(words.CONSENTS[one.kind])}: {said}"
