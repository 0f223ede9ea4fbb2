"""The demo portfolio is the same everywhere, is nobody's, adds up, and has life on any day."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from datetime import date
from pathlib import Path

import phonenumbers
import pytest
from stdnum.cn import ric

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Lane, Topic
from rmdesk.services.care import queries
from rmdesk.services.demo import commands
from rmdesk.services.demo.commands import FillDemo, portfolio
from rmdesk.services.demo.people import DIVISION, id_number
from rmdesk.services.demo.rows import TABLES, Rows
from rmdesk.services.store.store import Store

DAY = date(2026, 11, 21)
NAMED = ["周文敏", "陈国栋", "欧阳婉清", "单建华", "解晓光", "仇慧", "曾令海", "查秀英", "区志强", "朴顺姬", "尉迟明"]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return portfolio(commands.SEED, DAY)


def test_the_same_seed_and_day_give_the_same_rows(rows: Rows) -> None:
    def digest(one: Rows) -> str:
        text = json.dumps({table: one.of(table) for table in TABLES}, ensure_ascii=False, default=bytes.hex)
        return hashlib.sha256(text.encode()).hexdigest()

    assert digest(portfolio(commands.SEED, DAY)) == digest(rows)
    assert digest(portfolio(commands.SEED + 1, DAY)) != digest(rows)


def test_everyone_is_there_once(rows: Rows) -> None:
    clients = rows.of("client")
    assert len(clients) == 486
    for column in ("id", "number", "name"):
        assert len({client[column] for client in clients}) == 486
    numbers = [client["id_number"] for client in clients if client["id_number"]]
    assert len(set(numbers)) == len(numbers) > 400
    assert {client["name"] for client in clients} >= set(NAMED)
    assert [client["pinyin"] for client in clients[:2]] == ["Zhōu Wénmǐn", "Ōuyáng Wǎnqīng"]


def test_id_numbers_are_well_formed_and_of_no_real_place(rows: Rows, shared_data: Path) -> None:
    with (shared_data / "gbt2260" / "gbt2260_from_python_stdnum.csv").open(encoding="utf-8") as file:
        real = {row["code"][:2] for row in csv.DictReader(file)}
    assert DIVISION[:2] not in real
    for client in rows.of("client"):
        number = client["id_number"]
        if number:
            assert ric.calc_check_digit(number) == number[-1]
            assert number[6:14] == client["birth_date"].replace("-", "")
            assert (int(number[16]) % 2 == 1) == (client["sex"] == "M")


def test_two_of_the_same_day_and_place_get_different_numbers() -> None:
    counter: Counter[str] = Counter()
    numbers = {id_number(date(1980, 1, 1), sex, 0, counter) for sex in "MMFF"}
    assert len(numbers) == 4


def test_nobody_answers_the_phones(rows: Rows) -> None:
    phones = [client["phone"] for client in rows.of("client") if client["phone"]]
    assert len(set(phones)) == len(phones)
    assert not any(phonenumbers.is_valid_number(phonenumbers.parse(phone, "CN")) for phone in phones)


def test_the_parts_add_up_to_the_whole(rows: Rows) -> None:
    parts: Counter[int] = Counter()
    for account in rows.of("account"):
        parts[account["client_id"]] += account["balance_minor"]
        assert account["balance_minor"] >= 0
    for holding in rows.of("holding"):
        if holding["kind"] not in ("loan", "card", "standing_order") and holding["ended_on"] is None:
            parts[holding["client_id"]] += holding["amount_minor"]
    told = {client["id"]: client["aum_minor"] for client in rows.of("client") if client["aum_minor"] is not None}
    assert dict(parts) == told
    assert 600_000_000_00 < sum(told.values()) < 700_000_000_00


def test_a_fifth_holds_four_fifths(rows: Rows) -> None:
    amounts = sorted((client["aum_minor"] or 0 for client in rows.of("client")), reverse=True)
    assert sum(amounts[: len(amounts) // 5]) > 0.75 * sum(amounts)


def test_contacts_lie_on_the_right_side_of_today(rows: Rows) -> None:
    for visit in rows.of("visit"):
        assert (visit["state"] == "planned") == (visit["on"] >= DAY.isoformat())
    today = [visit for visit in rows.of("visit") if visit["on"] == DAY.isoformat()]
    assert sorted(visit["at"] for visit in today) == ["09:30", "14:00", "16:30"]


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2027, 1, 1), date(2030, 12, 31), DAY])
def test_any_day_will_do(store: Store, day: date) -> None:
    from rmdesk.base import clock

    clock.fix(day)
    outcome = store.perform(FillDemo())
    assert outcome.result == 486
    assert outcome.inverse is None
    assert outcome.topics == frozenset(TABLES.values()) | {
        Topic.CHURN, Topic.CAMPAIGNS, Topic.SPECIALISTS, Topic.CLUBS,
    }  # fmt: skip
    assert store.read(lambda reads: reads.rows("PRAGMA foreign_key_check")) == []
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM client_figures")) == 486
    listed = store.read(queries.care_day)
    assert {item.lane for item in listed.items} == set(Lane)
    assert len(store.read(queries.agenda)) >= 3
    assert store.read(queries.occasions_ahead)
    assert {warning.kind for warning in store.read(queries.warnings)} >= {"maturity", "fall"}


def test_a_profile_with_clients_is_left_alone(demo_store: Store) -> None:
    with pytest.raises(Refused):
        demo_store.perform(FillDemo())
    assert demo_store.read(lambda reads: reads.value("SELECT count(*) FROM client")) == 486


def test_a_demo_that_was_only_looked_at_goes_out_of_date(tmp_path: Path) -> None:
    from rmdesk.base import clock
    from rmdesk.services import demo
    from rmdesk.services.settings.commands import ChangeSetting
    from rmdesk.services.store import profile

    demo.make(tmp_path / "demo").close()
    assert not demo.is_out_of_date(tmp_path / "demo")
    clock.fix(date(2026, 11, 22))
    assert demo.is_out_of_date(tmp_path / "demo")
    store = profile.open_demo(tmp_path / "demo")
    store.perform(ChangeSetting("general.text_size", 120))
    store.close()
    assert not demo.is_out_of_date(tmp_path / "demo")


def test_the_gifts_of_the_demo_keep_to_the_rules(demo_store: Store) -> None:
    from rmdesk.services.gifts import facts, gates, queries, tastes
    from rmdesk.services.gifts.rules import Verdict

    store = demo_store
    rows = store.read(queries.register, queries.GiftFilter())
    assert len(rows) > 60
    asked = {row.recipient for row in rows if row.approval is not None or row.breach is not None}
    for row in rows:
        taboos = [text for taste, text in store.read(facts.tastes_of, row.draft) if taste == "taboo"]
        assert tastes.crossed(taboos, row.title) == ""
        assert gates.law(row.draft).verdict is Verdict.OK
        most = 20_000 if store.read(facts.is_strict, row.draft) else 100_000
        spent = store.read(facts.sums_of, row.on.year, row.recipient, row.client)
        assert row.recipient in asked or spent.recipient.committed <= most


def test_no_two_records_have_one_name_at_the_hub(demo_store: Store) -> None:
    from rmdesk.wire.registry import BY_NAME

    natural = {kind.name: ", ".join(f'"{part}"' for part in kind.natural) for kind in BY_NAME.values() if kind.natural}
    twice = {
        name: demo_store.read(lambda reads, sql: reads.rows(sql), f'SELECT {key} FROM "{name}" GROUP BY {key} '
                              "HAVING count(*) > 1 LIMIT 9")
        for name, key in natural.items()
    }  # fmt: skip
    assert {name: rows for name, rows in twice.items() if rows} == {}
