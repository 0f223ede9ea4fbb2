"""Toasts and banners: seen, read out, gone again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rmdesk.ui.kit.banner import Banner
from rmdesk.ui.kit.toast import Toast


def test_a_toast_lies_at_the_foot_and_goes_when_its_button_is_pressed(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 600)
    over.show()
    toast = Toast(over)
    pressed: list[bool] = []
    toast.say("Saved", button="Undo", press=lambda: pressed.append(True))
    assert toast.isVisible()
    assert toast.accessibleName() == "Saved"
    assert toast.geometry().bottom() < 600
    assert abs(toast.geometry().center().x() - 450) <= 1
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert pressed == [True]
    assert not toast.isVisible()


def test_a_toast_without_a_button_has_none_and_leaves_by_itself(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    toast = Toast(over)
    toast._timer.setInterval(1)
    toast.say("Saved")
    assert not toast.button.isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_long_text_is_wrapped_not_clipped(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 600)
    over.show()
    toast = Toast(over)
    toast.say("word " * 60)
    assert toast.width() < 700
    assert toast.text.height() >= toast.text.heightForWidth(toast.text.width())


def test_a_banner_tries_again_or_is_closed(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    tried: list[bool] = []
    banner.tell("The disk is full.", "Free some space.", press=lambda: tried.append(True))
    assert banner.isVisible()
    assert banner.accessibleName() == "The disk is full. Free some space."
    qtbot.mouseClick(banner.again, Qt.MouseButton.LeftButton)
    assert tried == [True]
    banner.tell("News", plain=True)
    assert not banner.again.isVisible()
    qtbot.mouseClick(banner.close_button, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()
