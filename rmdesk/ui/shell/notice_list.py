"""The list of what was said in passing, hanging above the bell."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from rmdesk.base.text import _
from rmdesk.ui.kit.sheet import Sheet
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row, rule
from rmdesk.ui.shell.notices import Notices


class NoticeList(Sheet):
    """The list, hanging above the bell in the status line."""

    def __init__(self, notices: Notices, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setWindowTitle(_("Notifications"))
        lines = column(gap=8)
        for one in notices.all():
            when = one.at.astimezone().strftime("%H:%M")
            text = label(one.text, "error" if one.trouble else "", wrap=True)
            line = row(label(when, "note"), text, gap=12)
            line.setStretch(1, 1)
            line.setAlignment(Qt.AlignmentFlag.AlignTop)
            lines.addLayout(line)
            lines.addWidget(rule())
        if not notices.all():
            lines.addWidget(label(_("Nothing yet."), "soft"))
        lines.addStretch(1)
        inside = QWidget()
        inside.setLayout(lines)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        shut = Button("", self.close, kind="icon", icon="close", hint=_("Close"))
        head = row(label(_("Notifications"), "heading"), None, shut)
        box = column(head, area, gap=12)
        box.setContentsMargins(16, 12, 12, 12)
        self.setLayout(box)
        self.resize(theme.px(380), theme.px(320))

    def show_above(self, place: QWidget) -> None:
        """Open it over a button."""
        corner = place.mapToGlobal(QPoint(place.width(), 0))
        self.move(corner.x() - self.width(), corner.y() - self.height() - 6)
        self.show()
