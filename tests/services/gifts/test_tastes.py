"""Words against words: cash, ties to business, taboos, likes, repeats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.gifts import tables, tastes


@pytest.mark.parametrize(
    "title",
    [
        "购物卡", "超市购物卡500元", "购 物 卡", "京东E卡 京东卡", "代金券两张", "春节红包", "紅包", "储值卡", "现金",
        "微信转账", "Gift card", "GIFT CARDS",
        "a red envelope", "ｖｏｕｃｈｅｒ", "cash", "Shopping card for the family",
    ],
)  # fmt: skip
def test_what_is_as_good_as_cash_is_found(title: str) -> None:
    assert tastes.cash_word(title)


@pytest.mark.parametrize(
    "title",
    [
        "龙泉青瓷对杯",
        "手写贺卡",
        "红包装茶叶礼盒",
        "cashmere scarf",
        "名片夹",
        "金币巧克力",
        "postcard",
        "discardable cup",
    ],
)
def test_what_only_looks_like_cash_is_not(title: str) -> None:
    assert tastes.cash_word(title) == ""


@pytest.mark.parametrize("text", ["存款送豆浆机", "新资金达标礼", "开户礼", "a thank-you for depositing", "new money"])
def test_words_that_tie_a_gift_to_business_are_found(text: str) -> None:
    assert tastes.tied_word(text)


def test_a_deposit_that_is_only_mentioned_is_no_tie() -> None:
    assert tastes.tied_word("客户存款到期，情绪低落，想安慰一下") == ""


@pytest.mark.parametrize(
    ("taboo", "title", "odd"),
    [
        ("不喝酒", "茅台一瓶", True),
        ("对花生过敏", "花生酥礼盒", True),
        ("花生过敏", "坚果礼盒", True),
        ("忌钟表", "座钟", True),
        ("忌讳送钟", "分钟沙漏", False),
        ("不吃甜", "巧克力", True),
        ("no alcohol", "Bottle of whisky", True),
        ("allergic to nuts", "Peanut box", True),
        ("不吃肉", "多肉绿植", False),
        ("不吃鱼", "钓鱼帽", False),
        ("不谈股票", "龙泉青瓷", False),
        ("不收烟", "烟台苹果", False),
        ("不喝茶", "茶几", False),
        ("beer", "A beard trimmer", False),
        ("忌白菊", "白菊花束", True),
    ],
)
def test_a_taboo_meets_its_word_and_its_kind(taboo: str, title: str, odd: bool) -> None:
    assert tastes.at_odds(taboo, title) is odd


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_may_be_a_taboo_or_a_title(taboo: str, title: str) -> None:
    assert tastes.at_odds(taboo, title) in (True, False)
    assert isinstance(tastes.cash_word(title), str)


@given(st.sampled_from(tables.ideas()), st.sampled_from([" ", "，", "!", "（", "·"]))
def test_a_title_is_the_same_whatever_its_signs_and_its_language(idea: tables.Idea, sign: str) -> None:
    spread = sign.join(idea.title.zh)
    assert tastes.same_gift(spread, idea.title.zh, alike=False)
    assert tastes.same_gift(idea.title.en.upper(), idea.title.zh, alike=False)


def test_one_title_inside_another_is_the_same_in_the_same_category_only() -> None:
    assert tastes.same_gift("龙泉青瓷杯", "龙泉青瓷杯一对", alike=True)
    assert not tastes.same_gift("龙泉青瓷杯", "龙泉青瓷杯一对", alike=False)
    assert not tastes.same_gift("茶", "茶则", alike=True)


def test_the_library_breaks_no_rule_of_its_own() -> None:
    assert len(tables.ideas()) >= 40
    assert len({idea.code for idea in tables.ideas()}) == len(tables.ideas())
    for idea in tables.ideas():
        for title in (idea.title.en, idea.title.zh):
            assert tastes.cash_word(title) == ""
        assert idea.category in tables.categories()
        assert idea.suits
