"""What a person can be told carries a message, what to do, a code and a field."""

from __future__ import annotations

import pytest

from rmdesk.base import text
from rmdesk.base.errors import Known, Refused, Trouble


def test_message_and_advice_are_filled_in() -> None:
    error = Refused("Only {left} is left.", do="Take {left} or less.", field="worth", code="limit", left=5)
    assert (error.said, error.advice, error.field, error.code) == (
        "Only 5 is left.",
        "Take 5 or less.",
        "worth",
        "limit",
    )
    assert str(error) == "Only 5 is left."


def test_without_a_code_the_kind_is_the_code_and_advice_may_be_empty() -> None:
    assert (Refused("No.").code, Trouble("No.").code, Trouble("No.").advice) == ("refused", "trouble", "")


def test_it_is_translated_when_shown_and_logged_as_it_is() -> None:
    error = Trouble("The disk is full.", do="Free some.")
    text.use("pseudo")
    assert error.said.startswith("[The disk is full.")
    assert error.advice.startswith("[Free some.")
    assert str(error) == "The disk is full."


@pytest.mark.parametrize("kind", [Refused, Trouble])
def test_both_kinds_are_known(kind: type[Known]) -> None:
    with pytest.raises(Known):
        raise kind("No.")
