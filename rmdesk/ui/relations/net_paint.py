"""Draws a network: lines by group, a round mark for each of its people, and the labels that have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QStaticText

from rmdesk.services.relations.layout import LARGER, MOST_LARGER, SIZE
from rmdesk.services.relations.rows import NetNode, NetTie
from rmdesk.ui.kit.theme import theme

# What a line means is said by its colour and by its pattern, and in words beside the picture.
GROUPS: dict[str, tuple[str, Qt.PenStyle]] = {
    "family": ("value", Qt.PenStyle.SolidLine),
    "influence": ("opportunity", Qt.PenStyle.DashDotLine),
    "business": ("overdue", Qt.PenStyle.DashLine),
    "social": ("ink3", Qt.PenStyle.DotLine),
}
LABEL, LETTER, HIGH, WIDEST = 12, 13, 18.0, 116.0
ALONG = (0.5, 0.62, 0.4, 0.74)  # where on a line its role may be written
AT_ONCE = 8  # names and letters laid out in one frame
GRID = 64  # pixels of the squares in which labels look for one another
LEAST_MARK = 0.4  # marks shrink along with the zoom, down to this
TINY = 0.5  # under this zoom, marks shrink along


@dataclass(slots=True)
class Scene:
    """What is drawn: places in the widget, and which of the nodes stand out."""

    nodes: Sequence[NetNode]
    ties: Sequence[NetTie]
    places: list[QPointF] = field(default_factory=list)
    labelled: frozenset[int] = frozenset()
    marked: int = -1  # under the pointer, or with the keyboard
    focused: bool = False
    zoom: float = 1.0


class Labels:
    """The names, each laid out once, a few a frame: a frame must not wait for two hundred of them.

    `waiting` says that some are still to come, in the next frame.
    """

    def __init__(self) -> None:
        self._names: list[str] = []
        self._made: dict[int, QStaticText] = {}
        self._letters: dict[str, QStaticText] = {}
        self._left = 0
        self._font, self._bold = theme.font(LABEL), theme.font(LETTER, bold=True)
        self.widths: list[float] = []
        self.waiting = False

    def make(self, nodes: Sequence[NetNode]) -> None:
        """Measure the names of these."""
        self._font, self._bold = theme.font(LABEL), theme.font(LETTER, bold=True)
        self._made, self._letters = {}, {}
        metrics, most = QFontMetricsF(self._font), theme.px(WIDEST)
        self._names = [node.party.name for node in nodes]
        self.widths = [metrics.horizontalAdvance(name) for name in self._names]
        for at, width in enumerate(self.widths):
            if width > most:
                self._names[at] = metrics.elidedText(self._names[at], Qt.TextElideMode.ElideRight, most)
                self.widths[at] = metrics.horizontalAdvance(self._names[at])

    def begin(self) -> None:
        """A new frame."""
        self._left, self.waiting = AT_ONCE, False

    def letter(self, painter: QPainter, name: str, place: QPointF) -> None:
        """The first character of a name, in the middle of its mark."""
        sign = name[:1].upper()
        text = self._letters.get(sign)
        if text is None:
            if not self._left:
                self.waiting = True
                return
            self._left -= 1
            text = self._letters[sign] = _laid_out(sign, self._bold)
        size = text.size()
        painter.drawStaticText(QPointF(place.x() - size.width() / 2, place.y() - size.height() / 2), text)

    def draw(self, painter: QPainter, at: int, place: QPointF, below: float) -> None:
        """One name, centred under its mark."""
        text = self._made.get(at)
        if text is None:
            if not self._left:
                self.waiting = True
                return
            self._left -= 1
            text = self._made[at] = _laid_out(self._names[at], self._font)
        painter.drawStaticText(QPointF(place.x() - self.widths[at] / 2, place.y() + below), text)


def _laid_out(words: str, font: QFont) -> QStaticText:
    text = QStaticText(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    text.prepare(font=font)
    return text


def radius(node: NetNode, zoom: float) -> float:
    """How large a mark is: larger for those with many ties."""
    return theme.px(SIZE + min(MOST_LARGER, LARGER * node.ties)) * min(1.0, max(LEAST_MARK, zoom))


def with_room(scene: Scene, labels: Labels) -> frozenset[int]:
    """Whose name can be written without touching another name or mark, the nearest and best tied first."""
    order = sorted(range(len(scene.nodes)), key=lambda at: (scene.nodes[at].distance, -scene.nodes[at].ties, at))
    cells: dict[tuple[int, int], list[QRectF]] = {}
    for at in order:
        _take(cells, _box(scene, at).adjusted(2, 2, -2, -2))
    found = set()
    for at in order:
        place = scene.places[at]
        below = radius(scene.nodes[at], scene.zoom)
        left = place.x() - labels.widths[at] / 2
        box = QRectF(left, place.y() + below, labels.widths[at], theme.px(HIGH) - 3)
        if not any(box.intersects(other) for key in _cells(box) for other in cells.get(key, ())):
            found.add(at)
            _take(cells, box)
    return frozenset(found)


def _cells(box: QRectF) -> list[tuple[int, int]]:
    """The squares of a grid that a box touches."""
    return [
        (x, y)
        for x in range(int(box.left() // GRID), int(box.right() // GRID) + 1)
        for y in range(int(box.top() // GRID), int(box.bottom() // GRID) + 1)
    ]


def _take(cells: dict[tuple[int, int], list[QRectF]], box: QRectF) -> None:
    for key in _cells(box):
        cells.setdefault(key, []).append(box)


def draw(painter: QPainter, scene: Scene, labels: Labels, seen: QRectF) -> None:
    """The whole picture; what lies outside of `seen` is left out."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    labels.begin()
    near = _neighbours(scene)
    for group in GROUPS:
        _lines(painter, scene, group, seen)
    mine = [tie for tie in scene.ties if scene.marked in (tie.one, tie.other)]
    _marked_lines(painter, scene, mine)
    room = seen.adjusted(-60, -60, 60, 60)
    shown = [at for at, place in enumerate(scene.places) if room.contains(place)]
    _marks(painter, scene, labels, shown)
    _roles(painter, scene, mine)
    painter.setFont(theme.font(LABEL))
    for at in shown:
        if at in scene.labelled or at in near:
            painter.setPen(theme.colour("ink" if at in near or scene.nodes[at].distance < 2 else "ink2"))
            labels.draw(painter, at, scene.places[at], radius(scene.nodes[at], scene.zoom) + 1)


def _neighbours(scene: Scene) -> frozenset[int]:
    if scene.marked < 0:
        return frozenset()
    ends = {(tie.one, tie.other) for tie in scene.ties if scene.marked in (tie.one, tie.other)}
    return frozenset({scene.marked, *(node for pair in ends for node in pair)})


def _lines(painter: QPainter, scene: Scene, group: str, seen: QRectF) -> None:
    token, style = GROUPS[group]
    colour = theme.colour(token)
    colour.setAlphaF(0.55)
    painter.setPen(QPen(colour, 1, style))
    lines = [
        QLineF(scene.places[tie.one], scene.places[tie.other])
        for tie in scene.ties
        if tie.group == group
        and QRectF(scene.places[tie.one], scene.places[tie.other]).normalized().adjusted(-1, -1, 1, 1).intersects(seen)
    ]
    if lines:
        painter.drawLines(lines)


def _marked_lines(painter: QPainter, scene: Scene, mine: Sequence[NetTie]) -> None:
    """The ties of the one that stands out."""
    for tie in mine:
        token, style = GROUPS[tie.group]
        painter.setPen(QPen(theme.colour(token), 2.4, style))
        painter.drawLine(scene.places[tie.one], scene.places[tie.other])


def _roles(painter: QPainter, scene: Scene, mine: Sequence[NetTie]) -> None:
    """What these ties are, written on each line where no other has been written before."""
    font = theme.font(LABEL)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    taken: list[QRectF] = []
    for tie in mine:
        token = GROUPS[tie.group][0]
        text = (tie.back if tie.one == scene.marked else tie.called).said
        near, far = (tie.one, tie.other) if tie.one == scene.marked else (tie.other, tie.one)
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 10, metrics.height() + 2)
        for share in ALONG:
            box.moveCenter(scene.places[near] * (1 - share) + scene.places[far] * share)
            if not any(box.intersects(other) for other in taken):
                break
        else:
            continue
        taken.append(QRectF(box))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(theme.colour("ink2" if token == "ink3" else f"{token}_ink"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def _marks(painter: QPainter, scene: Scene, labels: Labels, shown: Sequence[int]) -> None:
    """A client is filled, a person who is none is hollow with a broken edge; a company is a square."""
    middle = QPen(theme.colour("accent"), 2), theme.colour("accent")
    client = QPen(theme.colour("ink3"), 1), theme.colour("accent_soft")
    other = QPen(theme.colour("ink3"), 1, Qt.PenStyle.DashLine), theme.colour("card")
    for at in shown:
        node, box = scene.nodes[at], _box(scene, at)
        pen, brush = middle if node.distance == 0 else client if node.party.client is not None else other
        painter.setPen(middle[0] if at == scene.marked else pen)
        painter.setBrush(brush)
        if node.party.company:
            painter.drawRoundedRect(box, 5, 5)
        else:
            painter.drawEllipse(box)
    if scene.zoom >= TINY * 0.7:
        _letters(painter, scene, labels, shown)
    if scene.focused and scene.marked in shown:
        painter.setPen(middle[0])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(_box(scene, scene.marked).adjusted(-5, -5, 5, 5))


def _letters(painter: QPainter, scene: Scene, labels: Labels, shown: Sequence[int]) -> None:
    """The first character of each name, inside the mark."""
    painter.setFont(theme.font(LETTER, bold=True))
    painter.setPen(theme.colour("accent"))
    for at in shown:
        if scene.nodes[at].distance and scene.nodes[at].party.client is not None:
            labels.letter(painter, scene.nodes[at].party.name, scene.places[at])
    for at in shown:
        if scene.nodes[at].distance == 0 or scene.nodes[at].party.client is None:
            painter.setPen(theme.colour("ink2" if scene.nodes[at].distance else "on_accent"))
            labels.letter(painter, scene.nodes[at].party.name, scene.places[at])


def _box(scene: Scene, at: int) -> QRectF:
    size, place = radius(scene.nodes[at], scene.zoom), scene.places[at]
    return QRectF(place.x() - size, place.y() - size, 2 * size, 2 * size)
