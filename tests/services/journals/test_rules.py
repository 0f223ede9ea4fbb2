"""No fact of a client's file is left in a playbook card, however it was written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.journals import rules
from rmdesk.services.journals.rules import AMOUNT, NAME, NUMBER, PHONE, FileFacts

FACTS = FileFacts(
    names=rules.variants_of("王小明"),
    phones=("13812345678", "5678"),
    numbers=("C000123", "6222020200112233"),
    amounts=rules.amounts_as_written(123456789),
)
signs = st.text(alphabet="王小明客户〔〕总 -，。.0123456789Ｃc万元aé", max_size=60)
facts = st.builds(
    FileFacts,
    names=st.lists(st.text(alphabet="王小明客户总aé", min_size=1, max_size=5), max_size=4).map(tuple),
    phones=st.lists(st.text(alphabet="0123456789- ", min_size=4, max_size=13), max_size=3).map(tuple),
    numbers=st.lists(st.text(alphabet="C0123456789", min_size=1, max_size=8), max_size=3).map(tuple),
    amounts=st.lists(st.integers(1, 10**12).map(str), max_size=3).map(tuple),
)


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("王小明说好", f"{NAME}说好"),
        ("和王总、小明都谈过", f"和{NAME}、{NAME}都谈过"),
        ("电话138-1234 5678", f"电话{PHONE}"),
        ("尾号５６７８", f"尾号{PHONE}"),
        ("客户号 c000123", f"客户号 {NUMBER}"),
        ("存了1,234,567.89", f"存了{AMOUNT}"),
        ("存了123.46万元", f"存了{AMOUNT}"),
        ("再加二百万，另有￥5,000", f"再加{AMOUNT}，另有{AMOUNT}"),
        ("先谈收藏再谈配置", "先谈收藏再谈配置"),
        ("提前14天约，给3个方案", "提前14天约，给3个方案"),
    ],
)
def test_facts_go_and_know_how_stays(text: str, stripped: str) -> None:
    assert rules.stripped(text, FACTS) == stripped


@given(text=signs, told=facts)
def test_nothing_of_the_file_is_left(text: str, told: FileFacts) -> None:
    assert not rules.tells(rules.stripped(text, told), told)


@given(before=signs, after=signs, which=st.sampled_from((*FACTS.names, *FACTS.phones, *FACTS.numbers, *FACTS.amounts)))
def test_a_fact_is_found_wherever_it_stands(before: str, after: str, which: str) -> None:
    assert rules.tells(f"{before}{which}{after}", FACTS)
    assert not rules.tells(rules.stripped(f"{before}{which}{after}", FACTS), FACTS)


@given(text=signs, told=facts)
def test_once_more_changes_nothing(text: str, told: FileFacts) -> None:
    once = rules.stripped(text, told)
    assert rules.stripped(once, told) == once


def test_a_compound_surname_is_known_with_its_title() -> None:
    assert {"欧阳总", "欧总", "修文"} <= set(rules.variants_of("欧阳修文"))
    assert "尉迟总" in rules.variants_of("尉迟恭")


def test_the_week_goes_from_monday_to_sunday_and_closes_on_friday() -> None:
    assert rules.week_of(date(2026, 11, 20)) == (date(2026, 11, 16), date(2026, 11, 22))
    assert [rules.closes(date(2026, 11, day)) for day in (19, 20, 22)] == [False, True, True]


@pytest.mark.parametrize(
    "text",
    ["Zhou Wenmin", "zhouwenmin", "WENMIN", "Wenmin Zhou", "宏远机械", "宏远机械集团", "一三八一二三四五六七八",
     "幺三八零零零零零零零零", "尾号五六七八", "１２４０万", "￥１２４０", "九零一零"],
)  # fmt: skip
def test_facts_go_however_they_are_written(text: str) -> None:
    told = FileFacts(
        names=(*rules.variants_of("Zhōu Wénmǐn"), *rules.variants_of("宏远机械（集团）有限公司")),
        phones=("13812345678", "5678"),
    )
    left = rules.stripped(f"先问候{text}再谈", told)
    assert text not in left
    assert not any(part in left.casefold() for part in ("wenmin", "宏远", "三八", "五六", "１２", "零"))


def test_an_employer_is_no_person() -> None:
    assert rules.firm_variants("县医院") == set()
    assert rules.firm_variants("清河纺织有限公司") >= {"清河纺织"}
