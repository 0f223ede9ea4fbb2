"""Conditions choose clients, each and its opposite; they are kept as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.base import clock
from rmdesk.models.holdings import Account
from rmdesk.services.campaigns import conditions
from rmdesk.services.campaigns.choosing import chosen
from rmdesk.services.campaigns.conditions import KINDS, Ask, Condition
from rmdesk.services.care import portfolio
from rmdesk.services.store.reads import Reads
from rmdesk.services.store.store import Store
from tests.services.care.arrange import TODAY, WAN, Book, ago, book
from tests.support import build

Made = tuple[Store, dict[int, str]]


@pytest.fixture(scope="module")
def made(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    def arrange(made: Book) -> dict[int, str]:
        born = (TODAY + timedelta(days=5)).replace(year=1960)
        rich = made.client("rich", 1200 * WAN, birth_date=born.isoformat(), risk_level=4)
        young = made.client("young", 30 * WAN, birth_date="2000-03-01", risk_level=1)
        firm = made.client("firm", 3 * WAN, kind="company")
        blank = made.client("blank")
        made.matures(rich, 20, 60 * WAN)
        made.matures(young, 20, 9 * WAN, kind="loan")  # a debt that ends is no money to place
        made.visit(rich, 10, channel="branch")
        made.visit(young, 100)
        made.work.add(Account(number="L1", client_id=young, currency="CNY", kind="loan", balance_minor=-9 * WAN,
                              as_of=ago(1)))  # fmt: skip
        return {rich: "rich", young: "young", firm: "firm", blank: "blank"}

    with closing(build.store_from(template, tmp_path_factory.mktemp("conditions"))) as store:
        clock.fix(TODAY)
        yield store, book(store, arrange)


def names(made: Made, *asked: Condition) -> set[str]:
    def ask(reads: Reads) -> set[str]:
        whole = portfolio.current(reads)
        return {made[1][int(client)] for client in whole.client[chosen(reads, whole, asked)]}

    return made[0].read(ask)


@pytest.mark.parametrize(
    ("what", "values", "found", "opposite"),
    [
        ("tier", ("T5",), {"rich"}, {"young", "firm"}),
        ("tier", ("T5", "T3"), {"rich", "young"}, {"firm"}),
        ("group", ("G2",), {"rich"}, {"young", "firm"}),
        ("familiarity", ("stranger",), {"young", "firm", "blank"}, {"rich"}),
        ("man", ("open",), {"rich", "young", "firm", "blank"}, set()),
        ("kind", ("company",), {"firm"}, {"rich", "young", "blank"}),
        ("risk", ("4", "5"), {"rich"}, {"young"}),
        ("holds", ("wealth",), {"rich"}, {"young", "firm", "blank"}),
        ("holds", ("loan",), {"young"}, {"rich", "firm", "blank"}),
        ("least_aum", ("300000",), {"rich", "young"}, {"firm"}),
        ("matures", ("30",), {"rich"}, {"young", "firm", "blank"}),
        ("matures", ("7",), set(), {"rich", "young", "firm", "blank"}),
        ("birthday", ("7",), {"rich"}, {"young", "firm", "blank"}),
        ("quiet", ("90",), {"young", "firm", "blank"}, {"rich"}),
        ("money", ("5",), {"rich"}, {"young", "firm"}),
        ("oldest", ("26",), {"young"}, {"rich"}),
        ("youngest", ("60",), {"rich"}, {"young"}),
        ("loyalty", ("0.9",), set(), {"rich", "young", "firm", "blank"}),
    ],
)
def test_each_condition_chooses_its_clients(
    made: Made, what: str, values: tuple[str, ...], found: set[str], opposite: set[str]
) -> None:
    assert names(made, Condition(what, values)) == found
    assert names(made, Condition(what, values, negated=True)) == opposite


def test_what_is_unknown_is_neither_a_condition_nor_its_opposite(made: Made) -> None:
    for what, values in (("tier", ("T1",)), ("risk", ("3",)), ("least_aum", ("1",)), ("youngest", ("18",))):
        both = names(made, Condition(what, values)) | names(made, Condition(what, values, negated=True))
        assert "blank" not in both, what


def test_all_conditions_have_to_hold(made: Made) -> None:
    assert names(made, Condition("risk", ("1", "4")), Condition("quiet", ("90",))) == {"young"}
    assert names(made) == {"rich", "young", "firm", "blank"}


def test_every_condition_can_be_asked(made: Made) -> None:
    for what, kind in KINDS.items():
        for value in kind.values:
            names(made, Condition(what, (value,)))


kinds = st.sampled_from(sorted(KINDS))
lists = st.lists(kinds, max_size=4, unique=True).flatmap(
    lambda whats: st.tuples(
        *(
            st.builds(
                Condition, st.just(what), st.sampled_from(KINDS[what].values).map(lambda one: (one,)), st.booleans()
            )
            for what in whats
        )
    )
)


@settings(max_examples=40)
@given(lists)
def test_conditions_are_kept_as_plain_values(asked: tuple[Condition, ...]) -> None:
    assert conditions.read(conditions.plain(asked)) == asked


def test_what_this_version_does_not_know_is_left_out() -> None:
    kept = [{"what": "horoscope", "values": ["lion"]}, {"what": "tier", "values": ["T9"]}, {"what": "quiet"}, 7, None]
    assert conditions.read([one for one in kept if isinstance(one, dict)]) == ()
    assert conditions.read("nothing") == ()
    assert {one.ask for one in KINDS.values()} == set(Ask)
