"""Hand-overs in the store: links, matching, what is refused, and taking back."""

from __future__ import annotations

import json
from datetime import date

import pytest

from rmdesk.base.errors import Cancelled, Refused
from rmdesk.base.progress import Stoppable
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.models.occasions import Occasion
from rmdesk.services.clients.commands import SetStatus
from rmdesk.services.imports import queries
from rmdesk.services.imports.commands import ApplyImport, ForgetLayout, KeepLayout, UndoImport
from rmdesk.services.imports.layout import Column, Layout
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.terms import Terms
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.services.imports.handovers import (
    DAY,
    account,
    client,
    contents,
    handover,
    holding,
    month,
    take_in,
    told,
    transaction,
)
from tests.support.build import perform

EARLIER, LATER = date(2026, 9, 30), date(2026, 11, 20)


def test_links_across_files_are_followed_whatever_their_order(store: Store) -> None:
    take_in(
        store,
        [holding(key="H1", account_number="A1", product_code="P1", name="稳健一号", kind="wealth", amount_minor=500)],
        [account("A1", "C1", balance_minor=100, branch_code="001")],
        [client("C1", name="王小明", branch_code="城中支行"), (Entity.BRANCH, {"code": "001", "name": "城中支行"})],
    )
    held = store.read(
        lambda reads: reads.rows(
            "SELECT c.name, a.number, p.code, p.name, b.code, d.code FROM holding h JOIN client c ON c.id = h.client_id"
            " JOIN account a ON a.id = h.account_id JOIN product p ON p.id = h.product_id"
            " JOIN branch b ON b.id = a.branch_id JOIN branch d ON d.id = c.branch_id"
        )
    )
    assert held == [("王小明", "A1", "P1", "稳健一号", "001", "001")]


def test_things_that_are_named_and_described_nowhere_are_made(store: Store) -> None:
    take_in(store, [holding(key="L1", client_number="C9", account_number="A9", kind="loan", amount_minor=1)])
    assert told(store, "client", "number", "name") == [("C9", "")]
    assert told(store, "account", "number", "client_id", "balance_minor", "currency") == [("A9", 1, None, "CNY")]


def test_what_belongs_to_nobody_is_refused_with_the_row(store: Store) -> None:
    applied = take_in(
        store, [account("A1", balance_minor=1)], [transaction(account_number="A2", on=DAY, amount_minor=1)]
    )
    assert applied.result.batch is None
    assert next((f.file, f.row, f.value) for f in applied.result.findings) == ("0.csv", 2, "A1")
    assert applied.result.counts.of(Entity.MONTH).refused == 1


def test_rows_that_disagree_are_told_and_their_order_does_not_matter(store: Store, template, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    applied = take_in(store, [client("C1", name="甲"), client("C1", name="乙"), client("C1", phone="1")])
    assert [(f.column, f.value) for f in applied.result.findings] == [("Client name", "C1")]
    again = take_in(store, [client("C1", phone="1"), client("C1", name="乙"), client("C1", name="甲")])
    assert again.result.batch is None


def test_two_lots_without_a_contract_number_add_up(store: Store) -> None:
    lot = {"client_number": "C1", "kind": "time", "amount_minor": 100, "matures_on": LATER}
    take_in(store, [holding(**lot), holding(**lot), holding(**lot | {"matures_on": DAY})])
    assert sorted(told(store, "holding", "amount_minor")) == [(100,), (200,)]


def test_an_older_hand_over_does_not_overwrite_and_says_so(store: Store) -> None:
    take_in(store, [account("A1", "C1", balance_minor=200)], as_of=DAY)
    late = take_in(store, [account("A1", "C1", balance_minor=100, average_minor=50)], as_of=EARLIER)
    assert late.result.counts.of(Entity.ACCOUNT).outdated == 1
    row = told(store, "account", "balance_minor", "average_minor", "as_of", "batch_id", "older")
    assert row == [(200, 50, DAY.isoformat(), 1, json.dumps({"average_minor": 2}))]


def test_every_value_knows_its_day_and_batch(store: Store) -> None:
    take_in(store, [client("C1", name="王小明", phone="1")], as_of=EARLIER)
    take_in(store, [client("C1", phone="2")], as_of=DAY)
    assert told(store, "client", "as_of", "batch_id", "first_batch_id", "older") == [
        (DAY.isoformat(), 2, 1, json.dumps({"kind": 1, "name": 1, "status": 1}))
    ]


def test_a_new_name_is_read_anew(store: Store) -> None:
    take_in(store, [client("C1", name="单小明")], as_of=EARLIER)
    assert told(store, "client", "initials") == [("sxm",)]
    renamed = take_in(store, [client("C1", name="王小明")], as_of=DAY)
    assert told(store, "client", "initials") == [("wxm",)]
    assert renamed.inverse is not None
    store.perform(renamed.inverse)
    assert told(store, "client", "name", "initials") == [("单小明", "sxm")]


def test_a_prospect_with_the_same_document_gets_the_banks_number(store: Store) -> None:
    perform(store, lambda work: work.add(Client(name="王小明", origin="desk", id_number="X1")))
    take_in(store, [client("C1", name="王小明", id_number="X1"), account("A1", "C1", balance_minor=5)])
    assert told(store, "client", "number", "id_number") == [("C1", "X1")]
    assert told(store, "account", "client_id") == [(1,)]


def test_two_numbers_of_the_bank_stay_two_clients_though_the_document_is_one(store: Store) -> None:
    take_in(store, [client("C1", id_number="X1")])
    take_in(store, [client("C2", id_number="X1")])
    assert told(store, "client", "number") == [("C1",), ("C2",)]


def test_a_contact_with_the_document_of_a_client_is_that_client(store: Store) -> None:
    take_in(store, [client("C1", id_number="X1", phone="1")], [client(None, id_number="X1", email="a@b.cn")])
    assert told(store, "client", "number", "phone", "email") == [("C1", "1", "a@b.cn")]
    take_in(store, [client(None, id_number="X1", wechat="wxid")])
    assert told(store, "client", "number", "wechat") == [("C1", "wxid")]


def test_the_same_contacts_again_are_the_same_and_others_are_new(store: Store) -> None:
    first = [client(None, name="王小明", phone="13800000001"), client(None, name="王小明", phone="13800000002")]
    take_in(store, first)
    assert take_in(store, first).result.batch is None
    take_in(store, [client(None, name="王小明", phone="13900000001")])
    assert told(store, "client", "origin", "number") == [("desk", None)] * 3


def test_an_account_without_a_client_number_belongs_to_the_client_of_its_row(store: Store) -> None:
    from rmdesk.services.imports.gathering import Handover
    from rmdesk.services.imports.records import Chunk
    from rmdesk.services.imports.stage import Stage

    stage = Stage()
    stage.add(Chunk(Entity.CLIENT, ("name", "phone"), [("甲", "1"), ("乙", "2")], [2, 3]), 0, "f")
    fields = ("number", "client_number", "balance_minor")
    stage.add(Chunk(Entity.ACCOUNT, fields, [("A", None, 1), ("B", None, 2)], [2, 3]), 0, "f")
    store.perform(ApplyImport(Handover(stage, (), (), DAY), Terms(DAY)))
    stage.close()
    rows = store.read(
        lambda reads: reads.rows(
            "SELECT c.name, a.number FROM account a JOIN client c ON c.id = a.client_id ORDER BY 2"
        )
    )
    assert rows == [("甲", "A"), ("乙", "B")]


def test_a_confirmed_suggestion_joins_a_new_client_to_a_known_one(store: Store) -> None:
    perform(store, lambda work: work.add(Client(name="王小明", origin="desk", phone="13800001234")))
    take_in(
        store, [client("C1", name="王小明", phone="13900001234"), account("A1", "C1", balance_minor=1)], same={"C1": 1}
    )
    assert told(store, "client", "id", "number") == [(1, "C1")]
    take_in(store, [client("C2", name="王小明"), account("A2", "C2", balance_minor=1)], same={"C2": 1})
    assert told(store, "client", "number", "merged_into") == [("C1", None), ("C2", 1)]
    assert told(store, "account", "client_id") == [(1,), (1,)]


def test_what_has_gone_is_closed_only_when_asked(store: Store) -> None:
    both = [client("C1"), client("C2"), account("A1", "C1", balance_minor=1), account("A2", "C2", balance_minor=1)]
    take_in(store, both, as_of=EARLIER)
    kept = take_in(store, both[::2], whole=frozenset({Entity.ACCOUNT}))
    assert kept.result.counts.ended == {}
    kinds = frozenset({Entity.CLIENT, Entity.ACCOUNT})
    before = contents(store)
    ended = take_in(store, both[::2], whole=kinds, ended=kinds)
    assert told(store, "client", "number", "status") == [("C1", "active"), ("C2", "closed")]
    assert told(store, "account", "number", "closed_on") == [("A1", None), ("A2", DAY.isoformat())]
    assert ended.inverse is not None
    store.perform(ended.inverse)
    assert contents(store) == before


def test_the_months_of_an_account_go_to_its_new_client(store: Store) -> None:
    take_in(store, [account("A1", "C1"), month(account_number="A1", month=24321, end_minor=5)], as_of=EARLIER)
    before = contents(store)
    moved = take_in(store, [account("A1", "C2", balance_minor=5)])
    assert told(store, "month_fact", "client_id") == [(2,)]
    assert moved.inverse is not None
    store.perform(moved.inverse)
    assert contents(store) == before


def test_half_a_month_never_covers_a_whole_one(store: Store) -> None:
    take_in(store, [month(client_number="C1", month=24321, end_minor=5, average_minor=4)])
    take_in(store, [month(client_number="C1", month=24321, end_minor=9, partial=1)], as_of=LATER)
    assert told(store, "month_fact", "end_minor", "partial") == [(5, 0)]


def test_cancelling_leaves_no_trace(store: Store) -> None:
    class Stopping(Stoppable):
        def show(self, done: int, total: int, text: str) -> None:
            self.stop()

    before = contents(store)
    many = [client(f"C{n}") for n in range(20)]
    with handover(many) as made, pytest.raises(Cancelled):
        store.perform(ApplyImport(made, Terms(DAY)), Stopping())
    assert contents(store) == before
    assert store.read(queries.batches) == []


class TestUndo:
    def test_is_refused_when_the_manager_noted_something_on_a_new_client(self, store: Store) -> None:
        batch = take_in(store, [client("C1")]).result.batch
        perform(store, lambda work: work.add(Occasion(id="o", client_id=1, kind="birthday", month=1, day=2)))
        self.refuses(store, batch, "records_hang")

    def test_is_refused_when_a_changed_client_was_edited_by_hand(self, store: Store) -> None:
        take_in(store, [client("C1", phone="1")], as_of=EARLIER)
        batch = take_in(store, [client("C1", phone="2")]).result.batch

        def edit(work: UnitOfWork) -> None:
            work.get(Client, 1).phone = "3"

        perform(store, edit)
        self.refuses(store, batch, "edited_since")

    def test_is_refused_when_a_later_import_builds_on_it(self, store: Store) -> None:
        first = take_in(store, [client("C1", phone="1")], as_of=EARLIER).result.batch
        second = take_in(store, [client("C1", phone="2")])
        self.refuses(store, first, "later_batch")
        assert second.inverse is not None
        store.perform(second.inverse)
        store.perform(UndoImport(first))  # type: ignore[arg-type]
        assert told(store, "client", "id") == []

    def test_is_refused_when_a_later_import_links_to_it(self, store: Store) -> None:
        first = take_in(store, [client("C1")]).result.batch
        take_in(store, [account("A1", "C1", balance_minor=1)])
        self.refuses(store, first, "later_batch")

    def test_is_refused_when_a_later_import_merely_confirmed_it(self, store: Store) -> None:
        first = take_in(store, [client("C1", name="甲")], as_of=EARLIER).result.batch
        take_in(store, [client("C1", name="甲")])
        self.refuses(store, first, "later_batch")

    def test_leaves_alone_what_came_later_and_apart(self, store: Store) -> None:
        first = take_in(store, [client("C1")])
        take_in(store, [client("C2")])
        assert first.inverse is not None
        store.perform(first.inverse)
        assert told(store, "client", "number") == [("C2",)]

    def test_cannot_be_undone_once_another_hand_over_came_in(self, store: Store) -> None:
        first = take_in(store, [client("C1")])
        assert first.inverse is not None
        undone = store.perform(first.inverse)
        other = take_in(store, [client("C2")])
        assert undone.inverse is not None
        with pytest.raises(Refused, match="came in since"):
            store.perform(undone.inverse)
        assert other.inverse is not None
        store.perform(other.inverse)
        with pytest.raises(Refused, match="no longer kept"):
            store.perform(undone.inverse)

    def test_twice_is_refused(self, store: Store) -> None:
        first = take_in(store, [client("C1")])
        assert first.inverse is not None
        store.perform(first.inverse)
        with pytest.raises(Refused, match="undone already"):
            store.perform(first.inverse)

    def refuses(self, store: Store, batch: ClientId | None, code: str) -> None:
        before = contents(store)
        with pytest.raises(Refused) as refused:
            store.perform(UndoImport(batch))  # type: ignore[arg-type]
        assert refused.value.code == code
        assert contents(store) == before


def test_batches_are_listed_with_their_files_and_counts(store: Store) -> None:
    take_in(store, [client("C1"), account("A1", "C2"), account("A2")], [client("C3")])
    (batch,) = store.read(queries.batches)
    assert (batch.as_of, batch.who, batch.files, batch.can_return) == (DAY, "tester", ("0.csv", "1.csv"), False)
    assert batch.counts["clients"] == {"new": 3, "changed": 0, "unchanged": 0}


def test_layouts_are_remembered_replaced_and_forgotten(store: Store) -> None:
    layout = Layout("guessed", (Column("客户号", "client.number"),))
    kept = store.perform(KeepLayout(" 核心系统 ", layout))
    (found,) = store.read(queries.layouts)
    assert (found.name, found.columns) == ("核心系统", layout.columns)
    assert found.fitted(["客户号"]) is not None
    changed = store.perform(KeepLayout("核心系统", layout.with_target(0, "account.number")))
    assert changed.inverse is not None
    store.perform(changed.inverse)
    assert store.read(queries.layout_named, "核心系统").columns == layout.columns
    assert kept.inverse == ForgetLayout("核心系统")
    store.perform(kept.inverse)
    with pytest.raises(Refused):
        store.read(queries.layout_named, "核心系统")
    with pytest.raises(Refused):
        store.perform(KeepLayout(" ", layout))


def test_what_was_set_at_the_desk_no_handover_undoes(store: Store) -> None:
    take_in(store, [client("C1", name="王小明", status="active", phone="1")])
    store.perform(SetStatus((ClientId(1),), ClientStatus.DO_NOT_CONTACT))
    applied = take_in(store, [client("C1", name="王小明", status="active", phone="2")], as_of=LATER)
    assert told(store, "client", "status", "phone") == [("do_not_contact", "2")]
    assert applied.result.counts.of(Entity.CLIENT).outdated == 1
    assert take_in(store, [client("C1", name="王小明", status="active", phone="2")], as_of=LATER).result.batch is None
