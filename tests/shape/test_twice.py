"""What is needed twice has one home, and the contracts of the layers know no exception."""

from __future__ import annotations

import tomllib

from tools import twice


def test_no_six_lines_stand_twice() -> None:
    texts = twice.read(twice.ROOT)
    assert len(texts) > 1000
    assert [f"{one[0]}:{one[1]} = {two[0]}:{two[1]}" for one, two, _count in twice.twice(texts)] == []


def test_no_contract_has_an_exception() -> None:
    kept = tomllib.loads((twice.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert len(kept["contracts"]) >= 8
    assert [one["name"] for one in kept["contracts"] if one.get("ignore_imports")] == []
