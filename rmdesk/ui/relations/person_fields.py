"""The fields of a person who is no client, as part of a form."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from rmdesk.base.text import _
from rmdesk.services.relations.rows import Details, PersonRow
from rmdesk.ui.kit.form import Form, choices
from rmdesk.ui.kit.widgets import Button, row

FIELDS = ("name", "sex", "birth_date", "phone", "occupation", "employer", "official", "guardian", "how")


class NumberField(QWidget):
    """A number that is masked until it is asked for; till then its answer is None: leave it. Signal `reveal`."""

    reveal = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.show_it = Button(_("Show"), self.reveal.emit, kind="link", hint=_("Shown numbers are put on record"))
        self.show_it.setAccessibleName(_("Show the phone"))
        box = row(self.line, self.show_it, gap=8)
        box.setStretch(0, 1)
        self.setLayout(box)
        self.setFocusProxy(self.line)
        self.take("")

    def take(self, masked: str | None) -> None:
        """Show a masked number, or none."""
        self.line.setText(masked or "")
        self.line.setReadOnly(bool(masked))
        self.show_it.setVisible(bool(masked))

    def show_number(self, number: str) -> None:
        """Show it in full, to be corrected."""
        self.take("")
        self.line.setText(number)
        self.line.setFocus()

    def answer(self) -> str | None:
        """What was entered; None while it is masked."""
        return None if self.line.isReadOnly() else self.line.text().strip()


class PersonFields:
    """Adds its fields to a form; the guardian is asked for only where one is needed."""

    def __init__(self, form: Form, *, with_note: bool = False) -> None:
        self._form, self._with_note = form, with_note
        self.name = QLineEdit()
        form.add("name", _("Name"), self.name, needed=True)
        form.add("sex", _("Sex"), choices(("", _("unknown")), ("F", _("female")), ("M", _("male"))))
        form.side_by_side("name", "sex")
        form.add("birth_date", _("Birth date"), QLineEdit(), note=_("1975-08-18, or 08-18 without a year."))
        form.add("phone", _("Phone"), NumberField() if with_note else QLineEdit())
        form.side_by_side("birth_date", "phone")
        form.add("occupation", _("Occupation"), QLineEdit())
        form.add("employer", _("Employer"), QLineEdit())
        form.side_by_side("occupation", "employer")
        note = _("Gifts to officials have a stricter limit.")
        form.add("official", _("Is an official"), QCheckBox(), note=note)
        form.add("guardian", _("Guardian who consents"), QLineEdit(), needed=True)
        form.add("how", _("How they consented"), QLineEdit())
        form.side_by_side("guardian", "how")
        if with_note:
            form.add("note", _("Note"), QLineEdit())
        self._guardian = False
        self._show_guardian()

    def details(self) -> Details:
        """What was entered."""
        given = {name: self._form.value(name) for name in FIELDS}
        note = self._form.value("note") if self._with_note else ""
        return Details(**{**given, "note": note, "sex": given["sex"] if given["sex"] in ("F", "M") else ""})

    def fill(self, person: PersonRow, birth: str) -> None:
        """Show what is noted."""
        self._form.fill(
            name=person.name, sex=person.sex, birth_date=birth, phone=person.phone, occupation=person.occupation,
            employer=person.employer, official=person.official,
        )  # fmt: skip
        if self._with_note:
            self._form.fill(note=person.note)

    def show_all(self, on: bool) -> None:
        """Show or hide all of them."""
        for name in FIELDS:
            self._form.fields[name].setVisible(on)
        if on:
            self._show_guardian()

    def enable(self, on: bool) -> None:
        """Whether they can be edited: somebody noted before is edited elsewhere."""
        for name in FIELDS:
            if name != "name":
                self._form.fields[name].editor.setEnabled(on)

    def ask_guardian(self) -> None:
        """From now on, ask who consents."""
        self._guardian = True
        self._show_guardian()
        self._form.fields["guardian"].editor.setFocus()

    def _show_guardian(self) -> None:
        for name in ("guardian", "how"):
            self._form.fields[name].setVisible(self._guardian)
