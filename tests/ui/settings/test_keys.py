"""The card of the keys: what opens the desk is told, and every change asks for proof first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rmdesk.base.errors import Refused
from rmdesk.services import settings
from rmdesk.services.settings import general
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import profile, recovery_code
from rmdesk.ui.settings.key_dialogs import CodeDialog, ExportDialog, KeyDialog, SecretDialog
from rmdesk.ui.settings.keys import KeysCard, lines
from rmdesk.ui.unlock.code_sheet import CodeSheet
from tests.support import profiles
from tests.support.profiles import PASSPHRASE, PIN, MemoryKeyring
from tests.ui.unlock.robot import Robot, at_work, running

CODE, NEW = recovery_code.make(), "280461"
BRANCH = "滨江支行"


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    with profiles.using(MemoryKeyring()) as backend, profiles.cheap():
        yield backend


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "profile"
    store = profile.create(made, who="Li", pin=PIN, code=CODE)
    store.perform(ChangeSetting("general.branch", BRANCH))
    store.close()
    return made


@pytest.fixture
def robot(qtbot: QtBot, folder: Path) -> Iterator[Robot]:
    """A desk that is open, with its card of keys."""
    with at_work(folder, qtbot, PIN) as robot:
        yield robot


def card(robot: Robot) -> KeysCard:
    robot.wait(lambda: any(one.info is not None for one in _cards(robot)))
    return _cards(robot)[0]


def _cards(robot: Robot) -> list[KeysCard]:
    page = robot.app.window.page()
    return page.findChildren(KeysCard) if page is not None else []


def dialog(robot: Robot) -> KeyDialog:
    def found() -> list[KeyDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, KeyDialog) and one.isVisible()]

    robot.wait(lambda: bool(found()))
    return found()[0]


def proved(robot: Robot) -> tuple[CodeDialog, CodeSheet]:
    """The dialog of a new code after the PIN was given, and its sheet."""
    asked = dialog(robot)
    assert isinstance(asked, CodeDialog)
    robot.type(asked.form, pin=PIN)
    robot.press(asked.answer)
    robot.wait(lambda: asked.sheet is not None)
    assert asked.sheet is not None
    return asked, asked.sheet


def test_it_tells_what_opens_the_desk(robot: Robot) -> None:
    info = card(robot).info
    assert info is not None
    told = lines(info)
    assert told[0] == "Every day: PIN, together with a secret in the keyring MemoryKeyring."
    assert "recovery code of" in told[1]
    assert told[2] == "The key was never exported."


def test_a_new_pin_needs_the_old_one(robot: Robot, folder: Path) -> None:
    robot.press(card(robot).pin)
    asked = dialog(robot)
    assert isinstance(asked, SecretDialog)
    robot.type(asked.form, old="000000", pin=NEW, again=NEW)
    robot.press(asked.answer)
    robot.wait(lambda: "Tries left: 9" in asked.form.fields["old"].error.text())
    robot.type(asked.form, old=PIN)
    with robot.qtbot.waitSignal(asked.changed):
        robot.press(asked.answer)
    profile.open_with_pin(folder, NEW).close()


def test_a_new_code_is_drilled_before_it_takes_the_old_ones_place(robot: Robot, folder: Path) -> None:
    robot.press(card(robot).code)
    asked, sheet = proved(robot)
    profile.open_with_code(folder, CODE).close()
    with robot.qtbot.waitSignal(asked.changed):
        code = robot.copy_and_drill(sheet)
    profile.open_with_code(folder, code).close()
    with pytest.raises(Refused, match="not the recovery code"):
        profile.open_with_code(folder, CODE)


def test_a_new_data_key_shuts_the_desk_and_opens_it_again(robot: Robot, folder: Path) -> None:
    before = robot.app.parts.tasks.store
    robot.press(card(robot).rekey)
    _asked, sheet = proved(robot)
    code = robot.copy_and_drill(sheet)
    robot.wait(lambda: robot.app.parts.tasks.store not in (None, before) and not robot.app.window.gated)
    store = profile.open_with_code(folder, code)
    assert store.read(settings.value, general.BRANCH) == BRANCH
    store.close()
    with pytest.raises(Refused, match="not the recovery code"):
        profile.open_with_code(folder, CODE)
    profile.open_with_pin(folder, PIN).close()


def test_the_key_is_exported_after_a_proof_and_that_is_told(robot: Robot, folder: Path, tmp_path: Path) -> None:
    robot.press(card(robot).export)
    asked = dialog(robot)
    assert isinstance(asked, ExportDialog)
    robot.type(asked.form, pin="000000")
    robot.press(asked.answer)
    robot.wait(lambda: "Tries left" in asked.form.fields["pin"].error.text())
    with robot.qtbot.waitSignal(asked.changed):
        asked.write_to(tmp_path / "desk.key")
    robot.wait(lambda: "exported on" in lines(card(robot).info or profile.describe(folder))[-1])
    profile.open_with_key_file(folder, tmp_path / "desk.key").close()


def test_a_profile_of_an_older_version_is_led_to_a_pin(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "older"
    store = profile.create(folder, who="Li", passphrase=PASSPHRASE)
    profiles.keyring_alone(folder, store)
    store.close()
    with running(folder) as app:
        robot = Robot(app, qtbot)
        robot.opened()  # by the keyring alone, as it always did
        robot.press(card(robot).pin)
        asked = dialog(robot)
        asked.form.fill(old=PASSPHRASE)
        robot.type(asked.form, pin=NEW, again=NEW)
        with qtbot.waitSignal(asked.changed):
            robot.press(asked.answer)
    info = profile.describe(folder)
    assert (info.has_pin, info.has_keyring, info.has_passphrase) == (True, False, True)
