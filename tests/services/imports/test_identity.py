"""ID document numbers: check digits, and what a resident's number tells."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from rmdesk.services.imports import identity
from rmdesk.services.imports.records import Entity
from tests.services.imports.files import only, read, written

GOOD = "110101199003078515"


@given(st.from_regex(r"11010119[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True))
def test_check_digit_is_that_of_the_standard(body: str) -> None:
    right = ric.calc_check_digit(body + "0")
    assert identity.is_resident(body + right)
    assert not identity.is_resident(body + ("0" if right != "0" else "1"))


@given(st.from_regex(r"[0-9A-HJ-NPQRTUWXY]{17}", fullmatch=True))
def test_company_codes_too(body: str) -> None:
    assert identity.is_credit_code(body + uscc.calc_check_digit(body))


@given(st.text(max_size=20))
def test_no_text_makes_it_fail(text: str) -> None:
    assert identity.is_resident(text) in (True, False)
    assert identity.is_credit_code(text) in (True, False)


def test_wrong_number_is_kept_with_a_warning(tmp_path: Path) -> None:
    source = only(written(tmp_path / "a.csv", f"客户号,姓名,身份证号\n1,甲,{GOOD}\n2,乙,110101199003078516\n"))
    clients = read(source)[Entity.CLIENT]
    assert [c["id_number"] for c in clients] == [GOOD, "110101199003078516"]
    assert [c["id_kind"] for c in clients] == ["resident", None]
    ((row, column, severity),) = [(f.row, f.column, f.severity.value) for f in source.findings]
    assert (row, column, severity) == (3, "身份证号", "warning")


def test_number_fills_birth_date_and_sex_only_where_no_column_does(tmp_path: Path) -> None:
    filled = read(only(written(tmp_path / "a.csv", f"客户号,姓名,身份证号\n1,甲,{GOOD}\n")))[Entity.CLIENT][0]
    assert (filled["birth_date"], filled["sex"]) == ("1990-03-07", "M")
    text = f"客户号,姓名,身份证号,性别,生日\n1,甲,{GOOD},女,1990-03-08\n"
    own = read(only(written(tmp_path / "b.csv", text)))[Entity.CLIENT][0]
    assert (own["birth_date"], own["sex"]) == ("1990-03-08", "F")
