"""A document goes where the user says, whole or not at all, under a name that tells of no client."""

from __future__ import annotations

from pathlib import Path

import pytest

from rmdesk.base import text
from rmdesk.base.errors import Trouble
from rmdesk.base.text import phrase
from rmdesk.models.kinds import ClientId
from rmdesk.services import settings
from rmdesk.services.documents.commands import NoteCopied
from rmdesk.services.documents.queries import manager_of
from rmdesk.services.documents.writing import file_name, write
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.settings.general import BRANCH, USER_NAME
from rmdesk.services.store.store import Store
from tests.conftest import TODAY


def test_the_proposed_name_says_day_and_kind() -> None:
    assert file_name(phrase("Print"), TODAY) == "2026-11-21-Print.pdf"
    text.use("zh_CN")
    assert file_name(phrase("Print"), TODAY, "txt") == "2026-11-21-打印.txt"


def test_a_name_holds_nothing_that_a_file_system_refuses() -> None:
    assert file_name(phrase('a/b\\c:d*e?f"g<h>i|j'), TODAY) == "2026-11-21-a-b-c-d-e-f-g-h-i-j.pdf"


def test_the_file_is_written_whole_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "brief.pdf"
    target.write_bytes(b"old")
    write(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_refuses_keeps_the_old_file_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").mkdir()
    with pytest.raises(Trouble) as caught:
        write(tmp_path / "brief.pdf", b"new")
    assert caught.value.code == "write_failed"
    assert [path.name for path in tmp_path.iterdir()] == ["brief.pdf"]


def test_that_it_went_out_is_on_record_without_its_text(store: Store) -> None:
    outcome = store.perform(NoteCopied("Visit brief"))
    assert outcome.inverse is None
    rows = store.read(lambda reads: reads.rows("SELECT command, entity_id, client_id, after FROM change"))
    assert rows == [("NoteCopied", "*", None, '{"document": "Visit brief", "way": "copy"}')]


def test_a_record_on_a_client_stands_in_the_clients_history(store: Store) -> None:
    store.perform(NoteCopied("Visit brief", ClientId(7)))
    rows = store.read(lambda reads: reads.rows("SELECT entity, entity_id, client_id FROM change"))
    assert rows == [("client", "7", 7)]


def test_the_margin_names_manager_and_branch_as_far_as_known(store: Store) -> None:
    assert store.read(manager_of) == store.read(settings.value, USER_NAME)
    store.perform(ChangeSetting(USER_NAME.key, "李文静"))
    store.perform(ChangeSetting(BRANCH.key, "城中支行"))
    assert store.read(manager_of) == "李文静 · 城中支行"
