"""The page of a lead by real events: the queue by keys and mouse, a word and its undo, what is empty and for whom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from rmdesk.models.kinds import ClientId, Word
from rmdesk.services.gifts.approvals import AskApproval
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from rmdesk.services.team import words
from rmdesk.services.team.settings import SEED
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.ui.kit.document_dialog import DocumentDialog
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.team.page import TeamPage
from tests.services.gifts import arrange as gifts
from tests.services.team import arrange
from tests.ui.clients.robot import dialog

LIST_KEYS = {"approve": Qt.Key.Key_A, "return": Qt.Key.Key_R, "next": Qt.Key.Key_N, "before": Qt.Key.Key_P}


@pytest.fixture
def clients(store: Store) -> tuple[ClientId, ClientId]:
    """A lead with two managers, each with a client and two visits; all of them are drawn."""
    arrange.join(store)
    store.perform(ChangeSetting("team.review_share", 100))
    store.perform(ChangeSetting("team.review_seed", "seed"))
    found = arrange.client(store, "周文敏", arrange.book(1)), arrange.client(store, "单建华", arrange.book(2))
    for client in found:
        for text in ("谈了换汇", "谈了保险"):
            arrange.visit(store, client, text)
    return found


def shown(qtbot: QtBot, desk: WindowDesk, tab: str = "queue") -> TeamPage:
    desk.go("team", tab=tab)
    page = desk.window.page()
    assert isinstance(page, TeamPage)
    qtbot.waitUntil(lambda: not page.stale and not desk.tasks.running)
    return page


def rest(qtbot: QtBot, desk: WindowDesk) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.running)


def test_the_queue_shows_who_with_whom_and_the_first_record(
    qtbot: QtBot, desk: WindowDesk, clients: tuple[ClientId, ClientId]
) -> None:
    page = shown(qtbot, desk)
    QAbstractItemModelTester(page.review.list.model())
    assert {(one.member, one.client_name) for one in page.review.list.rows} == {
        ("王涛", "周文敏"),
        ("李文静", "单建华"),
    }
    qtbot.waitUntil(lambda: page.review.log is not None)
    assert page.review.log is not None
    assert page.review.card.head.text() == f"{page.review.log.member} visited {page.review.log.client_name}"
    said = page.review.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert page.review.log.client_name in said
    assert desk._counts["team"] == 4


def test_keys_approve_and_go_on_and_undo_brings_it_back(
    qtbot: QtBot, desk: WindowDesk, store: Store, clients: tuple[ClientId, ClientId]
) -> None:
    page = shown(qtbot, desk)
    qtbot.waitUntil(lambda: page.review.log is not None)
    first, second = page.review.list.rows[:2]
    qtbot.keyClick(page.review.list, LIST_KEYS["approve"])
    qtbot.waitUntil(lambda: len(page.review.list.rows) == 3)
    assert [one.word for one in store.read(words.reviews_of, "visit", first.id)] == ["approved"]
    qtbot.waitUntil(lambda: page.review.log is not None and page.review.log.id == second.id)
    assert desk.window.toast.isVisible()
    desk.undo()
    qtbot.waitUntil(lambda: len(page.review.list.rows) == 4)
    assert store.read(words.reviews_of, "visit", first.id) == ()


def test_giving_back_asks_for_a_comment_and_takes_one_tag(
    qtbot: QtBot, desk: WindowDesk, store: Store, clients: tuple[ClientId, ClientId]
) -> None:
    page = shown(qtbot, desk)
    review = page.review
    qtbot.waitUntil(lambda: review.log is not None)
    first = review.list.rows[0]
    qtbot.keyClick(review.list, LIST_KEYS["return"])
    qtbot.waitUntil(review.bar.trouble.isVisible)
    assert len(review.list.rows) == 4
    qtbot.keyClicks(review.bar.comment, "amount is missing")
    for code in ("signals", "record"):
        qtbot.mouseClick(review.bar.tags[code], Qt.MouseButton.LeftButton)
    assert review.bar.tag == "record"
    qtbot.mouseClick(review.bar.buttons[Word.RETURNED], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(review.list.rows) == 3)
    (said,) = store.read(words.reviews_of, "visit", first.id)
    assert (said.word, said.comment, said.tag) == ("returned", "amount is missing", "record")
    rest(qtbot, desk)
    qtbot.waitUntil(lambda: review.bar.text == "")


def test_a_comment_that_was_begun_is_there_when_one_comes_back(
    qtbot: QtBot, desk: WindowDesk, store: Store, clients: tuple[ClientId, ClientId]
) -> None:
    review = shown(qtbot, desk).review
    qtbot.waitUntil(lambda: review.log is not None)
    first, second = review.list.rows[:2]
    qtbot.keyClicks(review.bar.comment, "amount is")
    qtbot.mouseClick(review.bar.tags["record"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(review.list, LIST_KEYS["next"])
    qtbot.waitUntil(lambda: review.log is not None and review.log.id == second.id)
    assert (review.bar.text, review.bar.tag) == ("", "")
    rest(qtbot, desk)
    qtbot.keyClick(review.list, LIST_KEYS["before"])
    qtbot.waitUntil(lambda: review.bar.text == "amount is")
    assert (review.log is not None and review.log.id, review.bar.tag) == (first.id, "record")
    qtbot.mouseClick(review.bar.buttons[Word.RETURNED], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: review.log is not None and review.log.id == second.id)
    rest(qtbot, desk)
    assert review.bar.text == ""
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM draft")) == 0


def test_next_and_before_by_keys_and_actions(
    qtbot: QtBot, desk: WindowDesk, clients: tuple[ClientId, ClientId]
) -> None:
    page = shown(qtbot, desk)
    rows = page.review.list.rows
    qtbot.keyClick(page.review.list, LIST_KEYS["next"])
    assert page.review.list.current is rows[1]
    page.step(1)
    qtbot.keyClick(page.review.list, LIST_KEYS["before"])
    assert page.review.list.current is rows[1]
    qtbot.waitUntil(lambda: page.review.log is not None and page.review.log.id == rows[1].id)
    page.say(Word.EXEMPLARY)
    qtbot.waitUntil(lambda: len(page.review.list.rows) == 3)


def test_filters_narrow_by_manager_and_kind(
    qtbot: QtBot, desk: WindowDesk, store: Store, clients: tuple[ClientId, ClientId]
) -> None:
    arrange.gift(store, clients[0])
    page = shown(qtbot, desk)
    review = page.review
    assert [review.member.itemText(at) for at in range(review.member.count())] == ["All managers", "李文静", "王涛"]
    review.member.setCurrentIndex(1)
    assert {one.member for one in review.list.rows} == {"李文静"}
    review.kind.setCurrentIndex(review.kind.findData("gift"))
    assert not review.list.rows
    assert review.nothing.isVisible()
    assert review.log is None
    review.member.setCurrentIndex(0)
    assert [one.entity for one in review.list.rows] == ["gift"]


def test_beyond_the_sample_shows_all(
    qtbot: QtBot, desk: WindowDesk, store: Store, clients: tuple[ClientId, ClientId]
) -> None:
    store.perform(ChangeSetting("team.review_share", 0))
    page = shown(qtbot, desk)
    assert not page.review.list.rows
    page.review.everything.setChecked(True)
    qtbot.waitUntil(lambda: len(page.review.list.rows) == 4)


def test_a_request_is_approved_in_the_same_queue(
    qtbot: QtBot, desk: WindowDesk, store: Store, clients: tuple[ClientId, ClientId]
) -> None:
    gift = gifts.plan(store, clients[0], yuan=1_200)
    request = store.perform(AskApproval(gift, "六十大寿")).result
    page = shown(qtbot, desk)
    assert page.review.list.rows[0].entity == "gift_approval"
    qtbot.waitUntil(lambda: page.review.log is not None and page.review.log.request == request)
    assert not page.review.bar.buttons[Word.DISCUSS].isVisible()
    qtbot.mouseClick(page.review.bar.buttons[Word.APPROVED], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.review.list.rows[0].entity == "visit")
    state = store.read(lambda reads: reads.value("SELECT state FROM gift_approval"))
    assert state == "approved"


def test_coverage_and_what_was_said(
    qtbot: QtBot, desk: WindowDesk, store: Store, clients: tuple[ClientId, ClientId]
) -> None:
    page = shown(qtbot, desk)
    arrange.review(store, "visit", page.review.list.rows[0].id)
    page = shown(qtbot, desk, "said")
    qtbot.waitUntil(lambda: page.said.table.rows.rowCount() == 1)
    page = shown(qtbot, desk, "coverage")
    grid = page.figures.coverage.body.itemAt(0).layout()
    texts = [grid.itemAt(at).widget().text() for at in range(grid.count()) if hasattr(grid.itemAt(at).widget(), "text")]
    assert texts.index("李文静") < texts.index("王涛")


def test_the_week_as_a_document(qtbot: QtBot, desk: WindowDesk, clients: tuple[ClientId, ClientId]) -> None:
    page = shown(qtbot, desk)
    page.report()
    found = dialog(qtbot, DocumentDialog)
    text = found.view.sheet.toPlainText()
    assert "Weekly report of the team" in text
    assert text.index("李文静") < text.index("王涛")
    found.close()


def test_a_manager_is_told_whose_page_this_is(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    page = shown(qtbot, desk)
    assert page.showing_notice
    assert "team.review_seed" not in str(store.read(lambda reads: reads.rows("SELECT key FROM setting")))


def test_a_lead_without_books_waits_for_the_hub(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    arrange.join(store)
    from tests.support.build import perform

    perform(store, lambda work: work.bulk("DELETE FROM sync_scope", topics=()))
    page = shown(qtbot, desk)
    assert page.showing_notice


def test_the_seed_is_drawn_when_a_lead_first_comes(qtbot: QtBot, desk: WindowDesk, store: Store) -> None:
    arrange.be_lead(store)
    shown(qtbot, desk)
    qtbot.waitUntil(lambda: bool(store.read(settings.value, SEED)))
    rest(qtbot, desk)


def test_what_is_being_written_stays_when_something_arrives(
    qtbot: QtBot, desk: WindowDesk, store: Store, clients: tuple[ClientId, ClientId]
) -> None:
    page = shown(qtbot, desk)
    review = page.review
    qtbot.waitUntil(lambda: review.log is not None)
    review.list.choose(1)
    rest(qtbot, desk)
    shown_now = review.list.current
    assert shown_now is not None
    qtbot.waitUntil(lambda: review.log is not None and review.log.id == shown_now.id)
    qtbot.keyClicks(review.bar.comment, "half a")
    qtbot.mouseClick(review.bar.tags["signals"], Qt.MouseButton.LeftButton)
    desk.perform(LogVisit(Entry(clients[0], "phone", "刚刚到的记录")))
    qtbot.waitUntil(lambda: len(review.list.rows) == 5)
    rest(qtbot, desk)
    assert review.list.current is not None
    assert review.list.current.id == shown_now.id
    assert (review.bar.text, review.bar.tag) == ("half a", "signals")
    assert review.bar.isVisible()
