"""The right side of the page: the difference, the refused record or the late entry that is chosen at the left."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.sync.rows import DifferenceRow, LateField, LateRow, RefusedRow
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import confirm
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row
from rmdesk.ui.sync import words
from rmdesk.ui.sync.difference import DifferencePanel
from rmdesk.ui.sync.marked import MarkedText

SEALED = ("sealed", "locked")  # the lead approved it before the edit arrived
Shown = DifferenceRow | RefusedRow | LateRow
NAMES = 120  # pixels for the name of a field
# Where a record is shown: the tab of the client's file, or the page.
TABS = {
    "visit": "visits", "promise": "visits", "task": "visits", "gift": "gifts", "gift_approval": "gifts",
    "complaint": "complaints", "complaint_step": "complaints", "feedback": "complaints", "satisfaction": "complaints",
    "occasion": "occasions", "greeting": "occasions", "preference": "profile", "consent": "profile",
    "kyc_block": "profile", "man_answer": "profile", "relationship": "relations", "person": "relations",
    "household": "relations", "household_member": "relations", "referral": "relations",
    "invitation": "club", "club_term": "club", "benefit_use": "club", "points_entry": "club",
}  # fmt: skip
PAGES = {"journal": "journals", "playbook_card": "journals", "task": "visits", "setting": "settings",
         "gathering": "gatherings"}  # fmt: skip


class Detail(Card):
    """Shows one thing to settle; `settled` that it is, or is put off. Keys do what the buttons do."""

    settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("What to settle"), "")
        self.desk = desk
        self.shown: Shown | None = None
        self.head.setWordWrap(True)
        self.acts: dict[str, Button] = {}
        self._about = label("", "note", wrap=True)
        self._about.hide()
        self.difference = DifferencePanel(desk)
        self.difference.settled.connect(lambda _row: self.settled.emit())
        self.difference.left.connect(self.settled)
        self.difference.hide()
        self._parts = column(gap=12)
        inside = QWidget()
        inside.setLayout(column(self._about, self.difference, self._parts, None, gap=12))
        self._area = scroller(inside, "card")
        self.difference.began.connect(self._bring)
        self.add(self._area)

    @property
    def editing(self) -> bool:
        """Whether something is being written."""
        return isinstance(self.shown, DifferenceRow) and self.difference.writing

    def half_written(self) -> dict[str, Any] | None:
        """One's own text about a difference, while it is being written."""
        if not isinstance(self.shown, DifferenceRow) or not self.difference.writing:
            return None
        return {"of": list(self.shown.key), "text": self.difference.editor.toPlainText()}

    def write_on(self, typed: dict[str, Any]) -> None:
        """Put it back, if the same difference is shown."""
        if isinstance(self.shown, DifferenceRow) and list(self.shown.key) == typed.get("of"):
            self.difference.begin_writing()
            self.difference.editor.setPlainText(str(typed.get("text", "")))

    def show_row(self, one: Shown | None) -> None:
        """Show this; None asks to choose one."""
        if self.editing and isinstance(one, DifferenceRow) and one.key == self.difference.shown.key:  # type: ignore[union-attr]
            return
        self.shown = one
        self.acts.clear()
        clear(self._parts)
        clear(self.corner)
        self.difference.setVisible(isinstance(one, DifferenceRow))
        self._about.setVisible(one is not None)
        if one is None:
            self.title(_("What to settle"))
            self._parts.addWidget(label(_("Choose an entry at the left."), "note", wrap=True))
            return
        self.title(" · ".join(part for part in (one.name, one.record.said) if part))
        self._about.setText(one.about)
        self._about.setVisible(bool(one.about))
        place = self._place(one)
        if place:
            self.corner.addWidget(Button(_("Open record"), partial(self.desk.go, place[0], **place[1]), kind="link"))
        if isinstance(one, DifferenceRow):
            self.difference.show_difference(one)
        elif isinstance(one, RefusedRow):
            self._show_refused(one)
        else:
            self._show_late(one)

    def press(self, key: str) -> None:
        """Do what stands on a key."""
        if isinstance(self.shown, DifferenceRow):
            if key.isdecimal():
                self.difference.choose_number(int(key))
            elif key == "E":
                self.difference.begin_writing()
        elif key in self.acts and self.acts[key].isEnabled():
            self.acts[key].click()

    def open_record(self) -> None:
        """Go where the record is shown."""
        place = self._place(self.shown) if self.shown is not None else None
        if place:
            self.desk.go(place[0], **place[1])

    def _bring(self, part: QWidget) -> None:
        """Into sight, once it has its place."""
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part, 0, 8))

    # Refused.

    def _show_refused(self, one: RefusedRow) -> None:
        why = QFrame()
        why.setProperty("role", "banner")
        said = column(label(one.why.said, "strong", wrap=True), label(one.do.said, "soft", wrap=True), gap=2)
        said.setContentsMargins(14, 10, 14, 10)
        why.setLayout(said)
        self._parts.addWidget(why)
        self._parts.addWidget(label(_("What you wrote, {time}").format(time=words.when(one.at)), "field"))
        for name, value in one.fields:
            self._parts.addLayout(_line(name, MarkedText(value)))
        if not one.fields:
            self._parts.addWidget(label(_("The record was removed here."), "note", wrap=True))
        for name, value, author in one.others:
            text = _("Another version of {field}, by {author}").format(field=name, author=author or _("a colleague"))
            self._parts.addWidget(label(text, "field"))
            self._parts.addWidget(MarkedText(value))
        self._offer("1", _("Send once more"), partial(self._retry, one))
        self._offer("2", _("Take the team's version"), partial(self._take_theirs, one))
        if one.code in SEALED and one.fields:
            self._offer("3", _("Write as addendum"), partial(self._add_instead, one))

    def _retry(self, one: RefusedRow) -> None:
        from rmdesk.services.sync.settling import RetryRefused

        task = self.desk.perform(RetryRefused(one.entity, one.entity_id), _("It goes out with the next sync"))
        task.done.connect(lambda _outcome: self.settled.emit())

    def _add_instead(self, one: RefusedRow) -> None:
        from rmdesk.services.team.amending import TurnIntoAddendum

        text = "\n".join(f"{name}: {value}" for name, value in one.fields)
        task = self.desk.perform(TurnIntoAddendum(one.entity, one.entity_id, text), _("Addendum written"))
        task.done.connect(lambda _outcome: self.settled.emit())

    def _take_theirs(self, one: RefusedRow) -> None:
        text = (
            _("What you wrote here is replaced by what the team has. It can't be undone.")
            if one.known
            else _("The team has no such record: what you wrote is removed here.")
        )
        confirm(_("Take the team's version?"), text, _("Take it"), partial(self._taken, one), danger=True)

    def _taken(self, one: RefusedRow) -> None:
        from rmdesk.services.sync.settling import TakeTheirs

        said = _("The team's version comes with the next sync")
        task = self.desk.perform(TakeTheirs(one.entity, one.entity_id), said)
        task.done.connect(lambda _outcome: self._taken_up())

    def _taken_up(self) -> None:
        self.settled.emit()
        self.desk.sync_now()

    # Late entries.

    def _show_late(self, one: LateRow) -> None:
        when = words.when(one.at)
        text = _("Written offline by {name}, {time}; it arrived after the client had moved to you.")
        self._parts.addWidget(label(text.format(name=one.by, time=when), "soft", wrap=True))
        if one.deletes:
            self._parts.addWidget(row_of(Chip(_("Deletion"), "risk"), _("The record was to be removed.")))
        elif not one.exists:
            self._parts.addWidget(row_of(Chip(_("New record"), "value"), _("There is no such record yet.")))
        for field in one.fields:
            self._parts.addLayout(_late(field))
        self._offer(
            "1", _("Accept"), partial(self._accept, one), hint=_("It becomes an ordinary record of the client.")
        )
        self._offer(
            "2", _("Set aside"), partial(self._aside, one), hint=_("Records stay as they are; the entry is kept.")
        )

    def _accept(self, one: LateRow) -> None:
        from rmdesk.services.sync.late import AcceptLate

        task = self.desk.perform(AcceptLate(RecordId(one.id)), _("{name}: late entry accepted").format(name=one.name))
        task.done.connect(lambda _outcome: self.settled.emit())

    def _aside(self, one: LateRow) -> None:
        from rmdesk.services.sync.late import KeepLate

        task = self.desk.perform(KeepLate(RecordId(one.id)), _("{name}: late entry set aside").format(name=one.name))
        task.done.connect(lambda _outcome: self.settled.emit())

    # Inside.

    def _offer(self, key: str, text: str, press: partial[None], *, hint: str = "") -> None:
        button = Button(f"{text}  {key}", press, kind="small", name=text, hint=hint)
        if not self.acts:
            self._buttons = row(None)
            self._parts.addLayout(self._buttons)
        self.acts[key] = button
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    @staticmethod
    def _place(one: Shown) -> tuple[str, dict[str, object]] | None:
        if one.client is not None:
            return "client", {"client": ClientId(one.client), "tab": TABS.get(one.entity, "overview")}
        page = PAGES.get(one.entity)
        if page is None:
            return None
        return page, {"entity": one.entity, "key": one.entity_id} if page == "journals" else {}


def row_of(chip: Chip, text: str) -> QWidget:
    """A chip and a sentence."""
    made = QWidget()
    line = row(chip, label(text, "soft", wrap=True), gap=8)
    line.setStretch(1, 1)
    made.setLayout(line)
    return made


def _line(name: str, value: QWidget) -> QLayout:
    told = label(name, "field", wrap=True)
    told.setFixedWidth(NAMES)
    line = row(told, value, gap=12)
    line.setStretch(1, 1)
    return line


def _late(field: LateField) -> QLayout:
    if field.now is None:
        return _line(field.label, MarkedText(field.late))
    both = row(
        _cell(Chip(_("Now"), "value"), MarkedText(field.now, field.now_spans)),
        _cell(Chip(_("Late"), "occasion"), MarkedText(field.late, field.late_spans)),
        gap=12,
    )
    both.setStretch(0, 1)
    both.setStretch(1, 1)
    return column(label(field.label, "field"), both, gap=6)


def _cell(mark: Chip, value: QWidget) -> QFrame:
    made = QFrame()
    made.setProperty("role", "cell")
    inside = column(row(mark, None), value, None, gap=8)
    inside.setContentsMargins(14, 10, 14, 10)
    made.setLayout(inside)
    return made
