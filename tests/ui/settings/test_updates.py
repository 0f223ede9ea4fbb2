"""The card of the program's version: looked for, fetched and opened by hand, and only what the bank signed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from rmdesk.base import paths
from rmdesk.services.updates import manifest, offers
from rmdesk.ui.settings import updates
from rmdesk.ui.settings.updates import UpdateCard
from rmdesk.ui.shell.desk import WindowDesk
from tests.conftest import TODAY
from tools.manifest import new_key, signed

CONTENT = b"the new program"
NOTES = {"en": "A tour.", "zh_CN": "导览。"}


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the bank's policy says that versions are offered; a newer one lies there."""
    made = tmp_path / "share"
    made.mkdir()
    file = made / "rmdesk_9.0.0_amd64.deb"
    file.write_bytes(CONTENT)
    key = new_key(tmp_path / "key.pem")
    offered = signed(tmp_path / "key.pem", "9.0.0", TODAY + timedelta(30), [file], notes=NOTES)
    (made / "manifest.json").write_bytes(offered)
    place = (made / "manifest.json").as_posix()
    (tmp_path / "policy.toml").write_text(f'[updates]\nmanifest = "{place}"\nkey = "{key}"\n', "utf-8")
    monkeypatch.setattr(paths, "policies", lambda: tmp_path)
    monkeypatch.setattr(offers, "this_system", lambda: "debian")
    return made


@pytest.fixture
def card(desk: WindowDesk) -> UpdateCard:
    made = UpdateCard(desk)
    made.setParent(desk.window.frame)
    made.setGeometry(240, 80, 820, 420)
    made.show()
    return made


def pressed(card: UpdateCard, button: QPushButton, desk: WindowDesk, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not desk.tasks.running and card.look.isEnabled())


def choose(monkeypatch: pytest.MonkeyPatch, way: str, answer: str) -> None:
    chooser: Any = updates.QFileDialog
    told = answer if way == "getExistingDirectory" else (answer, "")
    monkeypatch.setattr(chooser, way, lambda *_about: told)


def answer(text: str, qtbot: QtBot) -> None:
    (box,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible())
    (button,) = (one for one in box.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_three_steps_by_hand_from_the_offer_to_the_installer(
    card: UpdateCard, desk: WindowDesk, share: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(updates.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    choose(monkeypatch, "getExistingDirectory", str(tmp_path))
    assert card.found is None  # nothing is looked for by itself
    assert not card.fetch.isVisible()
    pressed(card, card.look, desk, qtbot)
    assert "9.0.0" in card.told.text()
    assert card.notes.text() == "What is new: A tour."
    assert card.found is not None
    assert card.found.signed_by in card.signed.text()
    assert not (tmp_path / "rmdesk_9.0.0_amd64.deb").exists()
    assert not card.open.isVisible()
    pressed(card, card.fetch, desk, qtbot)
    assert (tmp_path / "rmdesk_9.0.0_amd64.deb").read_bytes() == CONTENT
    assert not card.fetch.isVisible()
    pressed(card, card.open, desk, qtbot)
    answer("Not now", qtbot)
    assert opened == []
    pressed(card, card.open, desk, qtbot)
    answer("Open the installer", qtbot)
    qtbot.waitUntil(lambda: opened == [str(tmp_path / "rmdesk_9.0.0_amd64.deb")])


def test_a_file_that_was_changed_meanwhile_is_not_opened(
    card: UpdateCard, desk: WindowDesk, share: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates.QDesktopServices, "openUrl", lambda _url: pytest.fail("opened"))
    choose(monkeypatch, "getExistingDirectory", str(tmp_path))
    pressed(card, card.look, desk, qtbot)
    pressed(card, card.fetch, desk, qtbot)
    (tmp_path / "rmdesk_9.0.0_amd64.deb").write_bytes(CONTENT[::-1])
    pressed(card, card.open, desk, qtbot)
    answer("Open the installer", qtbot)
    qtbot.waitUntil(card.error.isVisible)
    assert "no longer the one" in card.error.text()
    assert card.fetch.isVisible()


def test_no_place_is_told_with_what_to_do_and_a_file_does_as_well(
    card: UpdateCard, desk: WindowDesk, share: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = tmp_path / "policy.toml"
    told = policy.read_text("utf-8")
    policy.write_text("\n".join(line for line in told.splitlines() if "manifest" not in line), "utf-8")
    pressed(card, card.look, desk, qtbot)
    assert card.error.text() == (
        "No place for updates is set. The bank sets it in policy.toml; the administrator installs new versions."
    )
    choose(monkeypatch, "getOpenFileName", str(share / "manifest.json"))
    pressed(card, card.elsewhere, desk, qtbot)
    assert not card.error.isVisible()
    assert "9.0.0" in card.told.text()


def test_an_answer_for_a_card_that_is_gone_is_dropped(
    card: UpdateCard, desk: WindowDesk, share: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, looked = Event(), offers.look
    monkeypatch.setattr(offers, "look", lambda: looked() if going.wait(20) else None)
    card.look_now()
    card.deleteLater()
    qtbot.waitUntil(lambda: not isValid(card))
    going.set()
    qtbot.waitUntil(lambda: not desk.tasks.running)  # what is raised by then fails the test


def test_what_was_found_before_goes_when_a_new_look_begins(
    card: UpdateCard, desk: WindowDesk, share: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, "getExistingDirectory", str(tmp_path))
    pressed(card, card.look, desk, qtbot)
    pressed(card, card.fetch, desk, qtbot)
    assert card.open.isVisible()
    (share / "manifest.json").write_bytes(b"{}")
    pressed(card, card.look, desk, qtbot)
    assert "no offer" in card.error.text()
    assert (card.found, card.file) == (None, None)
    assert "9.0.0" not in card.told.text()
    assert not any(one.isVisible() for one in (card.fetch, card.open, card.notes, card.signed, card.state))


def test_the_look_before_opening_runs_under_a_name_of_its_own(
    card: UpdateCard, desk: WindowDesk, share: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates.QDesktopServices, "openUrl", lambda _url: True)
    choose(monkeypatch, "getExistingDirectory", str(tmp_path))
    names: list[str] = []
    begin = desk.tasks.converse
    monkeypatch.setattr(desk.tasks, "converse", lambda work, name: names.append(name) or begin(work, name))
    pressed(card, card.look, desk, qtbot)
    pressed(card, card.fetch, desk, qtbot)
    pressed(card, card.open, desk, qtbot)
    answer("Open the installer", qtbot)
    qtbot.waitUntil(lambda: len(names) == 3 and not desk.tasks.running)
    assert len(set(names)) == 3


@pytest.mark.parametrize("spoilt", ["signature", "file"])
def test_what_the_bank_did_not_sign_is_refused_and_nothing_left(
    card: UpdateCard, desk: WindowDesk, share: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    spoilt: str,
) -> None:  # fmt: skip
    if spoilt == "signature":
        other = new_key(tmp_path / "other.pem")
        assert other
        made = signed(tmp_path / "other.pem", "9.0.0", TODAY, [share / "rmdesk_9.0.0_amd64.deb"])
        (share / "manifest.json").write_bytes(made)
        pressed(card, card.look, desk, qtbot)
        assert "not signed by the bank" in card.error.text()
        assert not card.fetch.isVisible()
    else:
        to = tmp_path / "to"
        to.mkdir()
        choose(monkeypatch, "getExistingDirectory", str(to))
        pressed(card, card.look, desk, qtbot)
        (share / "rmdesk_9.0.0_amd64.deb").write_bytes(CONTENT[::-1])
        pressed(card, card.fetch, desk, qtbot)
        assert "not the one that the bank signed" in card.error.text()
        assert list(to.iterdir()) == []
    assert manifest.ASK in card.error.text()
    assert not card.open.isVisible()
