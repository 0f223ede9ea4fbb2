"""What is needed twice has one home."""

from __future__ import annotations

from tools import twice


def test_no_six_lines_stand_twice() -> None:
    texts = twice.read(twice.ROOT)
    assert len(texts) > 1000
    assert [f"{one[0]}:{one[1]} = {two[0]}:{two[1]}" for one, two, _count in twice.twice(texts)] == []
