"""Finding a client in a form: by initials and keys alone, with what stands behind the name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientStatus, Topic
from rmdesk.services.search.queries import build
from rmdesk.services.store.store import Store
from rmdesk.ui.kit.answers import fill, value_of
from rmdesk.ui.kit.client_field import ClientField
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import Form
from rmdesk.ui.shell.desk import WindowDesk
from tests.support.build import Do, perform

PEOPLE = (("周文敏", "zwm"), ("周文明", "zwm"), ("曾令海", "zlh"))


@pytest.fixture
def field(desk: WindowDesk, store: Store, qtbot: QtBot) -> Iterator[ClientField]:
    """A field in a form in the window, over three clients."""

    def add(work: object) -> None:
        for name, initials in PEOPLE:
            work.add(Client(name=name, initials=initials, pinyin=initials, number=name))  # type: ignore[attr-defined]
        work.add(Client(name="郑安", initials="za", pinyin="za", status=ClientStatus.DECEASED))  # type: ignore[attr-defined]

    perform(store, add)
    form = Form()
    made = ClientField(desk)
    form.add("client", "Client", made)
    form.add("next", "Next", QLineEdit())
    desk.window.pages.addWidget(form)
    desk.window.pages.setCurrentWidget(form)
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    qtbot.waitUntil(lambda: not desk.tasks.running)


def titles(field: ClientField) -> list[str]:
    return [pick.title for pick in field.list.model_of_picks.picks]


def typed(qtbot: QtBot, field: ClientField, text: str, count: int) -> None:
    qtbot.keyClicks(field, text)
    qtbot.waitUntil(lambda: len(titles(field)) == count)


def test_initials_and_enter_choose_a_client(field: ClientField, qtbot: QtBot) -> None:
    told: list[object] = []
    field.chosen.connect(told.append)
    typed(qtbot, field, "zlh", 1)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "曾令海"
    assert told == [field.client]
    assert field.popup is not None
    assert not field.popup.isVisible()
    assert field.hasFocus()


def test_arrows_choose_among_namesakes_and_tab_goes_on(field: ClientField, qtbot: QtBot) -> None:
    typed(qtbot, field, "zwm", 2)
    second = titles(field)[1]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == second
    qtbot.waitUntil(lambda: not field.hasFocus())
    assert field.client is not None


def test_typing_on_takes_the_choice_back(field: ClientField, qtbot: QtBot) -> None:
    typed(qtbot, field, "zlh", 1)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "x")
    assert field.client is None
    assert value_of(field) is None


def test_escape_closes_the_list_and_keeps_what_was_typed(field: ClientField, qtbot: QtBot) -> None:
    typed(qtbot, field, "zwm", 2)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.popup is not None
    assert not field.popup.isVisible()
    assert field.text() == "zwm"


def test_who_came_after_the_index_was_made_is_offered_with_the_next_one(
    field: ClientField, qtbot: QtBot, store: Store
) -> None:
    typed(qtbot, field, "zlh", 1)
    perform(store, lambda work: work.add(Client(name="林曼", initials="lm", pinyin="lm", number="7")))
    field.clear()
    qtbot.keyClicks(field, "lm")
    assert titles(field) == []
    field.desk.take_index(store.read(build))
    qtbot.waitUntil(lambda: titles(field) == ["林曼"])


def removed(desk: Desk, qtbot: QtBot, *names: str) -> None:
    """These are deleted, and the desk is told; the index is not made anew, as nothing here does that."""
    marks = ", ".join("?" * len(names))
    sql = f"DELETE FROM client WHERE name IN ({marks})"
    task = desk.perform(Do(lambda work: work.bulk(sql, names, topics={Topic.CLIENTS})))
    qtbot.waitUntil(lambda: task.over)


def test_who_is_gone_is_not_offered_and_cannot_be_chosen(field: ClientField, qtbot: QtBot) -> None:
    typed(qtbot, field, "zlh", 1)
    qtbot.waitUntil(lambda: not field.desk.tasks.running)
    removed(field.desk, qtbot, "曾令海")
    qtbot.waitUntil(lambda: titles(field) == [] and field._none.isVisible())
    assert field._none.text() == "Nothing found for “zlh”."
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.client is None


def test_the_line_that_was_chosen_stays_it_and_no_other_takes_its_place(field: ClientField, qtbot: QtBot) -> None:
    typed(qtbot, field, "z", 4)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    first, chosen = titles(field)[0], titles(field)[2]
    removed(field.desk, qtbot, first)
    qtbot.waitUntil(lambda: len(titles(field)) == 3 and not field.desk.tasks.running)
    assert titles(field)[field.list.currentIndex().row()] == chosen
    removed(field.desk, qtbot, chosen)
    qtbot.waitUntil(lambda: len(titles(field)) == 2 and not field.desk.tasks.running)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.client is None
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == titles(field)[0]


def test_nobody_of_this_name_is_said(field: ClientField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "qqq")
    qtbot.waitUntil(lambda: field._none.isVisible() and "qqq" in field._none.text())
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.client is None


def test_what_forbids_contact_stands_behind_the_name(field: ClientField, qtbot: QtBot, store: Store) -> None:
    dead = store.read(lambda reads: reads.value("SELECT id FROM client WHERE name = '郑安'"))
    with qtbot.waitSignal(field.known):
        fill(field, dead)
    assert field.text() == "郑安"
    assert field.forbids == "Deceased"
    assert "Deceased" in field.accessibleDescription()


def test_a_form_fills_and_reads_it(field: ClientField, qtbot: QtBot, store: Store) -> None:
    wanted = store.read(lambda reads: reads.value("SELECT id FROM client WHERE initials = 'zlh'"))
    fill(field, wanted)
    qtbot.waitUntil(lambda: field.text() == "曾令海")
    assert value_of(field) == wanted
    fill(field, None)
    assert (value_of(field), field.text()) == (None, "")
