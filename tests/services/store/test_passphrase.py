"""A passphrase is refused with the reason, and the same text typed on two keyboards is one passphrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.store import passphrase


@pytest.mark.parametrize(
    ("weak", "why"),
    [
        ("", "empty"),
        ("   \t  ", "empty"),
        ("short", "too short"),
        ("七个字不够", None),  # five Chinese characters count as ten
        ("七个字", "too short"),
        ("318472659103", "digits only"),
        ("aabbaabbaabb", "repeats too few"),
        ("abcdefghijkl", "plain sequence"),
        ("password123", "common one"),
        ("李慧wind1990李慧", None),
        ("lihui-lihui-li", "your name"),
        ("correct horse battery", None),
    ],
)
def test_weak_passphrases_are_refused_with_the_reason(weak: str, why: str | None) -> None:
    if why is None:
        passphrase.check(weak, "lihui")
        return
    with pytest.raises(Refused, match=why) as refused:
        passphrase.check(weak, "lihui")
    assert refused.value.field == "passphrase"
    assert refused.value.advice


def test_composed_and_decomposed_text_is_the_same_passphrase() -> None:
    assert passphrase.normal("caf\u00e9") == passphrase.normal("cafe\u0301")
    assert passphrase.length("cafe\u0301") == 4


@given(st.text(max_size=9))
def test_nothing_shorter_than_the_limit_is_accepted(text: str) -> None:
    if passphrase.length(text) < passphrase.key_rules().least:
        with pytest.raises(Refused):
            passphrase.check(text)
