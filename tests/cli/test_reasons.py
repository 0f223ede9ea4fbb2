"""What argparse says of a wrong command line is told in the language in use."""

from __future__ import annotations

import argparse
from typing import NoReturn

import pytest

from rmdesk.cli import reasons
from rmdesk.cli.main import main

Told = pytest.CaptureFixture[str]


class WrongError(Exception):
    """What argparse says."""


class Parser(argparse.ArgumentParser):
    """Says why instead of leaving."""

    def error(self, message: str) -> NoReturn:
        raise WrongError(message)


def parser() -> Parser:
    made = Parser(allow_abbrev=False)
    made.add_argument("text")
    made.add_argument("--count", type=int)
    made.add_argument("--kind", choices=["one", "two"])
    made.add_argument("--pair", nargs=2)
    made.add_argument("--some", nargs="+")
    made.add_argument("--quick", action="store_true")
    either = made.add_mutually_exclusive_group(required=True)
    either.add_argument("--red", action="store_true")
    either.add_argument("--blue", action="store_true")
    return made


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--red"], "text is missing."),
        (["x", "--red", "--foo"], "--foo is not known here."),
        (["x", "--red", "--count"], "--count needs a value."),
        (["x", "--red", "--some"], "--some needs a value."),
        (["x", "--red", "--pair", "1"], "--pair needs more values."),
        (["x", "--red", "--kind", "a b"], "--kind can't be a b; possible are one, two."),
        (["x", "--red", "--count", "y"], "--count can't be y."),
        (["x", "--red", "--blue"], "--blue and --red exclude each other."),
        (["x", "--red", "--quick=1"], "--quick takes no value."),
        (["x"], "One of these is missing: --red --blue."),
    ],
)
def test_every_reason_of_argparse_is_known(given: list[str], told: str) -> None:
    with pytest.raises(WrongError) as refused:
        parser().parse_args(given)
    assert reasons.said(str(refused.value)) == told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("club",), "缺少 proposals | forecast。"),
        (("club", "x"), "x 无法识别，可选值：proposals, forecast。"),
        (("archive",), "缺少 export | import, FILE。"),
    ],
)
def test_a_word_of_a_few_is_asked_for_by_the_words_themselves(given: tuple[str, ...], told: str, capsys: Told) -> None:
    assert main(["--lang", "zh_CN", *given]) == 2
    assert told in capsys.readouterr().err


def test_a_reason_that_is_new_is_told_as_it_is() -> None:
    assert reasons.said("something else") == "something else"


def test_the_whole_line_is_in_one_language(capsys: Told) -> None:
    assert main(["--lang", "zh_CN", "find"]) == 2
    assert (
        capsys.readouterr().err == "rmdesk: 无法理解命令行：缺少 TEXT。\n        运行 rmdesk --help 可查看全部命令。\n"
    )
