"""The brief says what a visit must not forget, and the same as its parts say elsewhere."""

from __future__ import annotations

import pytest

from rmdesk.base import text
from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.services.brief import rules
from rmdesk.services.brief.care_list import care_list
from rmdesk.services.brief.client_file import client_file
from rmdesk.services.brief.document import document_of, plain
from rmdesk.services.brief.queries import Brief, brief_of
from rmdesk.services.brief.rules import Section
from rmdesk.services.care import queries as care
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.documents import plain as lines
from rmdesk.services.documents.blocks import said, texts
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.brief.arrange import LONG, plain_client, rich_client


def part(brief: Brief, name: str) -> Section:
    """One section."""
    return next(section for section in brief.sections if section.name == name)


@pytest.fixture
def rich(store: Store) -> ClientId:
    return rich_client(store)


def test_what_must_not_be_forgotten_is_there(store: Store, rich: ClientId) -> None:
    brief = store.read(brief_of, rich)
    assert brief.name == "周文敏"
    assert len(part(brief, "promises").items) == 12
    assert len(part(brief, "complaints").items) == 6
    assert len(part(brief, "visits").items) == 12
    assert said(part(brief, "visits").items[0].text).startswith("Call: 第 0 次")
    assert said(part(brief, "promises").items[0].text).startswith("承诺 0")
    assert any("忌谈股票" in said(line.text) for line in part(brief, "taboos").items)
    assert part(brief, "tasks").items
    assert part(brief, "questions").items


def test_the_number_stays_masked(store: Store, rich: ClientId) -> None:
    for document in (document_of(store.read(brief_of, rich)), store.read(client_file, rich)):
        whole = " ".join(texts(document.blocks))
        assert "138 •••• 6620" in whole
        assert "13800136620" not in whole


def test_the_reasons_are_those_of_the_receipt(store: Store, rich: ClientId) -> None:
    receipt = store.read(care.receipt, rich)
    shown = part(store.read(brief_of, rich), "reasons").items
    points = sorted((line.points for line in receipt.lines if line.points > 0), reverse=True)
    assert points
    assert [said(line.tail) for line in shown] == [f"{one:.1f}" for one in points]


def test_long_talk_is_clipped_and_left_out_lines_are_counted(store: Store, rich: ClientId) -> None:
    document = document_of(store.read(brief_of, rich))
    written = list(lines.lines(document))
    assert any("more line" in line for line in written)
    assert not any(LONG[:120] in line for line in written)
    assert sum("承诺" in line for line in written) >= rules.share("promises").keep


def test_of_a_client_of_whom_nothing_is_known_it_says_so(store: Store) -> None:
    brief = store.read(brief_of, plain_client(store))
    written = "\n".join(lines.lines(document_of(brief)))
    assert "No visit is on record." in written
    assert "None is open." in written
    assert part(brief, "questions").items


def test_who_may_not_be_contacted_is_said_first(store: Store) -> None:
    client = plain_client(store)
    store.perform(SetStatus((client,), ClientStatus.DO_NOT_CONTACT))
    brief = store.read(brief_of, client)
    assert brief.stop is not None
    assert "The client does not want to be contacted." in list(texts(document_of(brief).blocks))


def test_a_gift_is_proposed_only_where_one_may_be_given(store: Store, rich: ClientId) -> None:
    assert part(store.read(brief_of, rich), "gifts").items
    store.perform(SetStatus((rich,), ClientStatus.DO_NOT_CONTACT))
    assert "gifts" not in {section.name for section in store.read(brief_of, rich).sections}


def test_an_unknown_client_is_refused(store: Store) -> None:
    with pytest.raises(Refused):
        store.read(brief_of, ClientId(99))


def test_scripts_get_the_whole_brief(store: Store, rich: ClientId) -> None:
    data = plain(store.read(brief_of, rich))
    assert (data["client"], data["name"], data["date"]) == (rich, "周文敏", "2026-11-21")
    found = {section["name"]: section for section in data["sections"]}
    assert len(found["promises"]["lines"]) + found["promises"]["more"] == 12
    assert {"lead", "text", "value", "kind"} == set(found["promises"]["lines"][0])


def test_the_document_tells_whose_it_is_in_its_record_but_not_in_its_name(store: Store, rich: ClientId) -> None:
    document = document_of(store.read(brief_of, rich))
    assert document.client == rich
    assert said(document.name) == "Visit brief"
    assert document.confidential
    text.use("zh_CN")
    assert said(document.name) == "拜访简报"


def test_the_client_file_has_every_promise_and_the_note(store: Store, rich: ClientId) -> None:
    document = store.read(client_file, rich)
    whole = "\n".join(texts(document.blocks))
    assert all(f"承诺 {number}：" in whole for number in range(12))
    assert LONG in whole
    assert document.client == rich


def test_the_care_list_on_paper_is_that_of_today(store: Store, rich: ClientId) -> None:
    document = store.read(care_list)
    day = store.read(care.care_day)
    whole = list(texts(document.blocks))
    assert [item.name for item in day.items] == ["周文敏"]
    assert "周文敏" in whole
    assert any(day.items[0].action.text.said in text for text in whole)
    assert document.client is None
    assert document.day == TODAY


def test_an_empty_care_list_says_that_all_is_done(store: Store) -> None:
    assert "Everything on today's list is done." in list(texts(store.read(care_list).blocks))
