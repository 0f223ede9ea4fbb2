"""The real hand-overs of a Czech bank come in as they lie there, twice without a change, and out again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rmdesk.services.imports.gathering import balance_totals, gathered
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.source import open_sources
from rmdesk.services.store.store import Store
from tests.services.imports.handovers import contents, take_files

SET = (
    "clients.csv",
    "accounts.csv",
    "snapshot_1997-12-31.csv",
    "standing_orders.csv",
    "cards_to_1997-12-31.csv",
    "loans_to_1997-12-31.csv",
)
TOTAL = {"CZK": "156631343.80"}


@pytest.fixture(scope="session")
def berka(shared_data: Path) -> Path:
    return shared_data / "berka"


def check_whole(store: Store, *paths: Path) -> dict[Entity, int]:
    """Import, import again, undo, bring back; gives the counts of new things."""
    empty = contents(store)
    first = take_files(store, *paths)
    full = contents(store)
    again = take_files(store, *paths)
    assert again.result.batch is None
    assert all(not (count.new or count.changed) for count in again.result.counts.by_entity.values())
    assert contents(store) == full
    assert first.inverse is not None
    undone = store.perform(first.inverse)
    assert contents(store) == empty
    assert undone.inverse is not None
    store.perform(undone.inverse)
    assert contents(store) == full
    return {entity: count.new for entity, count in first.result.counts.by_entity.items()}


@pytest.mark.parametrize("name", ["core_export_zh_gbk_19971231.csv", "core_export_zh_19971231.xlsx"])
def test_both_forms_of_the_core_export_give_the_same_accounts_and_total(store: Store, berka: Path, name: str) -> None:
    new = check_whole(store, berka / name)
    assert (new[Entity.CLIENT], new[Entity.ACCOUNT]) == (4057, 4057)
    with gathered(open_sources(berka / name, currency="CZK")) as handover:
        assert balance_totals(handover) == TOTAL
    kept = store.read(lambda reads: reads.value("SELECT sum(balance_minor) FROM account WHERE currency = 'CZK'"))
    assert kept == 15_663_134_380


def test_files_of_one_hand_over_come_in_together(store: Store, berka: Path) -> None:
    new = check_whole(store, *(berka / name for name in SET))
    assert (new[Entity.CLIENT], new[Entity.ACCOUNT]) == (5369, 4500)
    second_holders = store.read(lambda reads: reads.value("SELECT count(second_client_id) FROM account"))
    assert second_holders == 869


def test_transactions_give_the_month_ends_of_the_bank(store: Store, berka: Path) -> None:
    new = check_whole(store, berka / "transactions_1993.csv.gz")
    assert new[Entity.MONTH] == 7369
    kept = store.read(
        lambda reads: reads.rows(
            "SELECT a.number, c.number, m.month, m.end_minor, m.last_tx_on, m.tx_count, m.in_minor, m.out_minor,"
            " m.last_own_on, m.partial FROM month_fact m JOIN account a ON a.id = m.account_id"
            " JOIN client c ON c.id = m.client_id"
        )
    )
    with (berka / "month_end_1993.csv").open(encoding="utf-8", newline="") as file:
        expected = {
            (
                row["account_id"],
                row["owner_client_id"],
                int(row["month_end"][:4]) * 12 + int(row["month_end"][5:7]) - 1,
                round(float(row["balance"]) * 100),
                row["last_tx"],
                int(row["tx_count"]),
                round(float(row["amount_in"]) * 100),
                round(float(row["amount_out"]) * 100),
                row["last_own_tx"],
                0,
            )
            for row in csv.DictReader(file)
        }
    assert set(kept) == expected
    assert len(kept) == len(expected) == 7369


def test_month_ends_told_by_the_bank_agree_with_those_worked_out(store: Store, berka: Path) -> None:
    take_files(store, berka / "transactions_1993.csv.gz")
    told = take_files(store, berka / "month_end_1993.csv").result.counts.of(Entity.MONTH)
    assert (told.new, told.changed, told.unchanged) == (0, 0, 7369)


def test_files_of_one_hand_over_come_in_one_after_the_other_just_as_well(
    store: Store, berka: Path, template: Path, tmp_path: Path
) -> None:
    for name in ("loans_to_1997-12-31.csv", "accounts.csv", "clients.csv"):
        take_files(store, berka / name, as_of=None)
    people = store.read(lambda reads: reads.one("SELECT count(*), count(birth_date), count(branch_id) FROM client"))
    assert people == (5369, 5369, 5369)
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM account")) == 4500
