"""Where the header stands and what the columns mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.services.imports import guess, header
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.records import Entity
from rmdesk.services.imports.targets import TARGETS
from tests.services.imports.files import only, read, written

COLUMNS = {
    "客户号": ("client.number", ["C00001", "C00002"]),
    "客户姓名": ("client.name", ["张三", "李四"]),
    "性别": ("client.sex", ["男", "女"]),
    "出生日期": ("client.birth_date", ["19800102", "19900304"]),
    "手机号码": ("client.phone", ["13812345678", "13912345678"]),
    "证件号码": ("client.id_number", ["110101199003078515", "110101199003078515"]),
    "客户经理": ("client.manager", ["王五", "王五"]),
    "风险等级": ("client.risk_level", ["R3", "R5"]),
    "AUM(万元)": ("client.aum_minor", ["12.50", "1,300.00"]),
    "E-mail": ("client.email", ["a@b.cn", "c@d.cn"]),
}
NOISE = st.lists(st.text("ABCxyz甲乙丙", min_size=1, max_size=12).map(lambda t: [t]), max_size=5)


def guessed(headers: list[str], *rows: list[Any]) -> dict[str, str]:
    """Header -> meaning."""
    layout = guess.layout(header.Header(0, tuple(headers)), list(rows))
    return {c.header: c.target for c in layout.columns if c.target}


@given(chosen=st.permutations(list(COLUMNS)).map(lambda names: names[:6]), above=NOISE)
def test_header_and_meanings_are_found_below_anything(chosen: list[str], above: list[list[str]]) -> None:
    chosen = ["客户号", *(name for name in chosen if name != "客户号")]
    rows: list[list[Any]] = [*above, chosen, *([COLUMNS[name][1][i] for name in chosen] for i in (0, 1))]
    found = header.find(rows)
    assert found.index == len(above)
    layout = guess.layout(found, rows[found.index + 1 :])
    assert {c.header: c.target for c in layout.columns} == {name: COLUMNS[name][0] for name in chosen}


def test_one_word_means_what_the_table_is_about() -> None:
    assert guessed(["账号", "余额"], ["A1", "1.00"])["余额"] == "account.balance_minor"
    assert guessed(["账号", "月份", "余额"], ["A1", "2024-01", "1.00"])["余额"] == "month.end_minor"
    assert (
        guessed(["账号", "交易日期", "金额", "余额"], ["A1", "2024-01-02", "1.00", "1.00"])["余额"]
        == "transaction.balance_minor"
    )
    assert (
        guessed(["客户号", "产品名称", "到期日", "余额"], ["1", "安心", "2027-01-02", "1.00"])["余额"]
        == "holding.amount_minor"
    )
    assert guessed(["客户号", "姓名", "余额"], ["1", "张三", "1.00"])["余额"] == "client.aum_minor"


def test_values_rule_out_what_headers_say() -> None:
    assert "holding.card_count" in guessed(["客户号", "账号", "信用卡"], ["1", "A1", "0"]).values()
    assert "holding.card_count" not in guessed(["客户号", "账号", "信用卡"], ["1", "A1", "白金卡"]).values()
    assert "account.role" in guessed(["client_id", "account_id", "type"], ["1", "2", "OWNER"]).values()


def test_values_alone_tell_ids_and_mobiles() -> None:
    rows = [["张三", "110101199003078515", "13812345678"]] * 3
    assert guessed(["姓名", "甲", "乙"], *rows) == {
        "姓名": "client.name",
        "甲": "client.id_number",
        "乙": "client.phone",
    }


def test_the_other_side_of_a_transaction_is_no_client() -> None:
    found = guessed(["交易日期", "交易金额", "对方账号", "对方户名"], ["2024-01-02", "1.00", "622200001", "张三"])
    assert set(found) == {"交易日期", "交易金额"}


def test_units_orders_and_decimals_are_found() -> None:
    rows = [["1", "张三", "1.234,50", "31.12.1980"], ["2", "李四", "7,25", "01.02.1990"]]
    columns = guess.layout(header.Header(0, ("客户号", "姓名", "AUM（万元）", "生日")), rows).columns
    assert (columns[2].times, columns[2].decimal, columns[3].order) == ("10000", ",", "dmy")


def test_a_unit_above_the_table_holds_for_columns_that_name_none() -> None:
    rows = [["客户资产表"], ["单位：万元", "币种：美元"], ["客户号", "姓名", "AUM"], ["1", "张三", "2"]]
    found = header.find(rows)
    layout = guess.layout(found, rows[3:])
    assert (found.index, found.times, layout.currency, layout.columns[2].times) == (2, "10000", "USD", "10000")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("core_19971231", date(1997, 12, 31)),
        ("x_1997-12-31.csv", date(1997, 12, 31)),
        ("outcomes_1996-12-31_to_1997-12-31", date(1997, 12, 31)),
        ("客户表2024年3月1日", date(2024, 3, 1)),
        ("order_20241399", None),
        ("13812345678", None),
        ("v2", None),
    ],
)
def test_days_in_names(text: str, day: date | None) -> None:
    assert header.day_in(text) == day


def test_a_table_without_header_has_numbered_columns() -> None:
    found = header.find([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert (found.index, found.cells) == (-1, ("#1", "#2", "#3"))


def test_totals_remarks_and_repeated_headers_are_no_records(tmp_path: Path) -> None:
    text = (
        "客户号,姓名,账号,账户余额\n1,张三,A00001,5.00\n小 计,,,5.00\n\n客户号,姓名,账号,账户余额\n"
        "2,李四,A00002,6.00\n合计,,,11.00\n制表人：王五,,,\n"
    )
    source = only(written(tmp_path / "a.csv", text))
    assert [a["number"] for a in read(source)[Entity.ACCOUNT]] == ["A00001", "A00002"]
    assert [(f.row, f.severity.value) for f in source.findings] == [(3, "note"), (7, "note"), (8, "note")]
    assert source.refused == 0


def test_rows_with_moved_cells_are_refused_and_short_ones_taken(tmp_path: Path) -> None:
    text = "客户号,姓名,地址\n1,张三,北京,海淀\n2,李四\n3,王五,上海,\n"
    source = only(written(tmp_path / "a.csv", text))
    assert [c["number"] for c in read(source)[Entity.CLIENT]] == ["2", "3"]
    assert [(f.row, f.value, f.severity.value) for f in source.findings] == [(2, "海淀", "refused")]
    assert (source.rows, source.refused) == (2, 1)


def test_columns_without_meaning_are_kept_beside_the_record(tmp_path: Path) -> None:
    source = only(written(tmp_path / "a.csv", "客户号,姓名,暗号\n1,张三,芝麻\n2,李四,\n"))
    assert [c["extra"] for c in read(source)[Entity.CLIENT]] == [{"暗号": "芝麻"}, None]


def test_a_layout_is_plain_data_and_comes_back(tmp_path: Path) -> None:
    source = only(written(tmp_path / "a.csv", "客户号,姓名,暗号\n1,张三,13812345678\n"))
    layout = source.layout.with_target(2, "client.phone").with_constant("currency", "USD")
    assert Layout.from_dict(layout.to_dict()) == layout
    assert Layout.from_dict({**layout.to_dict(), "newer": 1}) == layout
    assert read(source.with_layout(layout))[Entity.CLIENT][0]["phone"] == "13812345678"


def test_choosing_a_meaning_takes_it_from_the_column_that_had_it(tmp_path: Path) -> None:
    source = only(written(tmp_path / "a.csv", "客户号,姓名,暗号\n1,张三,C7\n"))
    changed = source.layout.with_target(2, "client.number")
    assert [c.target for c in changed.columns] == ["", "client.name", "client.number"]


def test_a_remembered_layout_is_used_again_wherever_its_columns_stand(tmp_path: Path) -> None:
    from rmdesk.services.imports.source import open_sources

    first = only(written(tmp_path / "a.csv", "客户号,姓名,暗号\n1,张三,13812345678\n"))
    kept = first.layout.with_target(2, "client.phone")
    (again,) = open_sources(written(tmp_path / "b.csv", "暗号,客户号,姓名\n13912345678,2,李四\n"), [kept])
    (other,) = open_sources(written(tmp_path / "c.csv", "客户号,账号,账户余额\n2,A00001,1.00\n"), [kept])
    assert read(again)[Entity.CLIENT] == [{"number": "2", "name": "李四", "phone": "13912345678"}]
    assert other.layout.columns[1].target == "account.number"


def test_every_target_has_a_label_and_every_word_a_target() -> None:
    import tomllib

    from rmdesk.base import paths
    from rmdesk.services.imports import words

    told = tomllib.loads(paths.resource("imports", "synonyms.toml").read_text(encoding="utf-8"))
    assert {*told["strong"], *told["weak"]} <= set(TARGETS)
    assert all(target.label for target in TARGETS.values())
    assert all(words.choices(t.name) for t in TARGETS.values() if t.kind == "choice")
