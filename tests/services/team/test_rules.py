"""The sample: whom the rule names is always looked at, of the others a share that anybody can work out again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.text import _, use
from rmdesk.models.kinds import Word, new_id
from rmdesk.services.team import rules
from rmdesk.services.team.rules import Why

SEEDS = st.text(max_size=20)
KEYS = st.uuids().map(lambda one: one.hex)
SHARES = st.integers(0, 100)
TIERS = st.sampled_from(["T1", "T2", "T3", "T4", "T5", None])


@given(SEEDS, KEYS, SHARES)
def test_the_same_seed_makes_the_same_choice(seed: str, key: str, share: int) -> None:
    assert rules.in_sample(seed, key, share) is rules.in_sample(seed, key, share)
    assert 0 <= rules.draw(seed, key) < 1


@given(SEEDS, KEYS, SHARES, SHARES)
def test_a_larger_share_keeps_what_a_smaller_one_drew(seed: str, key: str, one: int, other: int) -> None:
    less, more = sorted((one, other))
    if rules.in_sample(seed, key, less):
        assert rules.in_sample(seed, key, more)


@given(SEEDS, KEYS)
def test_none_and_all(seed: str, key: str) -> None:
    assert not rules.in_sample(seed, key, 0)
    assert rules.in_sample(seed, key, 100)


@given(SEEDS, KEYS, SHARES, TIERS)
def test_the_highest_tier_gifts_and_complaints_always(seed: str, key: str, share: int, tier: str | None) -> None:
    assert rules.why("visit", key, "T5", seed, share) is Why.TIER
    assert rules.why("gift", key, tier, seed, share) is Why.GIFT
    assert rules.why("complaint", key, tier, seed, share) is Why.COMPLAINT
    if tier != "T5":
        drawn = rules.why("visit", key, tier, seed, share)
        assert drawn is (Why.SAMPLE if rules.in_sample(seed, key, share) else Why.OTHER)


@given(SEEDS, st.sampled_from([5, 20, 50, 80]))
def test_the_share_drawn_is_close_to_the_share_asked_for(seed: str, share: int) -> None:
    drawn = sum(rules.in_sample(seed, f"{number:032x}", share) for number in range(2000))
    assert abs(drawn / 20 - share) < 6  # percent; five standard deviations at most 5.6


def test_another_seed_draws_others() -> None:
    keys = [new_id() for _number in range(500)]
    one, other = ({key for key in keys if rules.in_sample(seed, key, 20)} for seed in ("a", "b"))
    assert one != other
    assert one & other


def test_every_word_and_reason_has_a_name_in_both_languages() -> None:
    texts = [*rules.NAMES.values(), *rules.WORDS.values()]
    assert set(rules.WORDS) == set(Word)
    assert set(rules.NAMES) == set(Why)
    use("zh_CN")
    assert all(_(text) != text for text in texts)
    assert all(one.en != one.zh for one in rules.tags().values())
