"""The gates of a purpose as a funnel: who passed each, who fell out and why; every count leads to its clients."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from rmdesk.base.text import _
from rmdesk.services.campaigns.gates import Fall, Pipeline, Step
from rmdesk.ui.kit import faces, format
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, label

HIGH = 20


class GateBar(QWidget):
    """A bar in the middle of its place, as wide as the part that passed: below one another they are a funnel."""

    told_as = faces.DECORATION

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, theme.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, theme.px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        wide = max(4.0, self.width() * self.share)
        box = QRectF((self.width() - wide) / 2, 2, wide, self.height() - 4)
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawRoundedRect(QRectF(0.5, 2, self.width() - 1, self.height() - 4), 6, 6)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(box, 6, 6)
        painter.end()


class GatesView(QWidget):
    """`asked(clients, name)`: show these clients, called so."""

    asked = Signal(tuple, str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_pipeline(self, found: Pipeline) -> None:
        """Show these gates."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        # Held against those the filter chose, where there is one: of a large portfolio nothing could be seen.
        first = found.steps[min(1, len(found.steps) - 1)]
        most = first.count if first.name == "filter" else found.steps[0].count
        for at, step in enumerate(found.steps):
            self._step(2 * at, step, min(1.0, step.count / most) if most else 0.0)
        self._grid.setRowStretch(2 * len(found.steps), 1)

    def _step(self, line: int, step: Step, share: float) -> None:
        name = step.title.said
        count = Button(format.whole(step.count), partial(self.asked.emit, step.clients, name), kind="link")
        count.setAccessibleName(_("{gate}: {count} clients").format(gate=name, count=step.count))
        self._grid.addWidget(label(name), line, 0)
        self._grid.addWidget(GateBar(share), line, 1)
        self._grid.addWidget(count, line, 2)
        if not step.fell:
            return
        falls = QWidget()
        flow = Flow(4)
        flow.setContentsMargins(theme.px(16), 0, 0, theme.px(4))
        for fall in step.fell:
            flow.addWidget(self._fall(fall))
        falls.setLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        falls.setSizePolicy(policy)
        self._grid.addWidget(falls, line + 1, 0, 1, 3)

    def _fall(self, fall: Fall) -> Button:
        why = fall.why.said.rstrip("。.")
        return Button(
            f"−{format.whole(len(fall.clients))} {why}", partial(self.asked.emit, fall.clients, why), kind="small"
        )
