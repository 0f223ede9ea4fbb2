"""Journals, their links and the playbook: each command and its way back."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.kinds import CardOutcome, ClientId, Purpose, RecordId, Topic
from rmdesk.services.clients.commands import AddProspect
from rmdesk.services.clients.rules import Details
from rmdesk.services.documents.plain import lines
from rmdesk.services.journals import cards, facts, queries, rules, timeline
from rmdesk.services.journals.commands import CloseWeek, EditJournal, Entry, RemoveJournal, WriteJournal
from rmdesk.services.journals.rollup import Span, bounds, roll_up
from rmdesk.services.store.command import Command
from rmdesk.services.store.store import Store

TODAY = date(2026, 11, 20)
TABLES = ("journal", "journal_client", "journal_visit", "playbook_card", "citation")


@pytest.fixture
def client(store: Store, monkeypatch: pytest.MonkeyPatch) -> ClientId:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return store.perform(AddProspect(Details("王小明", phone="13812345678"))).result


@pytest.fixture
def journal(store: Store, client: ClientId) -> RecordId:
    return store.perform(WriteJournal(Entry(TODAY, "与王小明喝茶", "tea", clients=(client,)))).result


def tables(store: Store) -> list[list[tuple[object, ...]]]:
    return store.read(lambda reads: [reads.rows(f"SELECT * FROM {name} ORDER BY 1, 2") for name in TABLES])


def there_and_back(store: Store, command: Command[object]) -> None:
    """Do, take back, do again, take back: the tables are as before and as after each time."""
    before = tables(store)
    done = store.perform(command)
    after = tables(store)
    assert after != before
    assert done.topics == {Topic.JOURNALS}
    for expected in (before, after, before):
        assert done.inverse is not None
        done = store.perform(done.inverse)
        assert tables(store) == expected


def test_a_journal_is_written_edited_and_removed(store: Store, client: ClientId, journal: RecordId) -> None:
    whole = Entry(TODAY, "电话", "call", "先问健康", "应提前查利率", Purpose.MAINTAIN, "G5", (client,))
    there_and_back(store, WriteJournal(whole))
    there_and_back(store, EditJournal(journal, whole))
    there_and_back(store, RemoveJournal(journal))
    there_and_back(store, CloseWeek(journal, "先谈收藏", ""))


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(TODAY, " \u200b", "tea"), "content"),
        (Entry(TODAY, "好", "magic"), "method"),
        (Entry(date(2026, 11, 21), "好", "tea"), "on"),
        (Entry(TODAY, "好", "tea", insight="取款密码是 493817"), "insight"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(store: Store, client: ClientId, entry: Entry, field: str) -> None:
    with pytest.raises(Refused) as refused:
        store.perform(WriteJournal(entry))
    assert refused.value.field == field
    assert tables(store)[0] == []


def test_a_card_tells_nothing_of_the_file_even_when_it_is_typed_in_again(
    store: Store, client: ClientId, journal: RecordId
) -> None:
    there_and_back(store, cards.MakeCard(journal, "给王总打电话", "王小明（138 1234 5678）喜欢茶"))
    card = store.perform(cards.MakeCard(journal, "先喝茶", "先喝茶再谈")).result
    store.perform(cards.EditCard(card, "王小明", "存了 300 万"))
    told = store.read(facts.of_client, client)
    row = store.read(queries.cards)[0]
    assert not rules.tells(row.title + row.text, told)
    assert row.text == f"存了 {rules.AMOUNT}"
    there_and_back(store, cards.EditCard(card, "茶", "先茶后事"))
    there_and_back(store, cards.RetireCard(card))
    with pytest.raises(Refused, match="card"):
        store.perform(RemoveJournal(journal))


def test_a_card_shows_its_uses_and_what_came_of_them(store: Store, client: ClientId, journal: RecordId) -> None:
    card = store.perform(cards.MakeCard(journal, "先喝茶", "先喝茶再谈")).result
    user = store.perform(WriteJournal(Entry(TODAY, "照卡片做", "tea", cards=(card,)))).result
    there_and_back(store, cards.NoteOutcome(user, card, CardOutcome.WORKED))
    store.perform(cards.NoteOutcome(user, card, CardOutcome.WORKED))
    store.perform(EditJournal(user, Entry(TODAY, "照卡片做，很好", "tea", cards=(card,))))
    row = store.read(queries.cards)[0]
    assert (row.uses, row.worked, row.partly, row.failed) == (1, 1, 0, 0)
    assert store.read(queries.journal, user).cards[0].outcome is CardOutcome.WORKED  # type: ignore[union-attr]
    store.perform(cards.RetireCard(card))
    assert store.read(queries.cards) == ()
    assert len(store.read(queries.cards, retired=True)) == 1


def test_the_weeks_close_asks_for_what_is_missing(store: Store, client: ClientId, journal: RecordId) -> None:
    week = store.read(queries.week)
    assert ([one.id for one in week.unfinished], week.closes) == ([journal], True)
    store.perform(CloseWeek(journal, "先谈收藏", "早约两周"))
    assert store.read(queries.week).unfinished == ()
    with pytest.raises(Refused):
        store.perform(CloseWeek(journal, " ", ""))


def test_journals_are_found_by_client_method_and_text(store: Store, client: ClientId, journal: RecordId) -> None:
    store.perform(WriteJournal(Entry(date(2026, 11, 2), "Asset REVIEW", "review", "sheet")))
    found = {
        "client": store.read(queries.journals, client=client),
        "method": store.read(queries.journals, method="review"),
        "text": store.read(queries.journals, text="喝茶"),
        "latin": store.read(queries.journals, text="review"),
        "time": store.read(queries.journals, date(2026, 11, 16), TODAY),
    }
    assert {name: [one.method for one in rows] for name, rows in found.items()} == {
        "client": ["tea"], "method": ["review"], "text": ["tea"], "latin": ["review"], "time": ["tea"],
    }  # fmt: skip
    assert [event.text for event in store.read(timeline.events_of, client, 5)] == ["与王小明喝茶"]


def test_a_roll_up_tells_the_month(store: Store, client: ClientId, journal: RecordId) -> None:
    assert bounds(date(2026, 12, 31), Span.MONTH) == (date(2026, 12, 1), date(2026, 12, 31))
    assert bounds(date(2028, 2, 3), Span.MONTH) == (date(2028, 2, 1), date(2028, 2, 29))
    told = "\n".join(lines(store.read(roll_up, TODAY, Span.MONTH)))
    assert "与王小明喝茶" in told
    assert "2026-11-01 – 2026-11-30" in told
    assert "No journal was written." in "\n".join(lines(store.read(roll_up, date(2026, 1, 1), Span.DAY)))
