"""A process that is killed in the middle of typing: the text is there at the next start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from rmdesk.models.clients import Client
from rmdesk.services.drafts.queries import draft_of
from rmdesk.ui.visits.log_page import LogPage
from tests.support.build import perform
from tests.ui.visits import keys

# Types into the form like a user, says when a draft is on disk, and goes on typing until it is killed.
TYPING = (
    """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from rmdesk.app import Args, build
from rmdesk.services.drafts.queries import draft_of

folder, phrase = Path(sys.argv[1]), sys.argv[2]
app = build(Args(folder, language="en", page="clients"))
app.show()
"""
    + keys.LOGGING_A_VISIT
    + """content = app.window.page().form.content
QTest.keyClicks(content, "asked about dollars")
store = app.parts.tasks.store
until(lambda: store.read(draft_of, "log", "1") is not None)
print("kept", flush=True)
while True:
    QTest.keyClicks(content, " and more")
    app.qt.processEvents()
"""
)


def test_what_was_typed_is_there_after_a_kill(qtbot: QtBot, tmp_path: Path) -> None:
    store = keys.make(tmp_path / "profile")
    perform(store, lambda work: work.add(Client(name="周文敏", initials="zwm", pinyin="zwm", number="1")))
    store.close()
    typing = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(tmp_path / "profile"), keys.PHRASE],
        stdout=subprocess.PIPE, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, text=True,
    )  # fmt: skip
    try:
        assert typing.stdout is not None
        assert typing.stdout.readline().strip() == "kept"
    finally:
        typing.kill()  # as kill -9 does
        typing.wait()
        typing.stdout.close()  # type: ignore[union-attr]
    typist = keys.start(tmp_path / "profile", qtbot)
    again = typist.app.parts.tasks.store
    assert again is not None
    assert again.read(lambda reads: reads.value("SELECT count(*) FROM change WHERE entity = 'draft'")) == 0
    typist.app.parts.desk.ask("visit", client=1)
    qtbot.waitUntil(lambda: isinstance(typist.app.window.page(), LogPage))
    page = typist.app.window.page()
    assert isinstance(page, LogPage)
    qtbot.waitUntil(lambda: page.draft_line.isVisible(), timeout=10_000)
    assert page.form.content.toPlainText().startswith("asked about dollars")
    page.draft_line.discard.click()
    typist.settle()
    assert page.form.content.toPlainText() == ""
    assert again.read(draft_of, "log", "1") is None
    keys.stop(typist)
