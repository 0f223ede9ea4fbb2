"""Forms that lay open when the desk was locked: what they were opened with and what was typed, and open again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from rmdesk.base.errors import Known
from rmdesk.base.text import _
from rmdesk.ui.kit.answers import fill
from rmdesk.ui.kit.clipboard import clipboard
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.packing import Unpackable, pack, unpack
from rmdesk.ui.kit.typed import put, typed

Left = dict[str, Any]


def left(dialog: FormDialog) -> Left | None:
    """A form as plain data; None for one that asks for a secret: it is closed and forgotten.

    Its texts are kept beside, for a form that cannot be opened again by itself.
    """
    editors = _editors(dialog)
    if any(_is_secret(editor) for editor in editors.values()):
        return None
    kept: Left = {
        "title": dialog.windowTitle(),
        "texts": [[_name_of(editor), _text(editor)] for editor in editors.values() if _text(editor).strip()],
    }
    try:
        args, named = dialog.given
        kept |= {"form": pack(type(dialog)), "given": pack(args), "named": pack(named)}
        kept["typed"] = {name: pack(typed(editor)) for name, editor in editors.items()}
    except Unpackable:
        kept.pop("form", None)
    return kept


def open_again(desk: Desk, kept: Left) -> FormDialog | None:
    """Open the form as it was, but for what was typed (`fill_in` brings that back); None when nothing was typed.

    A form that cannot be opened again shows what was typed, to be copied.
    """
    dialog: FormDialog | None = None
    try:
        dialog = _made(desk, kept)
    except (Unpackable, TypeError, ValueError, KeyError, AttributeError):
        if kept.get("texts"):
            dialog = LeftTexts(
                desk, str(kept.get("title", "")), [(str(name), str(text)) for name, text in kept["texts"]]
            )
    if dialog is not None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
    return dialog


def fill_in(dialog: FormDialog, kept: Left) -> None:
    """Put back what was typed; what does not fit any more is left out."""
    editors = _editors(dialog)
    for name, told in (kept.get("typed") or {}).items():
        if name in editors:
            try:
                put(editors[name], unpack(told, dialog.desk))
            except (Unpackable, Known, TypeError, ValueError):
                continue


class LeftTexts(FormDialog):
    """What was typed into a form that cannot be opened by itself."""

    def __init__(self, desk: Desk, title: str, texts: list[tuple[str, str]]) -> None:
        super().__init__(desk, _("Not saved yet: {form}").format(form=title), answer=_("Copy"))
        for name, text in texts:
            editor = QPlainTextEdit()
            editor.setReadOnly(True)
            fill(editor, text)
            self.form.add(f"text {len(self.form.fields)}", name, editor)

    def command(self) -> None:
        """Copying is the answer."""
        clipboard.put("\n\n".join(self.form.values().values()))
        self.accept()


def _made(desk: Desk, kept: Left) -> FormDialog:
    kind = unpack(kept["form"], desk)
    if not issubclass(kind, FormDialog):
        raise Unpackable(str(kind))
    made: FormDialog = kind(*unpack(kept["given"], desk), **unpack(kept["named"], desk))
    return made


def _editors(dialog: FormDialog) -> dict[str, QWidget]:
    """What can be typed into, by name: the fields, then what the dialog has besides."""
    found: dict[str, QWidget] = {name: field.editor for name, field in dialog.form.fields.items()}
    known = {id(editor) for editor in found.values()}
    for name, part in vars(dialog).items():
        if isinstance(part, QLineEdit | QPlainTextEdit) and id(part) not in known:
            found[f".{name}"] = part
    return found


def _is_secret(editor: QWidget) -> bool:
    return bool(editor.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData)


def _text(editor: QWidget) -> str:
    if isinstance(editor, QLineEdit):
        return editor.text()
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else ""


def _name_of(editor: QWidget) -> str:
    return editor.accessibleName() or "…"
