"""The register and its filters, the lead's queue, what there is to do, the timeline, the file."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from rmdesk.base.errors import Refused
from rmdesk.base.progress import Silent
from rmdesk.models.kinds import GiftState
from rmdesk.services.exports.door import mark_of
from rmdesk.services.gifts import queries, timeline, waiting
from rmdesk.services.gifts.approvals import AskApproval
from rmdesk.services.gifts.commands import DropGift, GiveGift
from rmdesk.services.gifts.queries import GiftFilter
from rmdesk.services.gifts.register_file import TITLES, as_made
from rmdesk.services.store.store import Store
from rmdesk.services.timeline.queries import timeline_of
from tests.services.gifts import arrange

TODAY = arrange.TODAY

MARK = mark_of("李慧", "稽核")


def titles(store: Store, **chosen: object) -> list[str]:
    return [row.title for row in store.read(queries.register, GiftFilter(**chosen))]  # type: ignore[arg-type]


def test_each_filter_leaves_its_part(store: Store) -> None:
    first, second = arrange.client(store), arrange.client(store, "李文静", initials="lwj")
    child = arrange.person(store, "小华", of=first)
    arrange.give(store, first, "青瓷茶则", 100)
    arrange.plan(store, second, "湖笔", 50, planned_for=date(2027, 1, 3), occasion="乔迁")
    breach = arrange.plan(store, first, "银壶", 1_900)
    store.perform(GiveGift(breach, knowingly=True))
    arrange.plan(store, second, "地球仪", 80, to_person=child)
    assert set(titles(store)) == {"青瓷茶则", "湖笔", "银壶", "地球仪"}
    assert set(titles(store, year=2026)) == {"青瓷茶则", "银壶", "地球仪"}
    assert titles(store, year=2027) == ["湖笔"]
    assert titles(store, breaches=True) == ["银壶"]
    assert set(titles(store, states=(GiftState.PLANNED,))) == {"湖笔", "地球仪"}
    assert set(titles(store, client=second)) == {"湖笔", "地球仪"}
    assert titles(store, recipient=f"p{child}") == ["地球仪"]
    assert titles(store, text="LWJ 湖") == ["湖笔"]
    assert titles(store, text="小华") == ["地球仪"]
    assert titles(store, text="乔迁") == ["湖笔"]
    assert titles(store, text="%") == []
    assert store.read(queries.years) == (2027, 2026)


def test_what_waits_is_counted_and_ideas_wait_for_nothing(store: Store) -> None:
    client = arrange.client(store)
    gift = arrange.plan(store, client)
    arrange.give(store, client, "湖笔", 50)
    assert store.read(waiting.to_do) == 1
    store.perform(DropGift(gift))
    assert store.read(waiting.to_do) == 0


def test_a_gift_that_is_gone_is_refused_in_words(store: Store) -> None:
    with pytest.raises(Refused, match="no longer"):
        store.read(queries.gift_of, "nothing")


def test_the_draft_of_a_row_is_the_gift_again(store: Store) -> None:
    client = arrange.client(store)
    gift = arrange.plan(store, client, "湖笔", 50, planned_for=TODAY, why="练字")
    row = store.read(queries.gift_of, gift)
    assert (row.draft.title, row.draft.cost_minor, row.draft.why) == ("湖笔", 5_000, "练字")
    assert row.draft.recipient == row.recipient == f"c{client}"


def test_the_timeline_tells_gifts_reactions_and_breaches(store: Store) -> None:
    client = arrange.client(store)
    arrange.give(store, client, "湖笔", 50, on=TODAY - timedelta(3), occasion="乔迁")
    breach = arrange.plan(store, client, "银壶", 1_900)
    store.perform(GiveGift(breach, knowingly=True))
    late, early = store.read(timeline.events_of, client, 10)
    assert late.late
    assert "before approval" in late.text
    assert (early.title.said, early.on, early.entity) == ("Gift given · 乔迁", TODAY - timedelta(3), "gift")
    assert [one.text for one in store.read(timeline.events_of, client, 1)] == [late.text]
    assert store.read(timeline.events_of, client, 10, TODAY)[0] == early
    assert any(event.entity_id == breach for event in store.read(timeline_of, client))


def test_the_register_goes_to_a_file_with_formulas_defused(store: Store, tmp_path: Path) -> None:
    client = arrange.client(store)
    arrange.plan(store, client, "=1+1", 50.5, why="@cmd")
    asked = arrange.plan(store, client, "银壶", 1_900)
    store.perform(AskApproval(asked, "六十大寿"))
    content, count = store.read(as_made(GiftFilter(), "csv"), MARK, Silent())
    assert count == 2
    head, *rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert len(head) == len(TITLES)
    by_title = {row[3]: row for row in rows if len(row) > 3}
    assert by_title["'=1+1"][5] == "50.50"
    assert by_title["'=1+1"][9] == "'@cmd"
    assert "六十大寿" in by_title["银壶"][15]
    workbook = tmp_path / "register.xlsx"
    workbook.write_bytes(store.read(as_made(GiftFilter(text="银壶"), "xlsx"), MARK, Silent())[0])
    sheet = CalamineWorkbook.from_path(str(workbook))
    assert sheet.sheet_names == ["Gifts", "About this export"]
    assert len(sheet.get_sheet_by_index(0).to_python()) == 2
