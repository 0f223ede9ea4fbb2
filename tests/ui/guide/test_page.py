"""The help page: F1 opens the page of where one is, and again leads back; the list tells of every page and rule."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rmdesk.base import text
from rmdesk.services.guide import topics
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.ui.guide.page import GuidePage
from rmdesk.ui.kit.widgets import Button
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.routes import ROUTES


def shown(desk: WindowDesk, qtbot: QtBot, **what: str) -> GuidePage:
    desk.go("guide", **what)
    page = desk.window.page()
    assert isinstance(page, GuidePage)
    qtbot.waitUntil(lambda: not desk.tasks.running and bool(page.sheet.toPlainText()))
    return page


def test_every_page_has_its_help_under_its_own_title() -> None:
    for language in ("en", "zh_CN"):
        text.use(language)
        titles = {route.name: text._(route.title) for route in ROUTES}
        assert {name: screen.title.said for name, screen in topics.screens().items() if name in titles} == titles


def test_it_shows_what_is_asked_for_and_leads_there(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot, screen="gifts")
    assert page.sheet.toPlainText().startswith("Gifts")
    assert page.place() == {"screen": "gifts"}
    qtbot.mouseClick(page.there, Qt.MouseButton.LeftButton)
    here = desk.window.page()
    assert here is not None
    assert here.title() == "Gifts"


def test_arrows_go_from_topic_to_topic_and_skip_the_heads(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot, screen="guide")
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.chosen == ("rule", "tiers")
    qtbot.waitUntil(lambda: "Why this tier" in page.sheet.toPlainText())
    assert page.there.isHidden()


def test_a_changed_setting_changes_what_is_told(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot, rule="tiers")
    qtbot.waitUntil(lambda: "10,000,000" in page.sheet.toPlainText())
    desk.perform(ChangeSetting("segments.preset", "county"))
    qtbot.waitUntil(lambda: "10,000,000" not in page.sheet.toPlainText() and "200,000" in page.sheet.toPlainText())


def test_an_unknown_topic_leaves_what_is_shown(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot, screen="today")
    desk.go("guide", screen="nowhere")
    assert page.chosen == ("screen", "today")
    for strange in ({"rule": ["tiers"]}, {"screen": {"gifts": 1}}, {"rule": None}):
        page.open(**strange)
        assert page.chosen == ("screen", "today")


def test_a_page_leads_to_the_rules_that_decide_there(desk: WindowDesk, qtbot: QtBot) -> None:
    page = shown(desk, qtbot, screen="gatherings")
    qtbot.waitUntil(lambda: page.rules.count() == 5)
    assert all(set(one.rules) <= set(topics.rules()) for one in topics.screens().values())
    (link,) = (one for one in page.findChildren(Button) if one.text() == topics.rules()["clubs"].title.said)
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "half-year" in page.sheet.toPlainText())
    assert page.place() == {"rule": "clubs"}
    assert page.rules.count() == 0
