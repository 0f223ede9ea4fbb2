"""What the desk writes about a client: each command, what it refuses, and that its inverse restores the view."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, ClientStatus, Topic
from rmdesk.models.visits import Visit
from rmdesk.services.care.commands import MarkDone
from rmdesk.services.clients import commands, queries
from rmdesk.services.clients.rules import Details
from rmdesk.services.store.command import Command
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.conftest import TODAY
from tests.support.build import perform

EVERYTHING = "SELECT * FROM client ORDER BY id"


def view(store: Store) -> list[Any]:
    return store.read(lambda reads: reads.rows(EVERYTHING))


def bank_clients(store: Store, count: int = 3) -> tuple[ClientId, ...]:
    def arrange(work: UnitOfWork) -> tuple[ClientId, ...]:
        made = [Client(number=f"N{n}", name="客户" + "甲乙丙丁"[n], phone=f"1381234{n:04}") for n in range(count)]
        for client in made:
            work.add(client)
        work.flush()
        return tuple(ClientId(client.id) for client in made)

    ids: tuple[ClientId, ...] = perform(store, arrange)
    return ids


def test_a_prospect_is_kept_with_its_reading_and_can_be_taken_back(store: Store) -> None:
    outcome = store.perform(commands.AddProspect(Details(" 曾令海 ", phone="138 1234 6620", birth_date="8-18")))
    header = store.read(queries.header_of, outcome.result)
    assert (header.name, header.phone, header.birth_date, header.origin) == (
        "曾令海",
        "138 •••• 6620",
        "---08-18",
        "desk",
    )
    assert store.read(lambda reads: reads.value("SELECT initials FROM client")) == "zlh"
    assert Topic.CLIENTS in outcome.topics
    assert outcome.inverse
    kept = view(store)
    removed = store.perform(outcome.inverse)
    assert view(store) == []
    assert removed.inverse
    store.perform(removed.inverse)
    assert view(store) == kept


def test_an_edit_of_a_prospect_is_undone_whole(store: Store) -> None:
    client = store.perform(commands.AddProspect(Details("单建华", phone="13812346620", note="喜茶"))).result
    before = view(store)
    outcome = store.perform(commands.EditProspect(client, Details("仇慧", occupation="医生")))
    header = store.read(queries.header_of, client)
    assert (header.name, header.occupation, header.phone, header.note) == ("仇慧", "医生", "", "")
    assert outcome.inverse
    store.perform(outcome.inverse)
    assert view(store) == before


def test_bank_facts_are_not_edited_here(store: Store) -> None:
    (client,) = bank_clients(store, 1)
    for command in (commands.EditProspect(client, Details("别名")), commands.RemoveProspect(client)):
        with pytest.raises(Refused) as caught:
            store.perform(command)
        assert caught.value.code == "bank_fact"


def test_a_prospect_with_records_is_not_removed(store: Store) -> None:
    client = store.perform(commands.AddProspect(Details("查秀英"))).result

    def visit(work: UnitOfWork) -> None:
        from rmdesk.base import clock

        work.add(Visit(id="v", client_id=client, state="held", channel="phone", on=TODAY, entered_at=clock.now()))

    perform(store, visit)
    with pytest.raises(Refused) as caught:
        store.perform(commands.RemoveProspect(client))
    assert caught.value.code == "has_records"


def test_a_refused_prospect_leaves_no_trace(store: Store) -> None:
    with pytest.raises(Refused):
        store.perform(commands.AddProspect(Details("王", phone="12")))
    assert view(store) == []


def test_status_of_several_is_one_step_and_is_kept_from_hand_overs(store: Store) -> None:
    ids = bank_clients(store)
    before = view(store)
    outcome = store.perform(commands.SetStatus(ids[:2], ClientStatus.DECEASED))
    assert outcome.result == 2
    rows = store.read(lambda reads: reads.rows("SELECT status, kept FROM client ORDER BY id"))
    assert [row[0] for row in rows] == ["deceased", "deceased", "active"]
    assert rows[0][1] == f'{{"status": "{TODAY.isoformat()}"}}'
    units = store.read(lambda reads: reads.rows("SELECT DISTINCT unit FROM change WHERE command = 'SetStatus'"))
    assert len(units) == 1
    assert outcome.inverse
    store.perform(outcome.inverse)
    assert view(store) == before


def test_a_status_that_is_set_already_is_not_counted(store: Store) -> None:
    ids = bank_clients(store)
    store.perform(commands.SetStatus(ids[:1], ClientStatus.DO_NOT_CONTACT))
    assert store.perform(commands.SetStatus(ids, ClientStatus.DO_NOT_CONTACT)).result == 2


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_setting_and_its_inverse_and_its_inverse_again(store: Store, data: st.DataObject) -> None:
    ids = data.draw(st.just(bank_clients_once(store)))
    chosen = tuple(data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)))
    command: Command[Any] = data.draw(
        st.one_of(
            st.builds(commands.SetStatus, st.just(chosen), st.sampled_from(ClientStatus)),
            st.builds(commands.SetConsent, st.just(chosen), st.sampled_from([True, False, None])),
            st.builds(commands.SetNote, st.just(chosen[0]), st.text("abc茶 ", max_size=5)),
            st.builds(commands.CorrectReading, st.just(chosen[0]), st.sampled_from(["Kè Hùjiǎ", "Zēng Lìng hǎi"])),
        )
    )
    before = view(store)
    there = store.perform(command)
    after = view(store)
    assert there.inverse
    back = store.perform(there.inverse)
    assert view(store) == before
    assert back.inverse
    store.perform(back.inverse)
    assert view(store) == after


def bank_clients_once(store: Store) -> tuple[ClientId, ...]:
    found = store.read(lambda reads: tuple(ClientId(row[0]) for row in reads.rows("SELECT id FROM client")))
    return found or bank_clients(store)


def test_a_corrected_reading_changes_what_is_searched(store: Store) -> None:
    (client,) = bank_clients(store, 1)
    store.perform(commands.CorrectReading(client, "Shàn Jiàn huá"))
    row = store.read(lambda reads: reads.one("SELECT pinyin, initials, kept FROM client"))
    assert row == ("Shàn Jiàn huá", "sjh", f'{{"pinyin": "{TODAY.isoformat()}"}}')


def test_a_reading_has_a_syllable_for_each_character(store: Store) -> None:
    (client,) = bank_clients(store, 1)
    with pytest.raises(Refused) as caught:
        store.perform(commands.CorrectReading(client, "Shàn Jiàn"))
    assert caught.value.said == "客户甲 has 3 characters, but the reading has 2 syllables."


def test_a_note_keeps_no_secrets(store: Store) -> None:
    (client,) = bank_clients(store, 1)
    with pytest.raises(Refused) as caught:
        store.perform(commands.SetNote(client, "网银密码 123456"))
    assert caught.value.code == "secret"


def test_a_number_shown_is_on_record_without_the_number(store: Store) -> None:
    (client,) = bank_clients(store, 1)
    outcome = store.perform(commands.ShowNumber(client, "phone"))
    assert outcome.result == "13812340000"
    assert outcome.inverse is None
    rows = store.read(lambda reads: reads.rows("SELECT command, client_id, after FROM change WHERE command <> 'Do'"))
    assert rows == [("ShowNumber", client, '{"shown": "phone"}')]


def test_a_client_that_is_gone_is_refused(store: Store) -> None:
    with pytest.raises(Refused) as caught:
        store.perform(commands.SetStatus((ClientId(99),), ClientStatus.CLOSED))
    assert caught.value.code == "gone"


def test_a_prospect_with_a_mark_on_the_care_list_is_not_removed(store: Store) -> None:
    client = store.perform(commands.AddProspect(Details("查秀英"))).result
    mark = store.perform(MarkDone(client))
    with pytest.raises(Refused):
        store.perform(commands.RemoveProspect(client))
    assert mark.inverse
    store.perform(mark.inverse)
    store.perform(commands.RemoveProspect(client))
    assert view(store) == []


def test_an_undone_edit_brings_a_corrected_reading_back(store: Store) -> None:
    client = store.perform(commands.AddProspect(Details("单建华"))).result
    store.perform(commands.CorrectReading(client, "Dān Jiànhuá"))
    before = view(store)
    outcome = store.perform(commands.EditProspect(client, Details("仇慧")))
    assert outcome.inverse
    again = store.perform(outcome.inverse)
    assert view(store) == before
    assert again.inverse
    store.perform(again.inverse)
    assert store.read(queries.header_of, client).name == "仇慧"
