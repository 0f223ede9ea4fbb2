"""A visit is logged with six key sequences besides the words one writes, counted as they go through the window; that
this takes 30 seconds is what a person needs for so many, not measured here. And a draft outlives a lock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId
from rmdesk.services.visits import queries
from rmdesk.services.visits.queries import LogFilter
from rmdesk.services.visits.rows import VisitRow
from rmdesk.ui.visits.log_page import LogPage
from rmdesk.ui.visits.page import VisitsPage
from tests.support.build import perform
from tests.ui.visits import keys
from tests.ui.visits.keys import Typist

MOST_SEQUENCES = 6
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    """The program with three clients, open on the page of clients."""
    store = keys.make(tmp_path / "profile")

    def add(work: object) -> None:
        for name, initials in (("周文敏", "zwm"), ("曾令海", "zlh"), ("欧阳雪", "oyx")):
            work.add(Client(name=name, initials=initials, pinyin=initials, number=initials))  # type: ignore[attr-defined]

    perform(store, add)
    store.close()
    made = keys.start(tmp_path / "profile", qtbot)
    yield made
    keys.stop(made)


def logged(typist: Typist) -> list[VisitRow]:
    store = typist.app.parts.tasks.store
    assert store is not None
    numbers = store.read(queries.log_ids, LogFilter())
    return list(store.read(queries.log_rows, numbers))


def form(typist: Typist) -> LogPage:
    page = typist.app.window.page()
    assert isinstance(page, LogPage)
    return page


def ready(typist: Typist) -> LogPage:
    """The form is there, empty, and waits for the client."""
    typist.qtbot.waitUntil(lambda: isinstance(typist.app.window.page(), LogPage))
    page = form(typist)
    typist.qtbot.waitUntil(lambda: page.form.client.hasFocus() or page.form.content.hasFocus())
    typist.settle()
    return page


def test_client_channel_and_one_line_are_saved_in_six_key_sequences(typist: Typist) -> None:
    typist.press(Qt.Key.Key_N, CONTROL)
    page = ready(typist)
    assert page.form.client.hasFocus()
    typist.text("zwm")
    typist.qtbot.waitUntil(lambda: len(page.form.client.list.model_of_picks.picks) == 1)
    typist.press(Qt.Key.Key_Return)
    assert page.form.channel.hasFocus()
    typist.press(Qt.Key.Key_1)
    typist.press(Qt.Key.Key_Return)
    assert page.form.content.hasFocus()
    typist.text("asked about dollars")
    typist.press(Qt.Key.Key_Return, CONTROL)
    typist.qtbot.waitUntil(lambda: not isinstance(typist.app.window.page(), LogPage), timeout=10_000)
    typist.settle()
    (visit,) = logged(typist)
    assert (visit.name, visit.channel, visit.content, visit.state) == (
        "周文敏", "at_client", "asked about dollars", "held",
    )  # fmt: skip
    assert typist.pressed <= MOST_SEQUENCES
    assert typist.app.window.toast.text.text() == "周文敏: visit logged"


def test_tab_goes_the_same_way(typist: Typist) -> None:
    typist.press(Qt.Key.Key_N, CONTROL)
    page = ready(typist)
    typist.text("zlh")
    typist.qtbot.waitUntil(lambda: len(page.form.client.list.model_of_picks.picks) == 1)
    typist.press(Qt.Key.Key_Tab)
    assert page.form.channel.hasFocus()
    typist.press(Qt.Key.Key_Right)
    typist.press(Qt.Key.Key_Return)
    typist.text("met")
    typist.press(Qt.Key.Key_Return, CONTROL)
    typist.qtbot.waitUntil(lambda: not isinstance(typist.app.window.page(), LogPage), timeout=10_000)
    typist.settle()
    assert [(visit.name, visit.channel) for visit in logged(typist)] == [("曾令海", "chat")]
    assert typist.pressed <= MOST_SEQUENCES


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(typist: Typist) -> None:
    typist.press(Qt.Key.Key_N, CONTROL)
    page = ready(typist)
    typist.text("zwm")
    typist.qtbot.waitUntil(lambda: len(page.form.client.list.model_of_picks.picks) == 1)
    typist.press(Qt.Key.Key_Return)
    typist.press(Qt.Key.Key_Return, CONTROL)
    typist.qtbot.waitUntil(lambda: page.form.form.fields["content"].error.isVisible())
    assert page.form.content.hasFocus()
    typist.text("password is 123456")
    typist.press(Qt.Key.Key_Return, CONTROL)
    typist.qtbot.waitUntil(lambda: "Passwords" in page.form.form.fields["content"].error.text())
    assert page.form.content.toPlainText() == "password is 123456"
    assert logged(typist) == []


def test_one_megabyte_emoji_and_hidden_signs_do_no_harm(typist: Typist) -> None:
    typist.press(Qt.Key.Key_N, CONTROL)
    page = ready(typist)
    page.form.client.set_client(ClientId(1))
    page.form.content.setFocus()
    page.form.content.setPlainText("长文" * 500_000)
    typist.press(Qt.Key.Key_Return, CONTROL)
    typist.qtbot.waitUntil(lambda: "too long" in page.form.form.fields["content"].error.text(), timeout=10_000)
    assert len(page.form.content.toPlainText()) == 1_000_000
    page.form.content.setPlainText("")
    typist.text("好的👍🏽 مرحبا \u202e\x07 bye")
    typist.press(Qt.Key.Key_Return, CONTROL)
    typist.qtbot.waitUntil(lambda: len(logged(typist)) == 1, timeout=10_000)
    assert logged(typist)[0].content == "好的👍🏽 مرحبا  bye"


def test_what_is_typed_outlives_esc_and_the_lock(typist: Typist) -> None:
    typist.press(Qt.Key.Key_N, CONTROL)
    page = ready(typist)
    typist.text("zwm")
    typist.qtbot.waitUntil(lambda: len(page.form.client.list.model_of_picks.picks) == 1)
    typist.press(Qt.Key.Key_Return)
    typist.press(Qt.Key.Key_Return)
    typist.text("half a li")
    typist.press(Qt.Key.Key_Escape)
    typist.qtbot.waitUntil(lambda: not isinstance(typist.app.window.page(), LogPage))
    typist.settle()
    typist.press(Qt.Key.Key_N, CONTROL)
    assert form(typist).form.content.toPlainText() == "half a li"
    typist.qtbot.waitUntil(lambda: form(typist).form.content.hasFocus())
    typist.text("ne")
    typist.app.parts.commands.lock()
    keys.unlock(typist.app, typist.qtbot)
    typist.press(Qt.Key.Key_N, CONTROL)
    page = ready(typist)
    typist.qtbot.waitUntil(lambda: page.draft_line.isVisible())
    assert page.form.content.toPlainText() == "half a line"
    assert page.form.client.name == "周文敏"
    assert page.form.client.client is not None
    assert page.draft_line.said.text().startswith("Draft of ")


def test_the_page_opens_by_its_key(typist: Typist) -> None:
    typist.press(Qt.Key.Key_4, CONTROL)
    typist.qtbot.waitUntil(lambda: isinstance(typist.app.window.page(), VisitsPage))
