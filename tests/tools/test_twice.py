"""Six lines that stand twice are found, wherever they stand and however they are indented; five are not."""

from __future__ import annotations

from tools import twice

FIVE = "\n".join(f"was_{at} = {at}" for at in range(5))
SIX = f"{FIVE}\nlast = more"


def test_six_lines_in_two_files_are_found_whatever_stands_between() -> None:
    other = '"""Another."""\n\nimport sys\n\nif sys:\n' + "\n\n    # and\n".join(
        f"    {line}" for line in SIX.split("\n")
    )
    assert list(twice.twice({"a.py": SIX, "b.py": other})) == [(("a.py", 1), ("b.py", 6), 6)]


def test_a_longer_run_is_told_once() -> None:
    assert list(twice.twice({"a.py": SIX + "\nseven = 7", "b.py": SIX + "\nseven = 7"})) == [
        (("a.py", 1), ("b.py", 1), 7)
    ]


def test_within_one_file_too() -> None:
    text = f"def one():\n{_in(SIX)}\ndef two():\n{_in(SIX)}"
    assert list(twice.twice({"a.py": text})) == [(("a.py", 2), ("a.py", 9), 6)]


def test_five_lines_imports_and_docstrings_are_no_run() -> None:
    start = (
        '"""One\ntwo\nthree\nfour\nfive\nsix\n"""\nfrom a import (\n    b,\n    c,\n    d,\n    e,\n    f,\n    g,\n)\n'
    )
    assert list(twice.twice({"a.py": start + FIVE, "b.py": start + FIVE + "\nother = 1"})) == []


def _in(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
