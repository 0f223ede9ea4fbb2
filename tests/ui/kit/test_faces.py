"""What Qt cannot know of our widgets is told to a screen reader: what they are, what is chosen, that they unfold."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QWidget
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit import faces
from rmdesk.ui.kit.widgets import Button, Card, column, label

NAME, VALUE = QAccessible.Text.Name, QAccessible.Text.Value


class Folding(QFrame):
    """Unfolds on Enter."""

    told_as = faces.ITEM

    def __init__(self) -> None:
        super().__init__()
        self.open = False
        self.setAccessibleName("a row")

    def told_open(self) -> bool:
        return self.open

    def told_value(self) -> str:
        return "chosen"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.open = not self.open
        faces.unfolded(self)


def face(widget: QWidget) -> QAccessibleInterface:
    faces.install()
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def test_a_class_says_what_it_is_and_what_is_chosen_in_it(qtbot: QtBot) -> None:
    row = Folding()
    qtbot.addWidget(row)
    assert face(row).role() == QAccessible.Role.ListItem
    assert face(row).text(NAME) == "a row"
    assert face(row).text(VALUE) == "chosen"


def test_pressing_is_what_enter_does_and_unfolding_is_told(qtbot: QtBot) -> None:
    row = Folding()
    qtbot.addWidget(row)
    assert face(row).state().expandable
    assert face(row).state().collapsed
    acts = face(row).actionInterface()
    assert acts is not None
    assert faces.PRESS in acts.actionNames()
    acts.doAction(faces.PRESS)
    assert face(row).state().expanded


def test_tabs_and_headings_are_told_as_such(qtbot: QtBot) -> None:
    tab, head, card = Button("&Holdings", kind="tab"), label("Today", "title"), Card("Reasons")
    tab.setCheckable(True)
    whole = QWidget()
    qtbot.addWidget(whole)
    whole.setLayout(column(tab, head, card))
    assert face(tab).role() == QAccessible.Role.PageTab
    assert face(tab).text(NAME) == "Holdings"
    assert not face(tab).state().selected
    acts = face(tab).actionInterface()
    assert acts is not None
    acts.doAction(faces.PRESS)
    assert tab.isChecked()
    assert face(tab).state().selected
    assert face(head).role() == QAccessible.Role.Heading
    assert face(head).text(NAME) == "Today"
    assert face(card).role() == QAccessible.Role.Grouping
    assert face(card.head).text(NAME) == "Reasons"


def test_a_button_that_stays_down_is_clicked_and_says_so(qtbot: QtBot) -> None:
    box = QCheckBox("&Gifts")
    qtbot.addWidget(box)
    heard: list[bool] = []
    box.clicked.connect(lambda now: heard.append(now))
    acts = face(box).actionInterface()
    assert acts is not None
    acts.doAction(faces.TOGGLE)
    assert heard == [True]
    assert face(box).state().checked
    assert face(box).text(NAME) == "Gifts"
    assert face(box).role() == QAccessible.Role.CheckBox
    box.setEnabled(False)
    assert faces.TOGGLE not in acts.actionNames()


def test_one_of_several_is_told_as_such_even_when_it_was_seen_before(qtbot: QtBot) -> None:
    button = Button("Month")
    qtbot.addWidget(button)
    button.setCheckable(True)
    assert face(button).role() == QAccessible.Role.CheckBox
    QButtonGroup(button).addButton(button)
    assert face(button).role() == QAccessible.Role.RadioButton
