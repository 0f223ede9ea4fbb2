"""Equal facts give equal text, whatever the order they are told in, and come back as they went."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.imports import kept
from rmdesk.services.imports.kept import Kept
from rmdesk.wire import bank
from rmdesk.wire.bank import ClientFacts, MoneyFacts

DAY = "2026-10-31"
days = st.sampled_from([None, DAY, "2026-09-30"])
texts = st.none() | st.text(max_size=5)
numbers = st.none() | st.integers(-(2**62), 2**62)


def rows(columns: tuple[str, ...]) -> st.SearchStrategy[list[tuple[object, ...]]]:
    """Rows of a part: its key, its day, what is older, and values."""
    values = [numbers if name.endswith("_minor") else texts for name in columns[3:]]
    one = st.tuples(st.text(min_size=1, max_size=4), days, st.none() | st.just({"kind": DAY}), *values)
    return st.lists(one, max_size=4, unique_by=lambda row: row[0])


@given(rows(bank.ACCOUNT_COLUMNS), rows(bank.HOLDING_COLUMNS), st.randoms(use_true_random=False))
def test_money_comes_back_and_its_order_does_not_matter(accounts, holdings, dice) -> None:
    months = [(24321, DAY, None, "CNY", *(None,) * 7, 0), (24320, DAY, "6222", "CNY", 5, *(None,) * 6, 1)]
    branches = [("B1", "西城", None, DAY), ("B0", "东城", "北京", DAY)]
    facts = MoneyFacts("0001", accounts, holdings, months, branches)
    text = bank.told_money(facts, DAY)
    mixed = MoneyFacts("0001", *(dice.sample(part, len(part)) for part in facts[1:]))
    assert bank.told_money(mixed, DAY) == text
    again = bank.money_facts(text)
    assert bank.told_money(again, "never") == text
    assert [row[1] for row in again.accounts] == [
        bank.SAME if row[1] == DAY else row[1] for row in sorted(accounts, key=lambda row: row[0])
    ]
    assert again.months[0] == months[0]
    assert sorted(again.holdings) == sorted(
        [(row[0], bank.SAME if row[1] == DAY else row[1], *row[2:]) for row in holdings]
    )


def test_a_client_comes_back_without_what_is_unknown() -> None:
    values = {"name": "周文敏", "phone": None, "extra": {"b": "2", "a": "1"}}
    sounds = ("Zhōu Wénmǐn", "zwm", None)
    facts = ClientFacts("0001", DAY, values, {"phone": "2026-09-30"}, ("B1", "西城", None, DAY), sounds)
    text = bank.told_client(facts, DAY)
    assert text == bank.told_client(ClientFacts("0001", DAY, dict(reversed(values.items())), *facts[3:]), DAY)
    again = bank.client_facts(text)
    told = {"name": "周文敏", "extra": {"a": "1", "b": "2"}}
    assert again == ("0001", bank.SAME, told, facts.older, facts.branch, ("Zhōu Wénmǐn", "zwm", None))
    assert bank.client_facts(bank.told_client(facts, "2026-11-01")).as_of == DAY


def test_a_night_that_confirms_a_whole_book_changes_the_days_record_alone() -> None:
    before, after = ClientFacts("0001", DAY, {"name": "a"}), ClientFacts("0001", "2026-11-01", {"name": "a"})
    assert bank.told_client(before, DAY) == bank.told_client(after, "2026-11-01")
    assert bank.told_part((DAY,)) != bank.told_part(("2026-11-01",))
    assert bank.day_facts(bank.told_part((DAY,))) == DAY


def test_the_day_of_a_book_is_that_of_most_and_of_several_the_last() -> None:
    assert bank.day_of([None, "2026-10-01", "2026-10-01", "2026-11-01"]) == "2026-10-01"
    assert bank.day_of(["2026-10-01", "2026-11-01"]) == "2026-11-01"
    assert bank.day_of([None]) == ""


def test_an_older_program_reads_what_a_newer_one_tells_and_the_other_way_round() -> None:
    newer = '["6222","=",null,null,null,"demand","CNY",null,null,1,2,3,null,"new"]'
    text = f'{{"accounts":[{newer},["7"]],"number":"1","new":1}}'
    first, second = bank.money_facts(text).accounts
    assert first == ("6222", "=", None, None, None, "demand", "CNY", None, None, 1, 2, 3, None)
    assert second == ("7", *(None,) * 12)


def test_every_field_that_an_import_keeps_travels() -> None:
    links = {"second_client_id": "second", "branch_id": "branch", "account_id": "account", "product_id": "product"}

    def told(of: Kept) -> set[str]:
        return {links.get(column, column) for column in of.columns} - {"client_id"}

    assert told(kept.ACCOUNT) | {"as_of", "older"} == set(bank.ACCOUNT_COLUMNS)
    assert told(kept.HOLDING) | {"as_of", "older"} == set(bank.HOLDING_COLUMNS)
    assert told(kept.MONTH) | {"told"} == set(bank.MONTH_COLUMNS)
    assert told(kept.PRODUCT) | {"told"} == set(bank.PRODUCT_COLUMNS)
    assert told(kept.BRANCH) | {"told"} == set(bank.BRANCH_COLUMNS)


@pytest.mark.parametrize("text", ["", "[", "7", "{}", "\x00"])
@pytest.mark.parametrize("read", [bank.client_facts, bank.money_facts, bank.product_facts, bank.day_facts])
def test_a_text_that_is_no_facts_is_told_so(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(bank.Unreadable):
        read(text)


def test_facts_with_parts_of_another_shape_are_told_so() -> None:
    for read, text in (
        (bank.client_facts, '{"number":"1","older":5}'),
        (bank.money_facts, '{"number":"1","accounts":["x"]}'),
    ):
        with pytest.raises(bank.Unreadable):
            read(text)  # type: ignore[operator]
