"""PIN, and the way back when it is forgotten."""

from __future__ import annotations

from pathlib import Path

import keyring.backends.fail
import pytest
from pytestqt.qtbot import QtBot

from rmdesk.services.store import access, backup, profile, recovery_code
from tests.support import profiles
from tests.support.profiles import PASSPHRASE, PIN, MemoryKeyring
from tests.ui.unlock.robot import Robot, running

CODE, NEW = recovery_code.make(), "280461"


@pytest.fixture
def folder(tmp_path: Path, memory_keyring: MemoryKeyring) -> Path:
    made = tmp_path / "profile"
    profile.create(made, who="李文静", pin=PIN, code=CODE).close()
    return made


def test_the_pin_opens_and_a_wrong_one_tells_what_is_left(qtbot: QtBot, folder: Path) -> None:
    with running(folder) as app:
        robot = Robot(app, qtbot)
        gate = robot.unlocking()
        robot.type(gate.form, pin="000000")
        robot.press(gate.unlock)
        robot.wait(lambda: "Tries left: 9" in gate.form.fields["pin"].error.text())
        robot.type(gate.form, pin=PIN)
        robot.press(gate.unlock)
        robot.opened()


def test_a_forgotten_pin_the_code_and_a_new_one(qtbot: QtBot, folder: Path) -> None:
    with running(folder) as app:
        robot = Robot(app, qtbot)
        gate = robot.unlocking()
        asked = robot.forgotten(gate)
        typo = CODE[:6] + ("2" if CODE[6] != "2" else "3") + CODE[7:]
        robot.type(asked.form, code=typo, pin=NEW, again=NEW)
        robot.press(asked.go)
        assert "Group 2 is mistyped" in asked.form.fields["code"].error.text()
        robot.type(asked.form, code=recovery_code.make())
        robot.press(asked.go)
        robot.wait(lambda: "not the recovery code" in asked.form.fields["code"].error.text())
        robot.type(asked.form, code=recovery_code.shown(CODE).lower())
        robot.press(asked.go)
        robot.opened()
    profile.open_with_pin(folder, NEW).close()


def test_case_35_without_its_keyring_the_desk_says_so_and_takes_code_and_passphrase(qtbot: QtBot, folder: Path) -> None:
    with profiles.using(keyring.backends.fail.Keyring()), running(folder) as app:
        robot = Robot(app, qtbot)
        gate = robot.unlocking()
        robot.type(gate.form, pin=PIN)
        robot.press(gate.unlock)
        robot.wait(lambda: "no safe keyring" in gate.error.text())
        asked = robot.forgotten(gate)
        assert "pin" not in asked.form.fields  # never a PIN alone
        asked.form.fill(code=CODE, passphrase=PASSPHRASE, again=PASSPHRASE)
        robot.press(asked.go)
        robot.opened()
        profile.open_with_passphrase(folder, PASSPHRASE).close()


def test_a_key_file_of_the_bank_opens_and_sets_the_pin(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    store = profile.open_with_pin(folder, PIN)
    access.export_key(store, tmp_path / "bank.key")
    store.close()
    with running(folder) as app:
        robot = Robot(app, qtbot)
        gate = robot.unlocking()
        asked = robot.forgotten(gate)
        asked.use_file(tmp_path / "bank.key")
        robot.type(asked.form, pin=NEW, again=NEW)
        robot.press(asked.go)
        robot.opened()
    profile.open_with_pin(folder, NEW).close()


def test_a_backup_of_another_computer_asks_for_the_code(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    store = profile.open_with_pin(folder, PIN)
    made = backup.make(store, tmp_path / "stick")
    store.close()
    with profiles.using(MemoryKeyring()), running(tmp_path / "elsewhere") as app:
        robot = Robot(app, qtbot)
        robot.first().restore_wanted.emit(made.path)
        gate = robot.unlocking()
        assert list(gate.form.fields) == ["code"]
        robot.type(gate.form, code=CODE)
        robot.press(gate.unlock)
        robot.opened()
