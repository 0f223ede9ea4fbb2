"""Ideas for a client: what fits, what the gates let through, and the manager's own."""

from __future__ import annotations

from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.services.gifts import library
from rmdesk.services.gifts.ideas import AddIdea, EditIdea, Idea, RetireIdea
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.store.store import Store
from tests.services.gifts import arrange


def titles(store: Store, draft: Draft, kind: str | None = None) -> list[str]:
    return [idea.title for idea in store.read(library.ideas_for, draft, kind)]


def kept(store: Store) -> list[Any]:
    return store.read(lambda reads: reads.rows("SELECT * FROM gift_idea ORDER BY id"))


def test_ideas_go_with_the_likes_and_say_which(store: Store) -> None:
    client = arrange.client(store)
    arrange.taste(store, client, "围棋", taboo=False)
    ideas = store.read(library.ideas_for, Draft(client, ""))
    assert ideas[0].title == "Yunnan go stones in a travel box"
    assert ideas[0].why is not None
    assert "围棋" in ideas[0].why.said


def test_nothing_is_offered_of_which_nobody_knows_whether_it_pleases(store: Store) -> None:
    assert titles(store, Draft(arrange.client(store), "")) == []


def test_an_occasion_brings_its_own_ideas(store: Store) -> None:
    found = titles(store, Draft(arrange.client(store), ""), "birthday")
    assert "Newspaper of the day they were born" in found


def test_no_idea_against_a_taboo_even_where_only_its_topic_is(store: Store) -> None:
    client = arrange.client(store)
    arrange.taste(store, client, "喜欢小孩子", taboo=False)
    assert "Baking afternoon for two" in titles(store, Draft(client, ""))
    arrange.taste(store, client, "不吃甜")
    assert "Baking afternoon for two" not in titles(store, Draft(client, ""))


def test_no_idea_twice_and_none_dearer_than_what_is_left(store: Store) -> None:
    client = arrange.client(store)
    arrange.taste(store, client, "喝茶", taboo=False)
    assert "Celadon tea scoop" in titles(store, Draft(client, ""))
    arrange.give(store, client, "青瓷茶则", 220)
    assert "Celadon tea scoop" not in titles(store, Draft(client, ""))
    arrange.give(store, client, "银壶", 550)  # 230 left
    for idea in store.read(library.ideas_for, Draft(client, "")):
        assert idea.cost_minor is not None
        assert idea.cost_minor <= 23_000


def test_ones_own_idea_is_offered_first_and_can_be_taken_back(store: Store) -> None:
    client = arrange.client(store)
    arrange.taste(store, client, "喝茶", taboo=False)
    outcome = store.perform(AddIdea(Idea("手绘茶席布", "tea", 15_000, None, "茶")))
    assert titles(store, Draft(client, ""))[0] == "手绘茶席布"
    before = kept(store)
    assert outcome.inverse is not None
    undone = store.perform(outcome.inverse)
    assert kept(store) == []
    assert undone.inverse is not None
    store.perform(undone.inverse)
    assert kept(store) == before


def test_editing_and_retiring_are_taken_back_exactly(store: Store) -> None:
    number = store.perform(AddIdea(Idea("手绘茶席布", "tea", 15_000))).result
    before = kept(store)
    for command in (EditIdea(number, Idea("手绘桌旗", "home", None, note="找小陈画")), RetireIdea(number)):
        outcome = store.perform(command)
        after = kept(store)
        assert after != before
        assert outcome.inverse is not None
        back = store.perform(outcome.inverse)
        assert kept(store) == before
        assert back.inverse is not None
        store.perform(back.inverse)
        assert kept(store) == after
        store.perform(outcome.inverse)
    store.perform(RetireIdea(number))
    assert store.read(library.own_ideas) == ()


@pytest.mark.parametrize(
    ("idea", "field"),
    [
        (AddIdea(Idea("  ")), "title"),
        (AddIdea(Idea("购物卡")), "title"),
        (AddIdea(Idea("茶", cost_minor=-1)), "cost"),
        (AddIdea(Idea("茶", note="密码 123456")), "note"),
    ],
)
def test_bad_ideas_are_refused(store: Store, idea: AddIdea, field: str) -> None:
    with pytest.raises(Refused) as caught:
        store.perform(idea)
    assert caught.value.field == field
    assert "{" not in caught.value.said


def test_the_whole_library_is_shown_own_ideas_first(store: Store) -> None:
    store.perform(AddIdea(Idea("手绘茶席布", "tea", 15_000)))
    rows = store.read(library.idea_rows)
    assert rows[0].own
    assert not rows[1].own
    assert len({row.number for row in rows}) == len(rows) > 40
