"""Likes and taboos as chips that are typed right on the page; each change is kept at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rmdesk.base.errors import Known
from rmdesk.base.text import _
from rmdesk.models.kinds import Taste
from rmdesk.services.profile.rows import ChipUse, Profile
from rmdesk.ui.kit.chip_field import ChipField, Offer
from rmdesk.ui.kit.widgets import Button, Card, column, label, restyle, row


class TasteField(QWidget):
    """The chips of one kind. Signals: `changed(texts)`, `confirmed`."""

    changed = Signal(tuple)
    confirmed = Signal()

    def __init__(self, name: str, kind: str, hint: str) -> None:
        super().__init__()
        self._name, self._saved = name, tuple[str, ...]()
        self.field = ChipField(kind=kind, hint=hint)
        self.field.setAccessibleName(name)
        self.field.changed.connect(self._changed)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.still = Button(_("Still so"), self.confirmed.emit, kind="link", hint=_("Confirm that this holds today"))
        self.still.setAccessibleName(_("{name}: still so").format(name=name))
        self._old = label(_("noted over 12 months ago"), "note")
        head = row(label(name, "field"), None, self._old, self.still)
        self.setLayout(column(head, self.field, self.error, gap=4))

    def show_texts(self, texts: tuple[str, ...], *, fresh: bool) -> None:
        """Show these; what is being typed stays."""
        self._saved = texts
        typed = self.field.line.text()
        self.field.set_values(texts)
        self.field.line.setText(typed)
        for part in (self._old, self.still):
            part.setVisible(bool(texts) and not fresh)

    def refuse(self, error: Known) -> None:
        """Say why beside the field; what was refused is there to be typed anew."""
        new = [text for text in self.field.values() if text not in self._saved]
        self.field.set_values(self._saved)
        self.field.line.setText(" ".join(new))
        self.error.setText(error.whole)
        self.error.show()
        restyle(self.field, wrong=True)
        self.field.line.setFocus()

    def _changed(self) -> None:
        self.error.hide()
        restyle(self.field, wrong=False)
        self.changed.emit(self.field.values())


class TasteCard(Card):
    """Signals: `changed(taste, texts)`, `confirmed(taste)`."""

    changed = Signal(object, tuple)
    confirmed = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Likes and taboos"), gap=12)
        self.fields = {
            Taste.LIKE: TasteField(_("Likes"), "good", _("Add a like, then Enter")),
            Taste.TABOO: TasteField(_("Taboos"), "risk", _("Add a taboo, then Enter")),
        }
        for taste, field in self.fields.items():
            field.changed.connect(lambda texts, taste=taste: self.changed.emit(taste, texts))
            field.confirmed.connect(lambda taste=taste: self.confirmed.emit(taste))
            self.add(field)

    @property
    def typing(self) -> bool:
        """Whether something is typed that is not a chip yet."""
        return any(field.field.line.text().strip() for field in self.fields.values())

    def typed(self) -> dict[str, str]:
        """What is typed and no chip yet."""
        return {taste.value: text for taste, field in self.fields.items() if (text := field.field.line.text().strip())}

    def write_on(self, typed: dict[str, str]) -> None:
        """Put it back."""
        for taste, field in self.fields.items():
            field.field.line.setText(typed.get(taste.value, ""))

    def show_profile(self, profile: Profile) -> None:
        """Show the chips."""
        for taste, field in self.fields.items():
            fresh = any(one.fresh for one in profile.preferences if one.taste is taste)
            field.show_texts(profile.tastes(taste), fresh=fresh)

    def offer(self, taste: Taste, uses: Sequence[tuple[ChipUse, str]]) -> None:
        """What may be picked while typing, with how its pinyin begins."""
        self.fields[taste].field.offer([Offer(one.text, initials, one.uses) for one, initials in uses])
