"""Search over the real clients: found by initials, kept in step, gone when the desk is locked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rmdesk.base import clock
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, FeedbackKind
from rmdesk.services.complaints.feedback import NoteFeedback
from rmdesk.services.search.texts import left
from rmdesk.services.store.store import Store
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.searching import Searching
from tests.support.build import Do, perform


def add(desk: WindowDesk, qtbot: QtBot, name: str, initials: str) -> None:
    command = Do(lambda work: work.add(Client(name=name, initials=initials, pinyin=initials, number=name)))
    task = desk.perform(command)
    qtbot.waitUntil(lambda: task.over)


def test_clients_are_found_by_initials_and_new_ones_too(desk: WindowDesk, qtbot: QtBot) -> None:
    add(desk, qtbot, "周文敏", "zwm")
    searching = Searching(desk)
    searching.began()
    qtbot.waitUntil(lambda: [pick.title for pick in searching.find("zwm")] == ["周文敏"])
    add(desk, qtbot, "曾令海", "zlh")
    qtbot.waitUntil(lambda: [pick.title for pick in searching.find("zlh")] == ["曾令海"])
    qtbot.waitUntil(lambda: not desk.tasks.running)
    searching.ended()
    assert searching.find("zwm") == []
    assert searching.popup.finder is None


def test_a_hit_tells_the_number_and_what_matched_and_never_a_whole_phone(desk: WindowDesk, qtbot: QtBot) -> None:
    client = Client(name="周文敏", initials="zwm", pinyin="Zhōu Wénmǐn", number="9001", phone="13800138000")
    task = desk.perform(Do(lambda work: work.add(client)))
    qtbot.waitUntil(lambda: task.over)
    searching = Searching(desk)
    searching.began()
    qtbot.waitUntil(lambda: [pick.right for pick in searching.find("zw")] == ["9001  ·  ends 8000"])
    (pick,) = searching.find("zw")
    assert (pick.spans, pick.note) == (((0, 2),), "zwm")
    (by_phone,) = searching.find("0138000")
    assert by_phone.note == "138 •••• 8000"
    assert "13800138000" not in f"{by_phone.title}{by_phone.note}{by_phone.right}"
    qtbot.waitUntil(lambda: not desk.tasks.running)
    searching.ended()


def test_who_is_gone_is_not_asked_for_again_and_again(desk: WindowDesk, store: Store, qtbot: QtBot) -> None:
    add(desk, qtbot, "周文敏", "zwm")
    add(desk, qtbot, "周文明", "zwm")
    searching, field = Searching(desk), desk.window.topbar.search
    searching.began()
    qtbot.waitUntil(lambda: desk.index is not None and not desk.tasks.running)
    perform(store, lambda work: work.bulk("DELETE FROM client WHERE name = '周文明'", topics=set()))
    qtbot.keyClicks(field, "zwm")  # the index does not know it yet
    picks = searching.popup.list.model_of_picks
    qtbot.waitUntil(lambda: [pick.title for pick in picks.picks] == ["周文敏"])
    qtbot.waitUntil(lambda: not desk.tasks.running)
    searching.ended()


def test_an_empty_portfolio_invites_to_import(desk: WindowDesk, qtbot: QtBot) -> None:
    searching = Searching(desk)
    searching.began()
    qtbot.waitUntil(lambda: searching.popup.finder is not None)
    searching.popup.show_hits("zwm")
    assert searching.popup.none.text() == "There are no clients yet."
    assert searching.popup.invite is not None
    searching.popup.invite()
    qtbot.waitUntil(lambda: desk.window.page() is not None and not desk.tasks.running)
    assert desk.window.windowTitle() == "Import – rmdesk"


def test_pages_are_found_by_name(desk: WindowDesk, qtbot: QtBot) -> None:
    searching = Searching(desk)
    (pick,) = [pick for pick in searching.find("sett") if pick.right == "Page"]
    pick.what()
    qtbot.waitUntil(lambda: desk.window.page() is not None and not desk.tasks.running)
    assert desk.window.windowTitle() == "Settings – rmdesk"


def searching_a_suggestion(desk: WindowDesk, qtbot: QtBot) -> tuple[Searching, QLineEdit]:
    """The search at work, in whose texts a client's suggestion has come; and its field."""
    add(desk, qtbot, "周文敏", "zwm")
    searching = Searching(desk)
    searching.began()
    qtbot.waitUntil(lambda: searching.popup.finder is not None)
    task = desk.perform(NoteFeedback(ClientId(1), FeedbackKind.SUGGESTION, "建议放老花镜", clock.today()))
    qtbot.waitUntil(lambda: task.over)
    store = desk.tasks.store
    assert store is not None
    qtbot.waitUntil(lambda: store.read(left) == 0)
    field = desk.window.topbar.search
    field.setFocus()
    return searching, field


def test_texts_are_found_after_the_clients_and_open_where_they_stand(desk: WindowDesk, qtbot: QtBot) -> None:
    searching, field = searching_a_suggestion(desk, qtbot)
    qtbot.keyClicks(field, "x")
    field.setText("老花镜")
    picks = searching.popup.list.model_of_picks
    qtbot.waitUntil(lambda: [pick.title for pick in picks.picks] == ["建议放老花镜"])
    (pick,) = picks.picks
    assert (pick.spans, pick.chip[0]) == (((3, 6),), "周文敏")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window.windowTitle().startswith("周文敏") and not desk.tasks.running)
    searching.ended()
    assert searching.find("老花镜") == []


def test_letters_find_texts_by_pinyin_and_the_newest_records_of_who_is_meant(desk: WindowDesk, qtbot: QtBot) -> None:
    searching, field = searching_a_suggestion(desk, qtbot)
    picks = searching.popup.list.model_of_picks
    qtbot.keyClicks(field, "laohuaj")
    qtbot.waitUntil(lambda: [(pick.title, pick.spans) for pick in picks.picks] == [("建议放老花镜", ((3, 6),))])
    field.clear()
    qtbot.keyClicks(field, "zwm")
    qtbot.waitUntil(lambda: [pick.title for pick in picks.picks] == ["周文敏", "建议放老花镜"])
    assert picks.picks[1].spans == ()
    field.clear()
    qtbot.keyClicks(field, "z")
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert [pick.title for pick in picks.picks] == ["周文敏"]  # one letter means too many
    searching.ended()


def test_the_same_words_are_asked_anew_after_a_change(desk: WindowDesk, qtbot: QtBot) -> None:
    searching, field = searching_a_suggestion(desk, qtbot)
    field.setText("老花镜")  # as an input method brings it, all at once
    picks = searching.popup.list.model_of_picks
    qtbot.waitUntil(lambda: [pick.title for pick in picks.picks] == ["建议放老花镜"])
    desk.undo()
    qtbot.waitUntil(lambda: list(picks.picks) == [])
    field.clear()
    desk.redo()
    store = desk.tasks.store
    assert store is not None
    qtbot.waitUntil(lambda: not desk.tasks.running and store.read(left) == 0)
    field.setText("老花镜")
    qtbot.waitUntil(lambda: [pick.title for pick in picks.picks] == ["建议放老花镜"])
    searching.ended()


def test_who_types_before_the_index_is_made_is_told_when_it_is(desk: WindowDesk, qtbot: QtBot) -> None:
    add(desk, qtbot, "周文敏", "zwm")
    searching = Searching(desk)
    qtbot.keyClicks(desk.window.topbar.search, "qqq")
    assert searching.popup.none.text() == "The search is being prepared…"
    searching.began()
    qtbot.waitUntil(lambda: searching.popup.none.text() == "Nothing found for “qqq”.")
    qtbot.waitUntil(lambda: not desk.tasks.running)
    searching.ended()
