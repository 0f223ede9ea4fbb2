"""The network of a client: the picture, what it says of the one that stands out, and the same as a list."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import Tier
from rmdesk.services.relations.layout import Picture
from rmdesk.services.relations.rows import Network, Node, Party
from rmdesk.ui.kit import faces, names
from rmdesk.ui.kit.as_table import has_table
from rmdesk.ui.kit.columns import CHIP, STRONG, Cell, Column
from rmdesk.ui.kit.flow import Flow
from rmdesk.ui.kit.painter import smooth
from rmdesk.ui.kit.scroller import scroller
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.table import RowTable
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, Card, Chip, clear, column, label, row, tier_kind
from rmdesk.ui.relations import net_paint, words
from rmdesk.ui.relations.net_view import NetView

SIDE = 272
MOST_LINES = 14


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in the network, as a row of the list."""

    at: int
    party: Party
    distance: int
    tier: str
    ties: str


LINES: tuple[Column[Line], ...] = (
    Column("name", N_("Name"), lambda line: Cell(line.party.name, after=line.party.about), 220, STRONG, sorts=False),
    Column("sort", N_("Is"), lambda line: words.sort_of(line.party), 90, sorts=False),
    Column("tier", N_("Tier"), lambda line: Cell(_tier(line.tier), tier_kind(line.tier)), 90, CHIP, sorts=False),
    Column("steps", N_("Steps away"), lambda line: str(line.distance), 80, sorts=False),
    Column("ties", N_("Relationships"), lambda line: line.ties, 420, sorts=False),
)


class Sample(QWidget):
    """A short piece of a line of the picture."""

    told_as = faces.DECORATION

    def __init__(self, group: str) -> None:
        super().__init__()
        self._group = group
        self.setFixedSize(QSize(28, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        token, style = net_paint.GROUPS[self._group]
        painter.setPen(QPen(theme.colour(token), 2, style))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)
        painter.end()


class Shape(QWidget):
    """A mark of the picture."""

    told_as = faces.DECORATION

    def __init__(self, *, client: bool, company: bool = False) -> None:
        super().__init__()
        self._client, self._company = client, company
        self.setFixedSize(QSize(16, 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        style = Qt.PenStyle.SolidLine if self._client else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.colour("ink3"), 1, style))
        painter.setBrush(theme.colour("accent_soft" if self._client else "card"))
        box = QRectF(1, 1, 14, 14)
        if self._company:
            painter.drawRoundedRect(box, 3, 3)
        else:
            painter.drawEllipse(box)
        painter.end()


class NetPanel(Card):
    """Signal `opened(node)`: show the file of a client, or what is noted of a person."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Network"), "")
        self.network: Network = Network((), (), 0)
        self.view = NetView()
        has_table(self.view)
        self.view.picked.connect(self._told)
        self.view.opened.connect(self.opened)
        self.list: RowTable[Line] = RowTable(LINES, key=lambda line: line.at, title=_("Network as a list"))
        self.list.opened.connect(lambda at: self.opened.emit(self.network.nodes[at].party.node))
        self._at = -1
        self._listed = True  # nothing to list yet
        self._detail = column(gap=6)
        told = QWidget()
        told.setLayout(column(self._detail, None, self._legend(), gap=12))
        self._open = Button("", kind="small")
        self._open.clicked.connect(lambda: self._go(self.network.nodes[self._at].party.node))
        side = QWidget()
        side.setFixedWidth(theme.px(SIDE))
        side.setLayout(column(scroller(told, "card"), row(self._open, None), gap=12))
        self._picture = QWidget()
        inside = row(self.view, side, gap=16)
        inside.setStretch(0, 1)
        self._picture.setLayout(inside)
        self.stack = Stack()
        self.stack.addWidget(self._picture)
        self.stack.addWidget(self.list)
        self.add(self.stack)
        self.body.setStretch(0, 1)
        for text, hint, press in (
            ("", _("Smaller"), lambda: self.view.zoom(1 / 1.2)),
            ("", _("Larger"), lambda: self.view.zoom(1.2)),
        ):
            button = Button("−" if hint == _("Smaller") else "+", press, kind="small", hint=hint, name=hint)
            button.setText(text or button.text())
            self.corner.addWidget(button)
        self.corner.addWidget(Button(_("Show everybody"), lambda: self.view.fit(whole=True), kind="small"))
        self.as_list = Button(_("As a list"), kind="small")
        self.as_list.setCheckable(True)
        self.as_list.toggled.connect(self._show_list)
        self.corner.addWidget(self.as_list)
        self._told(-1)

    def show_picture(self, picture: Picture) -> None:
        """Show a network, as picture and as list."""
        self.network = picture.network
        count = _("{count} people and companies").format(count=len(self.network.nodes))
        left_out = _("{count} more are not shown").format(count=self.network.left_out)
        self.note.setText(f"{count} · {left_out}" if self.network.left_out else count)
        self.view.show_picture(picture)
        self.view.tell(self.note.text())
        self._listed = False
        self._list_if_seen()

    def _list_if_seen(self) -> None:
        """The list has the ties of everybody in words: they are written when somebody looks."""
        if self._listed or not self.as_list.isChecked():
            return
        self._listed = True
        self.list.set_rows(
            [
                Line(at, node.party, node.distance, node.tier, _("; ").join(self._ties(at)))
                for at, node in enumerate(self.network.nodes)
            ]
        )

    def _show_list(self, on: bool) -> None:
        self._list_if_seen()
        self.stack.setCurrentIndex(int(on))

    def _ties(self, at: int) -> list[str]:
        return [tie.said.said for tie in self.network.ties if at in (tie.one, tie.other)]

    def _told(self, at: int) -> None:
        """Say who stands out."""
        clear(self._detail)
        self._at = at
        self._open.setVisible(0 <= at < len(self.network.nodes))
        if not 0 <= at < len(self.network.nodes):
            hint = _("Click on somebody, or walk with the arrow keys; drag to move, turn the wheel to zoom.")
            self._detail.addWidget(label(hint, "note", wrap=True))
            return
        node = self.network.nodes[at]
        self._detail.addWidget(label(node.party.name, "heading", wrap=True, select=True))
        chips = QWidget()
        flow = Flow(4)
        flow.addWidget(Chip(words.sort_of(node.party)))
        if node.tier:
            flow.addWidget(Chip(_tier(node.tier), tier_kind(node.tier)))
        if node.party.official:
            flow.addWidget(Chip(_("official"), "risk"))
        chips.setLayout(flow)
        self._detail.addWidget(chips)
        if node.party.about:
            self._detail.addWidget(label(node.party.about, "soft", wrap=True))
        ties = self._ties(at)
        for text in ties[:MOST_LINES]:
            self._detail.addWidget(label(text, "small", wrap=True))
        if len(ties) > MOST_LINES:
            self._detail.addWidget(label(_("{count} more").format(count=len(ties) - MOST_LINES), "note"))
        self._open.setText(_("Open file") if node.party.client is not None else _("Show person"))

    def _go(self, node: Node) -> None:
        self.opened.emit(node)

    def _legend(self) -> QWidget:
        made = QWidget()
        box = column(gap=4)
        for group in net_paint.GROUPS:
            box.addLayout(row(Sample(group), label(words.group(group), "note"), None, gap=8))
        marks = Flow(10)
        for shape, text in (
            (Shape(client=True), _("client")),
            (Shape(client=True, company=True), _("company")),
            (Shape(client=False), _("no client")),
        ):
            pair = QWidget()
            pair.setLayout(row(shape, label(text, "note"), gap=6))
            marks.addWidget(pair)
        holder = QWidget()
        holder.setLayout(marks)
        box.addWidget(holder)
        made.setLayout(box)
        return made


def _tier(tier: str) -> str:
    return names.tier(Tier(tier)) if tier else ""
