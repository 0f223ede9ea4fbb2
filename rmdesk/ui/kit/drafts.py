"""What is typed into a form is kept a second after the last key, and comes back after a crash."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QPlainTextEdit, QWidget

from rmdesk.base.errors import Known
from rmdesk.base.text import _
from rmdesk.models.kinds import ClientId
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import FormDialog
from rmdesk.ui.kit.typed import put, typed
from rmdesk.ui.kit.widgets import Button, label, row

if TYPE_CHECKING:
    from rmdesk.services.drafts.queries import DraftRow
    from rmdesk.services.store.command import Command

QUIET_MS = 1000
Unsaved = tuple[str, str, dict[str, Any] | None, ClientId | None]  # form, subject, what is typed, client


class Drafts(QObject):
    """Keeps one form's draft. `read` gives what is typed as plain data (None: nothing worth keeping), `write` puts it
    back. `touch` says that something was typed; `restored` tells the draft that came back.

    Drafts go around undo, toasts and pages: nobody hears of them but the file.
    """

    restored = Signal(object)

    def __init__(
        self,
        desk: Desk,
        form: str,
        read: Callable[[], dict[str, Any] | None],
        write: Callable[[dict[str, Any]], None],
        parent: QObject,
        subject: str = "",
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.form, self.subject = form, subject
        self.client: ClientId | None = None
        self._read, self._write = read, write
        self._kept: dict[str, Any] | None = None
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.save)

    @property
    def key(self) -> tuple[str, str]:
        """What a command forgets that saves the form itself."""
        return self.form, self.subject

    def watch(self, *editors: QWidget) -> None:
        """Hear when something is typed into these."""
        for editor in editors:
            if isinstance(editor, QLineEdit | QPlainTextEdit):
                editor.textChanged.connect(self.touch)
            elif isinstance(editor, QCheckBox):
                editor.toggled.connect(self.touch)
            elif isinstance(editor, QComboBox):
                editor.currentIndexChanged.connect(self.touch)
            elif hasattr(editor, "changed"):
                editor.changed.connect(self.touch)

    def touch(self, *_what: object) -> None:
        """Something was typed; what is kept follows a second after the last key."""
        self._timer.start()

    def look(self) -> None:
        """Bring back what was typed before, if anything."""
        store, key = self.desk.tasks.store, self.key
        if store is None:
            return
        # In turn with the writing, so that a draft on its way is found.
        task = self.desk.tasks.write(lambda _progress: store.read(_draft, *key))
        task.done.connect(lambda found: self._found(key, found))

    def unsaved(self) -> Unsaved | None:
        """What was typed since it was kept last; None when all of it is kept. Asked for on locking."""
        self._timer.stop()
        typed = self._read()
        if typed == self._kept:
            return None
        self._kept = typed
        return (*self.key, typed, self.client)

    def save(self) -> None:
        """Keep now what is typed."""
        self._timer.stop()
        found, store = self.unsaved(), self.desk.tasks.store
        if found is not None and store is not None:
            task = self.desk.tasks.write(lambda _progress: store.perform(_keeping(found)))
            task.failed.connect(self._not_kept)

    def save_and_wait(self) -> None:
        """Keep it before anything else happens, as when the desk is locked with a key still warm."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        found, store = self.unsaved(), self.desk.tasks.store
        if found is not None and store is not None:
            try:
                store.perform(_keeping(found))
            except Known as error:
                self._not_kept(error)

    def drop(self) -> None:
        """Discard what was kept."""
        self.forget()
        self.drop_of(self.key)

    def drop_of(self, key: tuple[str, str]) -> None:
        """Discard what was kept under this key, whatever the form shows by now."""
        from rmdesk.services.drafts.commands import DropDraft

        store, command = self.desk.tasks.store, DropDraft(*key)
        if store is not None:
            self.desk.tasks.write(lambda _progress: store.perform(command)).failed.connect(self._not_kept)

    def forget(self) -> None:
        """The form is done: what was kept went with the command."""
        self._timer.stop()
        self._kept = None

    def _found(self, key: tuple[str, str], found: DraftRow | None) -> None:
        if found is None or not shiboken6.isValid(self) or key != self.key:
            return
        self._kept = found.payload
        self._write(found.payload)
        self.restored.emit(found)

    def _not_kept(self, error: BaseException) -> None:
        """A draft that cannot be kept must not disturb whoever types; the next key tries again."""
        if shiboken6.isValid(self):
            self._kept = None
        if not isinstance(error, Known):
            self.desk.tell(error)


class DraftLine(QFrame):
    """Says that a draft was restored, with a way to discard it."""

    def __init__(self, discard: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("kind", "plain")
        self.said = label("", "soft", wrap=True)
        self.discard = Button(_("Discard"), discard, kind="link")
        box = row(self.said, self.discard, gap=8)
        box.setStretch(0, 1)
        box.setContentsMargins(12, 6, 8, 6)
        self.setLayout(box)
        self.hide()

    def tell(self, draft: DraftRow) -> None:
        """Say of when it is."""
        saved = draft.saved_at.astimezone()
        self.said.setText(_("Draft of {time} restored").format(time=f"{saved:%m-%d %H:%M}"))
        self.setAccessibleName(self.said.text())
        self.show()


def _keeping(found: Unsaved) -> Command[Any]:
    """The command that keeps what was typed; made where it is performed, as its import would hold the window up."""
    from rmdesk.services.drafts.commands import DropDraft, SaveDraft

    form, subject, typed, client = found
    return DropDraft(form, subject) if typed is None else SaveDraft(form, subject, typed, client)


def _draft(reads: Any, form: str, subject: str) -> DraftRow | None:
    from rmdesk.services.drafts.queries import draft_of

    return draft_of(reads, form, subject)


def keep_draft(dialog: FormDialog, form: str, subject: str = "") -> Drafts:
    """Let a dialog keep what is typed into it until it is answered or cancelled; a crash leaves the draft behind."""
    fields = dialog.form.fields

    def read() -> dict[str, Any] | None:
        found = {name: typed(field.editor) for name, field in fields.items()}
        return found if any(text.strip() for text in found.values() if isinstance(text, str)) else None

    def write(kept: dict[str, Any]) -> None:
        for name, value in kept.items():
            if name in fields:
                put(fields[name].editor, value)

    drafts = Drafts(dialog.desk, form, read, write, dialog, subject)
    line = DraftLine(dialog.reject)
    dialog.extra.insertWidget(0, line)
    drafts.restored.connect(line.tell)
    drafts.watch(*(field.editor for field in fields.values()))
    dialog.finished.connect(lambda _answer: drafts.drop())
    drafts.look()
    return drafts
