"""The first run ends only when the recovery code was typed back; without a safe keyring there is no PIN."""

from __future__ import annotations

from pathlib import Path

import keyring.backends.fail
import pypdf
import pytest
from pytestqt.qtbot import QtBot

from rmdesk.services.archive import writing
from rmdesk.services.store import profile, recovery_code
from rmdesk.services.store.store import Store
from rmdesk.services.visits.tasks import AddTask
from rmdesk.ui.unlock import first_run
from tests.support import profiles
from tests.support.profiles import PASSPHRASE, PIN, MemoryKeyring
from tests.ui.unlock.robot import Robot, running


def test_pin_twice_the_sheet_the_drill_and_the_desk_is_open(
    qtbot: QtBot, tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    folder = tmp_path / "new"
    with running(folder) as app:
        robot = Robot(app, qtbot)
        gate, form = robot.naming()
        robot.press(gate.make)
        assert form.fields["who"].error.text()
        robot.type(form, who="Li Wenjing", pin="123456", again="123456")
        robot.press(gate.make)
        assert "plain sequence" in form.fields["pin"].error.text()
        robot.type(form, pin=PIN, again="719305")
        robot.press(gate.make)
        assert "differ" in form.fields["again"].error.text()
        robot.type(form, again=PIN)
        robot.press(gate.make)
        sheet = gate.sheet_of_code
        code = sheet.code
        robot.press(sheet.written)
        drill = sheet.form
        assert drill is not None
        robot.type(drill, **dict.fromkeys(drill.fields, "22222"))
        robot.press(sheet.check)
        assert "group" in next(iter(drill.fields.values())).error.text()
        assert not (folder / profile.DATA).exists()  # set-up has not ended
        sheet.show_code()
        assert robot.copy_and_drill(sheet) == code
        robot.opened()
    info = profile.describe(folder)
    assert (info.has_pin, info.has_passphrase, bool(info.recovery_of)) == (True, False, True)
    profile.open_with_code(folder, code).close()
    profile.open_with_pin(folder, PIN).close()


def test_an_archive_becomes_a_new_desk(
    qtbot: QtBot, store: Store, tmp_path: Path, memory_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.perform(AddTask("carried along"))
    made = writing.write(store, tmp_path / "all.rmarchive", PASSPHRASE)
    (tmp_path / "none").write_bytes(b"neither the one nor the other")
    chosen = iter([tmp_path / "none", made.path])
    monkeypatch.setattr(first_run.QFileDialog, "getOpenFileName", lambda *_given: (str(next(chosen)), ""))
    folder = tmp_path / "new"
    with running(folder) as app:
        robot = Robot(app, qtbot)
        gate = robot.first()
        robot.press(gate.restore)
        robot.wait(gate.error.isVisible)
        robot.press(gate.restore)
        robot.wait(lambda: gate.form is not None and "password" in gate.form.fields)
        form = gate.form
        assert form is not None
        form.fill(who="Li", pin=PIN, again=PIN)
        robot.press(gate.make)
        assert form.fields["password"].error.text()
        form.fill(password=PASSPHRASE)
        robot.press(gate.make)
        robot.copy_and_drill(gate.sheet_of_code)
        robot.opened()
    opened = profile.open_with_pin(folder, PIN)
    assert opened.read(lambda reads: reads.rows("SELECT text FROM task")) == [("carried along",)]
    opened.close()


def test_without_a_safe_keyring_a_passphrase_is_asked_and_why_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with profiles.using(keyring.backends.fail.Keyring()), profiles.cheap(), running(folder) as app:
        robot = Robot(app, qtbot)
        gate, form = robot.naming()
        assert "pin" not in form.fields
        form.fill(who="李文静", passphrase=PASSPHRASE, again=PASSPHRASE)
        robot.press(gate.make)
        robot.copy_and_drill(gate.sheet_of_code)
        robot.opened()
    info = profile.describe(folder)
    assert (info.has_pin, info.has_passphrase, bool(info.recovery_of)) == (False, True, True)


def test_the_sheet_is_a_page_to_print_with_every_group(
    qtbot: QtBot, tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    with running(tmp_path / "new") as app:
        robot = Robot(app, qtbot)
        gate, form = robot.naming()
        robot.type(form, who="Li", pin=PIN, again=PIN)
        robot.press(gate.make)
        sheet = gate.sheet_of_code
        sheet.save_to(tmp_path / "sheet.pdf")
        pages = pypdf.PdfReader(tmp_path / "sheet.pdf").pages
        assert len(pages) == 1
        lines = ["".join(line.split()) for line in pages[0].extract_text().splitlines()]
        for group in recovery_code.groups(sheet.code):
            assert any(line.endswith(group) for line in lines)  # whole: a code cut into pieces is typed wrong
        sheet.save_to(tmp_path / "none" / "sheet.pdf")
        assert sheet.trouble.text()
        assert not sheet.trouble.isHidden()
