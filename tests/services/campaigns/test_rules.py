"""What a touch counts as, what a script may say, and what a funnel tells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmdesk.models.kinds import Channel, Purpose, TouchOutcome
from rmdesk.services.campaigns import rules
from rmdesk.services.campaigns.rules import Funnel
from rmdesk.services.campaigns.tables import table
from rmdesk.services.rulebook import book

DAY = date(2026, 11, 21)


def test_the_gates_of_a_purpose_come_in_the_order_of_the_domain() -> None:
    purposes = table().purposes
    assert purposes[Purpose.SELL].gates == ("reach", "segments", "product", "man", "soft")
    assert purposes[Purpose.WAKE].gates == ("reach", "segments", "soft")
    assert not purposes[Purpose.WAKE].product
    assert "G3" not in purposes[Purpose.SELL].groups  # no product push there
    assert all(one["source"] for one in book("campaigns")["purposes"].values())


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("王女士您好，近来一切都好吗？", ""),
        ("我们有一款理财很适合您", "理财"),
        ("A fund with a fine Yield", "yield"),
        ("您好，{product}本周起售", "{product}"),
        ("您好{name}，{topic}后来顺利吗", ""),
    ],
)
def test_words_and_places_that_offer_something_are_found(script: str, found: str) -> None:
    assert rules.offers_in(script, table().locked_words, table().locked_places) == found


def test_a_call_nobody_took_is_neither_a_contact_nor_a_marketing_touch() -> None:
    missed = TouchOutcome.NOT_REACHED
    assert not rules.two_way(missed)
    assert not rules.counts_as_marketing(True, missed, Channel.PHONE)
    assert rules.counts_as_marketing(True, missed, Channel.CHAT)  # a message was sent
    assert all(rules.two_way(one) for one in TouchOutcome if one is not missed)
    assert not any(rules.counts_as_marketing(False, one, Channel.CHAT) for one in TouchOutcome)  # service is exempt


def test_one_calls_again_after_the_days_of_the_last_outcome_and_never_after_yes_or_no() -> None:
    again = table().again
    for outcome, days in again.items():
        on = rules.may_call_again(TouchOutcome(outcome), DAY, DAY, again)
        assert on == DAY + timedelta(days)
    assert rules.may_call_again(TouchOutcome.REACHED, DAY - timedelta(90), DAY, again) == DAY
    assert rules.may_call_again(None, None, DAY, again) == DAY
    for ended in (TouchOutcome.DECLINED, TouchOutcome.BOUGHT):
        assert rules.may_call_again(ended, DAY - timedelta(900), DAY, again) is None


def test_a_no_stands_for_good_here_and_for_half_a_year_elsewhere() -> None:
    days = table().declined_days
    assert rules.still_declined(DAY - timedelta(2000), DAY, same_campaign=True, days=days)
    assert rules.still_declined(DAY - timedelta(days - 1), DAY, same_campaign=False, days=days)
    assert not rules.still_declined(DAY - timedelta(days), DAY, same_campaign=False, days=days)


def test_traffic_conversion_ticket_and_margin_make_the_profit() -> None:
    told = Funnel(traffic=40, bought=5, sold_minor=95_000_000, margin_bp=45)
    assert (told.conversion, told.ticket_minor, told.margin) == (0.125, 19_000_000, 0.0045)
    assert told.profit_minor == pytest.approx(40 * 0.125 * 19_000_000 * 0.0045)


def test_what_nothing_tells_of_a_funnel_is_unknown_not_zero() -> None:
    nothing = Funnel(0, 0, 0, 45)
    assert (nothing.conversion, nothing.ticket_minor, nothing.profit_minor) == (None, None, None)
    unsold = Funnel(10, 0, 0, 45)
    assert (unsold.conversion, unsold.ticket_minor, unsold.profit_minor) == (0, None, 0)
    assert Funnel(10, 2, 1000, None).profit_minor is None


@settings(max_examples=40)
@given(st.integers(1, 10**4), st.integers(1, 10**4), st.integers(1, 10**12), st.integers(0, 10_000))
def test_the_profit_is_the_margin_of_what_was_sold(traffic: int, bought: int, sold: int, margin: int) -> None:
    told = Funnel(max(traffic, bought), bought, sold, margin)
    assert told.profit_minor == pytest.approx(sold * margin / 10_000)
