"""The form of a day: which calendar, month and day, whose, and a live look at when it falls next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Calendar, ClientId, OccasionKind, RecordId
from rmdesk.services.occasions import rules, written
from rmdesk.services.occasions.details import Details, checked
from rmdesk.ui.kit import format
from rmdesk.ui.kit.choice import Choice
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog, choices
from rmdesk.ui.kit.widgets import label
from rmdesk.ui.occasions import words

if TYPE_CHECKING:
    from rmdesk.services.store.command import Command

ONCE = (OccasionKind.CHILD_EVENT, OccasionKind.PROMOTION, OccasionKind.CUSTOM)
TITLED = (*ONCE, OccasionKind.WEDDING, OccasionKind.FOUNDING, OccasionKind.OPENING)


class DayDialog(FormDialog):
    """Adds a day of a client, or corrects one. What does not matter for its kind is not asked."""

    def __init__(
        self, desk: Desk, client: ClientId | None, occasion: RecordId | None = None, details: Details | None = None
    ) -> None:
        title = _("Add occasion") if occasion is None else _("Edit occasion")
        super().__init__(desk, title, said=_("Occasion saved"))
        self.setMinimumWidth(580)
        self._client, self._occasion, self._ready = client, occasion, False
        self._person_id = details.person_id if details else None
        if client is None:
            self.form.add("client", _("Client"), ClientField(desk), needed=True)
        self._ask_what()
        self._ask_when()
        self._ask_how()
        self.preview = label("", "strong", wrap=True)
        self.preview.setAccessibleName(_("Next occurrence"))
        self.extra.addWidget(self.preview)
        self._show(details or Details())
        self._ready = True
        self._changed()

    # Building.

    def _ask_what(self) -> None:
        form = self.form
        form.add("kind", _("Kind"), choices(*[(kind.value, words.kind(kind)) for kind in OccasionKind]))
        festivals = [(name, festival.said) for name, festival in rules.festivals().items()]
        form.add("festival", _("Festival"), choices(*festivals))
        form.add("person", _("Whose"), QLineEdit(), note=_("Wife, son, or the name."))
        form.add("title", _("Name of the day"), QLineEdit())

    def _ask_when(self) -> None:
        form = self.form
        form.add("calendar", _("Calendar"), choices((Calendar.SOLAR, _("Solar")), (Calendar.LUNAR, _("Lunar"))))
        year, day = QLineEdit(), QLineEdit()
        for editor in (year, day):
            editor.setPlaceholderText(_("not known"))
        form.add("year", _("Year"), year)
        form.add("month", _("Month"), Choice())
        form.add("day", _("Day"), day)
        form.add("leap", _("Leap month (闰月)"), QCheckBox())
        form.add("once", _("Comes only once"), QCheckBox())
        form.side_by_side("calendar", "year")
        form.side_by_side("month", "day")
        form.side_by_side("leap", "once")

    def _ask_how(self) -> None:
        form = self.form
        leap = [(code, _(said)) for code, said in words.LEAP_POLICIES.items()]
        form.add("leap_policy", _("In years without this leap month"), choices(*leap))
        days = [(code, _(said)) for code, said in words.DAY_POLICIES.items()]
        form.add("day_policy", _("Where the month has no such day"), choices(*days))
        both = form.add("both", _("Both days are kept (双过)"), QCheckBox(), note=_both_note())
        both.editor.setToolTip(_both_note())
        lead = QLineEdit()
        lead.setPlaceholderText(_("as the tier asks"))
        form.add("lead_days", _("Days to prepare"), lead)
        note = QPlainTextEdit()
        note.setFixedHeight(56)
        note.setTabChangesFocus(True)
        form.add("note", _("Note"), note)
        form.side_by_side("leap_policy", "day_policy")
        for field in self.form.fields.values():
            self._listen(field.editor)

    def _listen(self, editor: Any) -> None:
        match editor:
            case ClientField():
                return
            case QLineEdit():
                editor.textChanged.connect(self._changed)
            case QComboBox():
                editor.currentIndexChanged.connect(self._changed)
            case QCheckBox():
                editor.toggled.connect(self._changed)

    def _show(self, details: Details) -> None:
        self._name_months(Calendar(details.calendar))
        self.form.fill(
            kind=details.kind, calendar=details.calendar, month=details.month, leap=details.leap, once=details.once,
            festival=details.title if details.kind == OccasionKind.FESTIVAL else None,
            title="" if details.kind == OccasionKind.FESTIVAL else details.title, person=details.person,
            year=details.year, day=details.day, leap_policy=details.leap_policy, day_policy=details.day_policy,
            both=details.both, lead_days=details.lead_days, note=details.note,
        )  # fmt: skip

    # Following what is entered.

    def _changed(self) -> None:
        if not self._ready:
            return
        kind, calendar = OccasionKind(self.form.value("kind")), Calendar(self.form.value("calendar"))
        self._name_months(calendar)
        self._show_fields(kind, calendar)
        try:
            details = checked(self.details(), clock.today())
        except Refused as error:
            self.preview.setText(error.said if self._begun() else "")
        else:
            self.preview.setText("\n".join(self._foreseen(details)))
        self.adjustSize()

    def _foreseen(self, details: Details) -> list[str]:
        coming = words.upcoming(details, clock.today())
        said = [_("Next: {day}").format(day=day) for day in coming]
        if not said and details.day is None:
            said = [_("Kept without a day, so it does not come up in the calendar.")]
        elif not said:
            said = [_("It does not come again.")]
        other = words.other_calendar(details)
        if other:
            text = _("The day itself: {day} in the solar calendar.")
            if details.calendar == Calendar.SOLAR:
                text = _("The day itself: {day} in the lunar calendar.")
            said.append(text.format(day=other))
        return said

    def _show_fields(self, kind: OccasionKind, calendar: Calendar) -> None:
        festival, moon = kind is OccasionKind.FESTIVAL, calendar is Calendar.LUNAR
        day, leap = str(self.form.value("day")), bool(self.form.value("leap")) and moon
        short = day == "30" if moon else (day, self.form.value("month")) == ("29", 2)
        shown = {
            "festival": festival,
            "person": kind is OccasionKind.RELATIVE_BIRTHDAY,
            "title": kind in TITLED,
            "calendar": not festival, "year": not festival, "month": not festival, "day": not festival,
            "leap": moon and not festival,
            "once": kind in ONCE,
            "leap_policy": leap and not festival,
            "day_policy": short and not festival,
            "both": (moon or short) and not festival,
        }  # fmt: skip
        for name, on in shown.items():
            self.form.fields[name].setVisible(on)

    def _name_months(self, calendar: Calendar) -> None:
        box = self.form.fields["month"].editor
        assert isinstance(box, QComboBox)
        moon = calendar is Calendar.LUNAR
        names = [(written.month(at) if moon else format.month_name(at)) for at in range(1, 13)]
        if box.itemText(0) == names[0]:
            return
        kept = box.currentIndex()
        box.blockSignals(True)
        box.clear()
        for at, name in enumerate(names, 1):
            box.addItem(name, at)
        box.setCurrentIndex(max(0, kept))
        box.blockSignals(False)

    def _begun(self) -> bool:
        """Whether enough was entered to say what is wrong with it."""
        return bool(self.form.value("day") or self.form.value("year") or self.form.value("lead_days"))

    # Answering.

    def details(self) -> Details:
        """The day as entered; Refused where a number is none."""
        form = self.form
        kind = OccasionKind(form.value("kind"))
        moon = form.value("calendar") == Calendar.LUNAR
        family = kind is OccasionKind.RELATIVE_BIRTHDAY
        return Details(
            kind=kind.value,
            calendar=str(form.value("calendar")),
            year=self._number("year"),
            month=int(form.value("month")),
            day=self._number("day"),
            leap=bool(form.value("leap")) and moon,
            once=bool(form.value("once")) and kind in ONCE,
            leap_policy=str(form.value("leap_policy")),
            day_policy=str(form.value("day_policy")),
            both=bool(form.value("both")),
            person=form.value("person") or None if family else None,
            person_id=self._person_id if family else None,
            title=form.value("festival") if kind is OccasionKind.FESTIVAL else form.value("title") or None,
            lead_days=self._number("lead_days"),
            note=form.value("note") or None,
        )

    def command(self) -> Command[Any]:
        from rmdesk.services.occasions.commands import AddOccasion, EditOccasion

        details = checked(self.details(), clock.today())
        if self._occasion is not None:
            return EditOccasion(self._occasion, details)
        client = self._client if self._client is not None else self.form.value("client")
        if client is None:
            raise Refused(N_("Choose a client."), field="client", code="no_client")
        return AddOccasion(client, details)

    def _number(self, name: str) -> int | None:
        typed = str(self.form.value(name)).strip()
        if not typed:
            return None
        if not typed.isdecimal() or len(typed) > 4:
            raise Refused(N_("Write a number, or leave it empty."), field=name, code="no_number")
        return int(typed)


def _both_note() -> str:
    return _("Also keeps the solar birthday beside the lunar one, and the day in a leap month beside the ordinary one.")
