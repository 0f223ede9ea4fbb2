"""A new recovery code: shown once with its sheet to print, then two of its groups typed back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from rmdesk.base import clock
from rmdesk.base.errors import Known, Refused
from rmdesk.base.text import _, sentences
from rmdesk.services.documents.blocks import Document
from rmdesk.services.documents.writing import file_name
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.widgets import Button, clear, label, row

COLUMNS = 4


class CodeSheet(QWidget):
    """`known` gives the code once it was typed back; `left` says that nobody wants one now."""

    known = Signal(str)
    left = Signal()

    def __init__(self, who: str, last: str = "") -> None:
        """`last` is what the button says that ends it."""
        super().__init__()
        from rmdesk.services.store import recovery_code

        self.code = recovery_code.make()
        self._who, self._last = who, last or _("Done")
        self.form: Form | None = None
        self._asked: tuple[int, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)
        self.show_code()

    def show_code(self) -> None:
        """The groups, and the sheet to print or save."""
        from rmdesk.services.store import recovery_code

        self._begin()
        note = _("This code opens your desk when the PIN is forgotten or the computer was set up anew.")
        once = _("It is shown only now: print the sheet or copy it by hand.")
        self._box.addWidget(label(sentences(note, once), "soft", wrap=True))
        cell = QFrame()
        cell.setProperty("role", "cell")
        grid = QGridLayout(cell)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        for at, group in enumerate(recovery_code.groups(self.code)):
            line, place = divmod(at, COLUMNS)
            grid.addWidget(label(_("Group {number}").format(number=at + 1), "ground-note"), 2 * line, place)
            shown = label(group, "code")
            shown.setAccessibleName(" ".join(group))
            grid.addWidget(shown, 2 * line + 1, place)
        self._box.addWidget(cell)
        self.print = Button(_("Print…"), self.print_out, icon="print")
        self.save = Button(_("Save as PDF…"), self._save, icon="export")
        self._box.addLayout(row(self.print, self.save, None))
        self._box.addWidget(self.trouble)
        self.written = Button(_("I have it on paper"), self.drill, kind="primary")
        self._box.addLayout(row(Button(_("Back"), self.left.emit), None, self.written))
        self.setFocusProxy(self.written)
        self.written.setFocus()

    def drill(self) -> None:
        """Two groups, typed from the sheet."""
        from rmdesk.services.store import recovery_code

        self._begin()
        self._box.addWidget(label(_("Type these two groups from your sheet, so that we know it is at hand."), "soft",
                                  wrap=True))  # fmt: skip
        form = self.form = Form()
        self._asked = recovery_code.drill()
        names = [f"group{at}" for at in self._asked]
        for at, name in zip(self._asked, names, strict=True):
            editor = QLineEdit()
            editor.setInputMethodHints(Qt.InputMethodHint.ImhPreferUppercase | Qt.InputMethodHint.ImhNoPredictiveText)
            editor.returnPressed.connect(self._check)
            form.add(name, _("Group {number}").format(number=at + 1), editor)
        form.side_by_side(*names)
        self._box.addWidget(form)
        self._box.addWidget(self.trouble)
        self.check = Button(self._last, self._check, kind="primary")
        self._box.addLayout(row(Button(_("Show the code again"), self.show_code), None, self.check))
        self.setFocusProxy(form.fields[names[0]].editor)
        form.fields[names[0]].editor.setFocus()

    def busy(self, on: bool) -> None:
        """While what follows is done."""
        self.setEnabled(not on)

    def fail(self, error: BaseException) -> None:
        """What went wrong after the code was typed back, or with the printer."""
        self.trouble.setText(
            error.whole if isinstance(error, Known) else _("rmdesk made a mistake. Your data is safe.")
        )
        self.trouble.show()

    def document(self) -> Document:
        """The sheet."""
        from rmdesk.services.documents import recovery

        return recovery.sheet(self.code, self._who, clock.today())

    def print_out(self) -> None:
        """Ask for a printer, and print the sheet."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from rmdesk.ui.kit.document import print_

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: print_(self.document(), printer))
        QDialog.open(dialog)

    def save_to(self, path: Path) -> None:
        """Write the sheet as PDF; an error stands below."""
        from rmdesk.services.documents.writing import write
        from rmdesk.ui.kit.document import pdf

        try:
            write(path, pdf(self.document()))
        except Known as error:
            self.fail(error)

    def _save(self) -> None:
        document = self.document()
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), file_name(document.name, document.day), "*.pdf"
        )
        if name:
            path = Path(name)
            self.save_to(path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf"))

    def _check(self) -> None:
        from rmdesk.services.store import recovery_code

        form = self.form
        if form is None:
            return
        form.clear_errors()
        try:
            for at in self._asked:
                recovery_code.check_drill(self.code, at, form.value(f"group{at}"))
        except Refused as error:
            form.refuse(error)
            return
        self.known.emit(self.code)

    def _begin(self) -> None:
        self.form = None
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        clear(self._box)
