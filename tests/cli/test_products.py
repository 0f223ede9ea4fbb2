"""`products` and `maturities` on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rmdesk.cli.main import main

Asked = Callable[..., Any]


@pytest.fixture
def asked(made_demo: Path, capsys: pytest.CaptureFixture[str]) -> Asked:
    def answer(*arguments: str, status: int = 0) -> Any:
        assert main(["--profile", str(made_demo), "--date", "2026-11-21", "--lang", "en", *arguments]) == status
        captured = capsys.readouterr()
        told = captured.err if status else captured.out
        return json.loads(told) if "--json" in arguments else told

    return answer


def test_products_tells_cards_and_whether_one_suits(asked: Asked) -> None:
    found = asked("products", "--json")["products"]
    assert {"code", "risk", "facts", "clients"} <= set(found[0])
    assert "suitable" not in found[0]
    one = asked("products", "JJ02", "--for", "1", "--json")["products"][0]
    assert set(one["suitable"]) == {"ok", "code", "reason"}
    assert "Key facts" in asked("products", "JJ02")
    assert asked("products", "none", "--json", status=2)["error"] == "no_product"


def test_maturities_tells_months_and_plans(asked: Asked) -> None:
    found = asked("maturities", "--from", "2026-11-21", "--to", "2027-01-31", "--json")
    assert [month["month"] for month in found["months"]] == ["2026-11", "2026-12", "2027-01"]
    assert sum(month["count"] for month in found["months"]) == len(found["holdings"])
    within = asked("maturities", "--from", "2026-10-01", "--to", "2026-12-10", "--json")
    assert sum(month["count"] for month in within["months"]) == len(within["holdings"])  # of days amid a month, too
    assert any(one["plan"] and one["plan"]["way"] == "move" for one in found["holdings"])
    told = asked("maturities", "--to", "2026-12-31")
    assert "2026-12" in told
    assert re.search(r"¥\xa0\d{1,3}(,\d{3})+", told)
    assert not re.search(r"\d{4,}\.\d\d", told)
    turned = asked("maturities", "--from", "2026-12-31", "--to", "2026-12-01", "--json", status=2)
    assert (turned["error"], turned["field"]) == ("usage", "to")
    assert asked("maturities", "--from", "yesterday", "--json", status=2)["error"] == "usage"


def test_suggest_tells_kinds_with_reasons_and_the_gate(asked: Asked) -> None:
    found = [asked("suggest", str(number), "--json") for number in (20, 30, 40)]
    items = [item for one in found for item in one["suggestions"]]
    assert items
    assert all(item["reasons"] for item in items)
    assert asked("suggest", "30")
