"""A sentence across the top of the page: trouble outside, with advice and Try again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit import faces
from rmdesk.ui.kit.widgets import Button, column, label, restyle, row


class Banner(QWidget):
    """Hidden until something is told; closed by hand, by trying again, or by the next page."""

    told_as = faces.ALERT

    def __init__(self) -> None:
        super().__init__()
        self.sheet = QFrame()
        self.sheet.setProperty("role", "banner")
        self.said = label(role="strong", wrap=True)
        self.advice = label(role="soft", wrap=True)
        self.again = Button("", self._again, kind="small")
        self.close_button = Button("", self.hide, kind="icon", icon="close", hint=_("Close"))
        texts = column(self.said, self.advice, gap=2)
        box = row(texts, self.again, self.close_button, gap=8)
        box.setStretch(0, 1)
        box.setContentsMargins(16, 10, 10, 10)
        self.sheet.setLayout(box)
        around = row(self.sheet)
        around.setContentsMargins(24, 16, 24, 0)
        self.setLayout(around)
        self._call: Callable[[], object] | None = None
        self.hide()

    def tell(
        self,
        said: str,
        advice: str = "",
        *,
        button: str = "",
        press: Callable[[], object] | None = None,
        plain: bool = False,
    ) -> None:
        """Show it; `plain` is for news that is no trouble."""
        self._call = press
        self.said.setText(said)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.again.setText(button or _("Try again"))
        self.again.setVisible(press is not None)
        restyle(self.sheet, kind="plain" if plain else "")
        self.setAccessibleName(f"{said} {advice}".strip())
        self.show()
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Forget what was said."""
        self._call = None
        self.hide()
        self.said.setText("")
        self.advice.setText("")
        self.setAccessibleName("")

    def _again(self) -> None:
        self.hide()
        if self._call is not None:
            self._call()
