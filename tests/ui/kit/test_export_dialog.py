"""The question before something goes out: reason, password, what the policy allows; and the whole way to a file."""

from __future__ import annotations

from pathlib import Path

import pytest
import pyzipper
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from rmdesk.base.progress import Progress
from rmdesk.services.exports.rules import PRINT, Mark, Permit, Policy, Wish
from rmdesk.services.exports.settings import POLICY
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from rmdesk.ui.kit.export_dialog import ExportDialog
from rmdesk.ui.kit.exporting import Exporting
from rmdesk.ui.shell.desk import WindowDesk


def ask(qtbot: QtBot, desk: WindowDesk, *forms: str, rows: int = 1) -> ExportDialog:
    dialog = ExportDialog(desk, "Export", "clients", {form: form for form in forms}, rows=rows)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.permit is not None and not desk.tasks.running)
    return dialog


def errors(dialog: ExportDialog) -> set[str]:
    fields = dialog.form.fields | dialog.secret.form.fields
    return {name for name, field in fields.items() if "error" in field.__dict__ and field.error.text()}


def test_reason_and_password_are_asked_for_beside_their_fields(qtbot: QtBot, desk: WindowDesk) -> None:
    dialog = ask(qtbot, desk, "xlsx", "csv")
    told: list[Wish] = []
    dialog.answered.connect(told.append)
    for fill, wrong in (
        ({"password": "short"}, {"password"}),
        ({"password": "correct-horse-9"}, {"again"}),
        ({"again": "correct-horse-9"}, {"reason"}),
    ):
        dialog.secret.form.fill(**fill)
        qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
        assert errors(dialog) == wrong
    dialog.form.fill(reason="the branch audit")
    dialog.forms["csv"].setChecked(True)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert told == [Wish("clients", "csv", "the branch audit", "correct-horse-9")]


def test_a_suggested_password_is_shown_copied_and_taken(qtbot: QtBot, desk: WindowDesk) -> None:
    dialog = ask(qtbot, desk, "csv")
    dialog.form.fill(reason="the branch audit")
    dialog.secret.suggest()
    password = dialog.wish().password
    assert len(password) == 23
    assert password in dialog.secret.hint.text()
    assert QGuiApplication.clipboard().text() == password


@pytest.mark.parametrize(
    ("permit", "form", "goes", "plain"),
    [
        (Permit(Policy.FREE, 10, by_hub=False), "csv", True, True),
        (Permit(Policy.ENCRYPTED, 10, by_hub=True), "csv", True, False),
        (Permit(Policy.FILES, 10, by_hub=True), PRINT, False, True),
        (Permit(Policy.NONE, 10, by_hub=True), "csv", False, False),
        (Permit(Policy.FREE, 2, by_hub=False), "csv", False, True),
    ],
)
def test_what_is_not_allowed_cannot_be_chosen_and_says_why(
    qtbot: QtBot, desk: WindowDesk, permit: Permit, form: str, goes: bool, plain: bool
) -> None:
    dialog = ask(qtbot, desk, form, rows=3)
    dialog.ok.setEnabled(False)
    dialog.allow(permit)
    assert dialog.ok.isEnabled() is goes
    assert dialog.said.isHidden() is goes
    assert dialog.plain.isEnabled() is plain


def made(_reads: Reads, mark: Mark, _progress: Progress) -> tuple[bytes, int]:
    return mark.line.encode(), 1


def test_the_whole_way_to_a_locked_file(
    qtbot: QtBot, desk: WindowDesk, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def choose(_over: object, _title: str, name: str, kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return str(tmp_path / "out"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog = ExportDialog(desk, "Export", "clients", {"csv": "CSV"})
    Exporting(desk, made, name="2026-11-21-clients").ask(dialog, desk.window)
    qtbot.waitUntil(dialog.ok.isEnabled)
    dialog.form.fill(reason="the branch audit")
    dialog.secret.form.fill(password="correct-horse-9", again="correct-horse-9")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil((tmp_path / "out.zip").exists)
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert proposed == ["2026-11-21-clients.csv.zip"]
    with pyzipper.AESZipFile(tmp_path / "out.zip") as archive:
        archive.setpassword(b"correct-horse-9")
        assert b"the branch audit" in archive.read(archive.namelist()[0])
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM audit_entry WHERE act = 'export'")) == 1


def test_a_desk_that_may_give_out_nothing_writes_nothing(
    qtbot: QtBot, desk: WindowDesk, store: Store, tmp_path: Path
) -> None:
    store.perform(ChangeSetting(POLICY.key, Policy.NONE.value))
    Exporting(desk, made, name="x").give_out(Wish("clients", "csv", "the branch audit"), tmp_path / "x.csv")
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert not (tmp_path / "x.csv").exists()
