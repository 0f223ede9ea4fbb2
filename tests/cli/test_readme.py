"""What the README tells a newcomer to type finds somebody, or something, in the demo."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
NAMED = re.findall(r"^    rmdesk --profile DIR (clients|find) (\S+)", README, re.MULTILINE)


def test_there_are_examples() -> None:
    assert {command for command, _word in NAMED} == {"clients", "find"}


@pytest.mark.parametrize(("command", "word"), NAMED)
def test_what_is_looked_for_is_in_the_demo(ask: Any, command: str, word: str) -> None:
    found = ask(command, word)
    assert found["clients" if command == "clients" else "found"], word


def test_the_length_of_a_password_is_told_as_it_is() -> None:
    from rmdesk.services.exports import rules

    assert f"These passwords have {rules.least()} characters or more." in README
