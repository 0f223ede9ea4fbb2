"""The manuals name commands and options that there are, and files that exist, in both languages."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from rmdesk.cli import main
from rmdesk.services.guide import topics
from rmdesk.ui.shell.routes import ROUTES
from tools import manual

ROOT = Path(__file__).parents[2]
MANUALS = sorted((ROOT / "docs").glob("manual-*.md"))
COMMAND = re.compile(r"`rmdesk ([^`]+)`")


def _parser_of(words: list[str]) -> tuple[argparse.ArgumentParser, list[str]]:
    """The parser of a command with its verbs, and the words that are left."""
    parser: argparse.ArgumentParser = main._parser(main._groups(words[0], helped=False))
    while words:
        found = next((one for one in parser._actions if isinstance(one, argparse._SubParsersAction)), None)
        if found is None or words[0] not in found.choices:
            break
        parser, words = found.choices[words[0]], words[1:]
    return parser, words


@pytest.mark.parametrize("manual", MANUALS, ids=lambda path: path.name)
def test_what_it_tells_to_type_is_understood(manual: Path) -> None:
    commands = COMMAND.findall(manual.read_text(encoding="utf-8"))
    assert commands
    for command in commands:
        words = command.split()
        assert words[0] in main.GROUPS, command
        parser, left = _parser_of(words)
        verbs = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction) and one.required]
        assert not verbs or not left or left[0].startswith("-"), command
        for option in (word.partition("=")[0] for word in left if word.startswith("--")):
            assert option in parser._option_string_actions, command


@pytest.mark.parametrize("manual", MANUALS, ids=lambda path: path.name)
def test_both_languages_name_the_same(manual: Path) -> None:
    chinese, _, english = manual.read_text(encoding="utf-8").partition("\n## English")

    def named(text: str) -> set[tuple[str, ...]]:
        commands = [one.split() for one in COMMAND.findall(text)]
        return {tuple(word for word in one if word.isascii() and word.islower()) for one in commands}

    assert named(chinese) == named(english)
    for path in re.findall(r"`(docs/[\w./-]+)`", chinese + english):
        assert (ROOT / path).exists()


def test_every_page_and_every_rule_stands_in_a_manual() -> None:
    plan = manual.plan()
    screens = {name for one in plan for name in one["screens"]}
    rules = {name for one in plan for name in one["rules"]}
    assert screens | {"guide"} == {route.name for route in ROUTES}
    assert rules == set(topics.rules())
    assert all((ROOT / "docs" / name).exists() for one in plan for name in one.get("documents", ()))


def test_a_picture_is_named_so_that_paper_finds_it(tmp_path: Path, qapp: object) -> None:
    """Printing copies the document without its base; a picture that is not found is drawn as a broken page."""
    (tmp_path / "pictures").mkdir()
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(0x0F6B66)
    picture.save(str(tmp_path / "pictures" / "one.png"))
    page = tmp_path / "one.html"
    manual.as_pdf('<p class="picture"><img src="pictures/one.png" width="680"></p>', page)
    found = page.with_suffix(".pdf").read_bytes()
    assert b"/Width 300" in found
    assert b"/Height 200" in found
