"""Case 44: planted names, numbers and texts appear in no log, no report, no message of a failed statement."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.exc import SQLAlchemyError

from rmdesk.cli.main import main
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, new_id
from rmdesk.models.visits import Task
from rmdesk.services.clients.commands import AddProspect, SetNote
from rmdesk.services.clients.rules import Details
from rmdesk.services.search.texts import IndexTexts
from rmdesk.services.store import profile
from rmdesk.services.store.store import Store
from rmdesk.services.visits.tasks import AddTask
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.report import report
from rmdesk.ui.shell.routes import ROUTES
from tests.support.build import perform

WORD = "zqxplanted"
NUMBER = "13800138077"


def plant(store: Store) -> ClientId:
    """A client whose every text is planted."""
    client = store.perform(AddProspect(Details(f"{WORD}周", phone=NUMBER, district=WORD))).result
    store.perform(SetNote(client, f"{WORD} note"))
    store.perform(AddTask(f"{WORD} task", None, client))
    while store.perform(IndexTexts()).result:
        pass
    return client


def clean(*told: str) -> None:
    for text in told:
        assert WORD not in text
        assert NUMBER not in text


def test_case_44_a_walk_over_all_pages_logs_no_client(
    desk: WindowDesk, store: Store, qtbot: QtBot, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client = plant(store)
    for route in ROUTES:
        desk.go(route.name, **({"client": client} if route.name == "client" else {}))
        page = desk.window.page()
        assert page is not None
        qtbot.waitUntil(lambda page=page: not page.building and not desk.tasks.running, timeout=20_000)
    out, err = capfd.readouterr()
    clean(caplog.text, out, err)
    for path in store.folder.rglob("*"):
        if path.is_file():
            clean(path.read_bytes().decode("utf-8", errors="replace"), path.name)


def test_case_44_a_failed_statement_tells_no_value(store: Store) -> None:
    """SQLAlchemy writes parameters into the texts of its errors: none reaches a report."""
    client = plant(store)
    task = new_id()

    def twice(work: object) -> None:
        for _turn in range(2):
            work.add(Task(id=task, client_id=client, text=f"{WORD} {NUMBER}", made_on=None, state="open"))  # type: ignore[attr-defined]
            work.flush()  # type: ignore[attr-defined]

    with pytest.raises(Exception) as caught:  # noqa: PT011
        perform(store, twice)
    assert isinstance(caught.value, SQLAlchemyError) or caught.value.__cause__ is not None
    clean(report(caught.value))


@pytest.mark.parametrize(
    "given",
    [
        ("show", WORD),
        ("find", WORD),
        ("brief", f"{WORD}nobody"),
        ("--json", "show", f"{WORD} nobody"),
    ],
)
def test_case_44_the_command_line_writes_nothing_but_the_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, given: tuple[str, ...]
) -> None:
    caplog.set_level(logging.DEBUG)
    store = profile.create(tmp_path / "one", who="tester", demo=True)
    plant(store)
    store.close()
    main(["--profile", str(tmp_path / "one"), "--lang", "en", *given])
    clean(caplog.text)
    for path in (tmp_path / "one").rglob("*"):
        if path.is_file():
            clean(path.read_bytes().decode("utf-8", errors="replace"))


def test_the_audit_log_holds_no_name(store: Store) -> None:
    from rmdesk.services.clients.commands import ShowNumber
    from rmdesk.services.privacy.erasing import EraseClient

    client = plant(store)
    store.perform(ShowNumber(client, "phone"))
    name = perform(store, lambda work: work.get(Client, client).name)
    store.perform(EraseClient(client, name))
    told = store.read(lambda reads: reads.rows("SELECT * FROM audit_entry"))
    assert len(told) >= 2
    clean(str(told))
