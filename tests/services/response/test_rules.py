"""The calling order adds up points that a manager can read, and holds on the contacts of a real bank."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import response
from bench.churn import auc, lift
from rmdesk.services.response import rules
from rmdesk.services.response.tables import LINES, table
from rmdesk.services.rulebook import book

NAN = float("nan")
UNKNOWN = dict.fromkeys(rules.Asked.__match_args__, NAN)
RULE = table()


def points(**known: float) -> dict[str, float]:
    """The lines that a client earns beside one of whom nothing is known."""
    asked = rules.Asked(**{name: np.array([value]) for name, value in {**UNKNOWN, **known}.items()})
    return {name: float(line[0]) for name, line in rules.points(asked, RULE).items() if line[0]}


@pytest.mark.parametrize(
    ("known", "lines"),
    [
        ({}, set()),
        ({"success": 1, "before": 1, "days": 50}, {"success", "before", "lately"}),
        ({"success": 0, "before": 1, "days": 101}, {"before", "declined"}),
        ({"success": 0, "before": 0}, set()),
        ({"reachable": 1, "home_loan": 1, "loan": 1, "arrears": 1}, {"reachable", "home_loan", "loan", "arrears"}),
        ({"age": 25}, {"young"}),
        ({"age": 26}, set()),
        ({"age": 60}, {"old"}),
        ({"balance": 100}, {"middle"}),
        ({"balance": -1}, {"overdrawn"}),
        ({"tries": 2}, set()),
        ({"tries": 3}, {"third"}),
        ({"tries": 6}, {"third", "sixth"}),
    ],
)
def test_each_line_holds_from_where_its_rule_says(known: dict[str, float], lines: set[str]) -> None:
    assert set(points(**known)) == lines


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9), st.randoms())
def test_the_order_of_the_clients_does_not_matter(balances: list[float], random: object) -> None:
    def order(places: list[int]) -> list[int]:
        asked = {name: np.full(len(places), NAN) for name in rules.Asked.__match_args__}
        asked["balance"] = np.array([balances[at] for at in places])
        sums = rules.total(rules.points(rules.Asked(**asked), RULE))
        return [places[at] for at in rules.ordered(sums, np.array(places))]

    straight = list(range(len(balances)))
    assert order(straight) == order(straight[::-1])


def test_every_line_has_a_source() -> None:
    assert set(book("response")["line"]) == set(LINES)
    assert all(line.source for line in RULE.lines.values())


def test_on_real_contacts_the_order_beats_each_column_and_comes_near_a_boosted_model(shared_data: Path) -> None:
    contacts = response.contacts(shared_data / "bank_marketing")
    assert (len(contacts.yes), int(contacts.yes.sum())) == (31_648, 3_708)
    assert "duration" not in contacts.columns
    ours = rules.total(rules.points(contacts.asked, RULE))
    singles = response.singles(contacts)
    assert auc(contacts.yes, ours) > max(auc(contacts.yes, score) for score in singles.values()) + 0.1
    assert auc(contacts.yes, ours) >= 0.9 * response.BOOSTED
    assert lift(contacts.yes, ours) > 3
