"""The dry run tells the same as the import does, and writes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmdesk.models.clients import Client
from rmdesk.services.imports.compare import Sort
from rmdesk.services.imports.duplicates import Reason, suspects
from rmdesk.services.imports.plan import FieldChange, Plan, differences, plan
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.terms import Terms
from rmdesk.services.store.store import Store
from tests.services.imports.handovers import (
    DAY,
    account,
    client,
    contents,
    handover,
    holding,
    take_in,
    transaction,
)
from tests.support.build import perform

EARLIER = date(2026, 9, 30)


def dry(store: Store, *files: Any, **terms: Any) -> Plan:
    with handover(*files) as made:
        return store.read(plan, made, Terms(DAY, **terms))


def test_what_a_dry_run_counts_is_what_the_import_does(store: Store) -> None:
    take_in(store, [client("C1", name="甲"), account("A1", "C1", balance_minor=1)], as_of=EARLIER)
    files = [
        [client("C1", name="甲乙"), client("C2"), account("A1", "C3", balance_minor=2), account("A9")],
        [transaction(account_number="A1", on=EARLIER, amount_minor=5, balance_minor=5)],
        [holding(key="H", account_number="A1", product_code="P", kind="fund")],
    ]
    before = contents(store)
    planned = dry(store, *files)
    assert contents(store) == before
    applied = take_in(store, *files).result
    assert planned.counts.by_entity == applied.counts.by_entity
    assert [f.value for f in planned.findings] == [f.value for f in applied.findings] == ["A9"]


def test_changes_are_shown_before_and_after_with_links_in_words(store: Store) -> None:
    take_in(store, [account("A1", "C1", balance_minor=1, extra={"a": "1"})], as_of=EARLIER)
    planned = dry(store, [account("A1", "C2", balance_minor=2, extra={"a": "2"})])
    (changed,) = planned.changed[Entity.ACCOUNT]
    assert (changed.key, changed.currency) == ("A1", "CNY")
    assert changed.fields == (
        FieldChange("balance_minor", 1, 2),
        FieldChange("a", "1", "2"),
        FieldChange("client_number", "C1", "C2"),
    )
    (new,) = planned.new[Entity.CLIENT]
    assert (new.key, new.id) == ("C2", None)


def test_values_known_from_a_later_day_are_shown_as_kept(store: Store) -> None:
    take_in(store, [client("C1", name="甲")], as_of=date(2026, 11, 20))
    planned = dry(store, [client("C1", name="乙")])
    (kept,) = planned.outdated[Entity.CLIENT]
    assert kept.known == (FieldChange("name", "甲", None),)
    assert planned.counts.of(Entity.CLIENT).outdated == 1


def test_what_has_gone_is_shown_only_for_whole_hand_overs(store: Store) -> None:
    take_in(store, [account("A1", "C1", balance_minor=1), account("A2", "C2", balance_minor=1)], as_of=EARLIER)
    assert dry(store, [account("A1", "C1")]).gone == {}
    gone = dry(store, [account("A1", "C1")], whole=frozenset({Entity.ACCOUNT})).gone[Entity.ACCOUNT]
    assert (gone.count, [sample.key for sample in gone.samples]) == (1, ["A2"])


def test_more_differences_come_on_demand(store: Store) -> None:
    with handover([client(f"C{n:02}") for n in range(30)]) as made:
        some = store.read(differences, made, Terms(DAY), Entity.CLIENT, Sort.NEW, 10, 5)
    assert [difference.key for difference in some] == ["C10", "C11", "C12", "C13", "C14"]


def test_new_clients_that_may_be_known_ones_are_suggested_with_the_reason(store: Store) -> None:
    take_in(
        store,
        [
            client("C1", name="王小明", birth_date="1970-01-02", phone="13800001234"),
            client("C2", name="李娜", id_number="X1"),
        ],
    )
    planned = dry(
        store,
        [
            client("N1", name="王小明", birth_date="1970-01-02"),
            client("N2", name="王小明", phone="13900001234"),
            client("N3", name="王小明", birth_date="1971-01-02", phone="13800001234"),
            client("N4", name="张三", id_number="X1"),
            client("N5", name="李娜", id_number="X2"),
        ],
    )
    found = {suspect.person.key: (suspect.other.number, suspect.reasons) for suspect in planned.suspects}
    assert found == {
        "N1": ("C1", (Reason.BIRTH,)),
        "N2": ("C1", (Reason.PHONE,)),
        "N4": ("C2", (Reason.DOCUMENT,)),
    }


def test_clients_of_the_portfolio_that_may_be_one_are_found(store: Store) -> None:
    def add(work: Any) -> None:
        for name, birth, phone, document in (
            ("王小明", "1970-01-02", None, None),
            ("王小明", "1970-01-02", None, None),
            ("王小明", "1980-01-02", None, None),
            ("李娜", None, "13800001234", "X1"),
            ("李四", None, "13800001234", "X1"),
            ("赵六", None, "1234", None),
            ("赵六", None, "13800001234", None),
        ):
            work.add(Client(name=name, birth_date=birth, phone=phone, id_number=document))

    perform(store, add)
    found = [(s.other.id, s.person.id, s.reasons) for s in store.read(suspects)]
    assert found == [(4, 5, (Reason.DOCUMENT,)), (1, 2, (Reason.BIRTH,)), (6, 7, (Reason.PHONE,))]
