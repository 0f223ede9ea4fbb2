"""Tabs as a row of buttons, of which one is down."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from rmdesk.ui.kit.widgets import Button, column, row, rule


def tab_buttons(owner: QWidget, titles: Iterable[str], gap: int = 20) -> tuple[QButtonGroup, QHBoxLayout]:
    """A button a title, the first one down, side by side; the group's ids are their places."""
    group, line = QButtonGroup(owner), row(gap=gap)
    for at, title in enumerate(titles):
        button = Button(title, kind="tab")
        button.setCheckable(True)
        button.setChecked(at == 0)
        group.addButton(button, at)
        line.addWidget(button)
    return group, line


def tab_head(line: QHBoxLayout) -> QWidget:
    """The row over a hairline, as the head of a page."""
    line.addStretch(1)
    head = QWidget()
    head.setLayout(column(line, rule(), gap=0))
    head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return head
