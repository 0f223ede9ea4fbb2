"""Reading a document in the window: find, zoom, copy, save."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services.charts.kinds import Bar, Bars
from rmdesk.services.documents import Document, Line, Lines, TableBlock, Title
from rmdesk.services.documents.blocks import Columns, Picture
from rmdesk.services.store.store import Store
from rmdesk.ui.kit.document_dialog import DocumentDialog, open_document
from rmdesk.ui.kit.document_view import DocumentView
from rmdesk.ui.kit.theme import Scheme, theme
from rmdesk.ui.kit.told_dialog import ToldDialog
from rmdesk.ui.shell.desk import WindowDesk
from tests.conftest import TODAY
from tests.ui.answering import answer, printing

SAID = Document(
    phrase("Print"),
    (Title("周文敏"), Lines(tuple(Line(f"line {number} of porcelain") for number in range(80)))),
    TODAY,
    client=ClientId(3),
)


@pytest.fixture
def view(qtbot: QtBot, desk: WindowDesk) -> Iterator[DocumentView]:
    dialog = open_document(desk, SAID, desk.window)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    assert isinstance(dialog, DocumentDialog)
    qtbot.waitUntil(lambda: not dialog.view.sheet.building)
    yield dialog.view
    qtbot.waitUntil(lambda: not desk.tasks.running)
    dialog.close()


def ways(store: Store) -> list[tuple[object, ...]]:
    """What the change records say of documents that went out."""
    return store.read(
        lambda reads: reads.rows(
            "SELECT client_id, json_extract(after, '$.way') FROM change WHERE after LIKE '%document%' ORDER BY id"
        )
    )


def test_finding_goes_from_place_to_place_and_round(qtbot: QtBot, view: DocumentView) -> None:
    qtbot.keyClick(view.sheet, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(view.field.hasFocus)
    qtbot.keyClicks(view.field, "line 7")
    assert view.sheet.textCursor().selectedText() == "line 7"
    first = view.sheet.textCursor().position()
    qtbot.keyClick(view.field, Qt.Key.Key_Return)
    assert view.sheet.textCursor().position() > first
    for _turn in range(10):
        qtbot.keyClick(view.field, Qt.Key.Key_Return)
    assert view.sheet.textCursor().position() == first
    qtbot.keyClicks(view.field, "x")
    assert view.field.property("wrong")


def test_what_its_charts_draw_is_told_and_stands_in_a_table(qtbot: QtBot, view: DocumentView) -> None:
    assert not view.told.isVisible()
    bars = tuple(
        Bar(name, share, f"{share:.0%}", f"{name}: {share:.0%}") for name, share in (("Gifts", 0.98), ("Time", 0.4))
    )
    view.show_document(replace(SAID, blocks=(Title("周文敏"), Columns((), (Picture(Bars("Shares", bars), 120),)))))
    qtbot.waitUntil(lambda: not view.building)
    told = ["Shares: Gifts: 98%", "Shares: Time: 40%"]
    assert view.sheet.accessibleDescription().splitlines() == told
    view.told.setFocus()
    qtbot.keyClick(view.told, Qt.Key.Key_Space)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ToldDialog)
    rows = dialog.table.model()
    assert [rows.index(at, 0).data() for at in range(rows.rowCount())] == told
    dialog.reject()


def test_zoom_changes_the_size_of_type_and_ends_at_its_limits(qtbot: QtBot, view: DocumentView) -> None:
    before = view.sheet.document().size().height()
    qtbot.mouseClick(view.larger, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.sheet.document().size().height() > before)
    for _press in range(12):
        qtbot.mouseClick(view.larger, Qt.MouseButton.LeftButton)
    assert view.sheet.percent == 200
    assert not view.larger.isEnabled()
    assert view.smaller.isEnabled()


def test_copying_takes_the_text_and_leaves_a_record(qtbot: QtBot, view: DocumentView, store: Store) -> None:
    qtbot.mouseClick(view.copy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "line 79 of porcelain" in QGuiApplication.clipboard().text())
    assert ways(store) == [(3, "copy")]


def test_saving_asks_where_proposes_no_name_of_a_client_and_leaves_a_record(
    qtbot: QtBot, view: DocumentView, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def choose(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return str(tmp_path / "brief"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    qtbot.mouseClick(view.save_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.saved, timeout=20_000):
        answer(qtbot)
    assert proposed == ["2026-11-21-Print.pdf"]
    assert [path.name for path in tmp_path.glob("brief*")] == ["brief.pdf"]
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")
    assert ways(store) == [(3, "pdf")]


def test_leaving_the_question_for_a_file_leaves_nothing(
    qtbot: QtBot, view: DocumentView, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: ("", ""))
    qtbot.mouseClick(view.save_button, Qt.MouseButton.LeftButton)
    answer(qtbot)
    assert ways(store) == []


def test_printing_asks_what_for_and_leaves_a_record(
    qtbot: QtBot, view: DocumentView, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The printer is a file here; what comes out says whose print it is."""
    printed = printing(monkeypatch)
    qtbot.mouseClick(view.print_button, Qt.MouseButton.LeftButton)
    answer(qtbot)
    qtbot.waitUntil(lambda: bool(printed))
    assert "for: the branch audit" in printed[0]
    assert ways(store) == [(3, "print")]
    acts = store.read(lambda reads: reads.rows("SELECT act, entity_id FROM audit_entry WHERE act <> 'unlock'"))
    assert acts == [("print", "3")]


def test_the_colours_follow_the_theme(qtbot: QtBot, view: DocumentView) -> None:
    def ink() -> str:
        cursor = view.sheet.document().find("line 1")
        return cursor.charFormat().foreground().color().name()

    assert ink() == theme.tokens.ink
    light = ink()
    theme.use(Scheme.DARK)
    qtbot.waitUntil(lambda: ink() == theme.tokens.ink != light)


def test_a_long_table_is_drawn_in_turns_and_whole(qtbot: QtBot, view: DocumentView) -> None:
    rows = tuple((f"row {at}", str(at)) for at in range(1000))
    view.show_document(replace(SAID, blocks=(TableBlock(("what", "count"), rows, right=(1,)),)))
    assert view.sheet.building
    qtbot.waitUntil(lambda: "row 3" in view.sheet.toPlainText())
    assert view.sheet.building  # its beginning is seen before the rest
    qtbot.waitUntil(lambda: not view.sheet.building)
    told = view.sheet.toPlainText().split("\n")
    assert [line for line in told if line.startswith("row ")] == [f"row {at}" for at in range(1000)]
    assert told.count("what") == 1


def test_the_document_is_named_for_screen_readers(view: DocumentView) -> None:
    assert view.sheet.accessibleName() == "Print"
