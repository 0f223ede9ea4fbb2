"""The copy for a client tells codes in words, and nothing in codes."""

from __future__ import annotations

import pytest

from rmdesk.base import text
from rmdesk.models.kinds import AssetKind, Purpose
from rmdesk.services.privacy import codes


@pytest.mark.parametrize(
    ("table", "field", "value", "told"),
    [
        ("visit", "two_way", 1, "是"),
        ("client", "marketing_consent", 0, "否"),
        ("holding", "kind", "wealth", "理财产品"),
        ("client", "status", "deceased", "已故"),
        ("journal", "group", "G1", "核心客户"),
        ("journal", "method", "tea", "茶叙"),
        ("visit", "found", '[{"kind": "need", "text": "换汇"}, {"kind": "signal", "text": "搬家"}]', "换汇, 搬家"),
        ("visit", "found", '[{"kind": "need"}]', '[{"kind": "need"}]'),
        ("visit", "content", "[未完", "[未完"),
        ("visit", "content", "谈留学", "谈留学"),
        ("holding", "kind", "unheard", "unheard"),
        ("journal", "group", "G0", "G0"),
        ("client", "risk_level", 3, "3"),
    ],
)
def test_values_are_told_in_words(table: str, field: str, value: object, told: str) -> None:
    text.use("zh_CN")
    try:
        assert codes.said(table, field, value) == told
    finally:
        text.use("en")


def test_no_kind_of_asset_and_no_purpose_lacks_a_name() -> None:
    assert {str(kind) for kind in AssetKind} <= set(codes.KINDS)
    assert set(Purpose) == set(codes.PURPOSES)
