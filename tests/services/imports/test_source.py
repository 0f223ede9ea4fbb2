"""From bytes to records: the real files of a bank, whole."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rmdesk.base.errors import Cancelled, Refused
from rmdesk.base.progress import Stoppable
from rmdesk.services.imports.records import FIELDS, Entity, Severity
from rmdesk.services.imports.source import open_sources
from tests.services.imports.files import only, read, written


def test_gbk_hand_over_gives_client_account_and_what_they_hold(shared_data: Path) -> None:
    source = only(shared_data / "berka" / "core_export_zh_gbk_19971231.csv")
    records = read(source)
    assert (source.encoding, source.header_row, source.as_of) == ("gb18030", 1, date(1997, 12, 31))
    assert (source.rows, source.refused, source.findings) == (4057, 0, [])
    assert records[Entity.ACCOUNT][0] == {
        "number": "000000000001",
        "client_number": "C00000001",
        "opened_on": date(1995, 3, 24),
        "balance_minor": 1_481_030,
        "average_minor": 1_409_979,
        "year_tx_count": 64,
        "currency": "CNY",
        "branch_code": "Pisek",
    }
    assert records[Entity.CLIENT][0] == {
        "number": "C00000001",
        "sex": "F",
        "birth_date": "1970-12-13",
        "branch_code": "Pisek",
    }
    assert {record["kind"] for record in records[Entity.HOLDING]} == {"card", "loan", "standing_order"}


def test_gbk_and_xlsx_hand_over_say_the_same_to_the_haler(shared_data: Path) -> None:
    text, book = (
        read(only(shared_data / "berka" / name))
        for name in ("core_export_zh_gbk_19971231.csv", "core_export_zh_19971231.xlsx")
    )
    with (shared_data / "berka" / "snapshot_1997-12-31.csv").open() as stream:
        total = sum(Decimal(row["balance_last"]) for row in csv.DictReader(stream))
    assert len(text[Entity.ACCOUNT]) == len(book[Entity.ACCOUNT]) == 4057
    assert sum(account["balance_minor"] for account in text[Entity.ACCOUNT]) == total * 100
    assert text == book


def test_title_row_above_the_header_is_passed_over(shared_data: Path) -> None:
    source = only(shared_data / "berka" / "core_export_zh_19971231.xlsx")
    assert (source.header_row, source.as_of, source.headers[0]) == (2, date(1997, 12, 31), "客户号")


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("accounts.csv", {"account": 4500}),
        ("clients.csv", {"branch": 77, "client": 5369, "account": 5369}),
        ("cards_to_1997-12-31.csv", {"account": 443, "holding": 443}),
        ("loans_to_1997-12-31.csv", {"holding": 524}),
        ("standing_orders.csv", {"holding": 6313}),
        ("month_end_1993.csv", {"month": 7369}),
        ("transactions_1993.csv.gz", {"transaction": 28205}),
        ("transactions_before_1997_loans.csv.gz", {"transaction": 15486}),
        ("snapshot_1996-12-31.csv", {"account": 2252}),
        ("snapshot_1997-12-31.csv", {"account": 4057, "holding": 4319}),
        ("outcomes_1996-12-31_to_1997-12-31.csv", {"account": 2244, "month": 4488}),
        ("district.csv", {"branch": 77}),
        ("original/account.asc", {"account": 4500}),
        ("original/client.asc", {"client": 5369}),
        ("original/disp.asc", {"account": 5369}),
        ("original/district.asc", {"branch": 77}),
    ],
)
def test_every_berka_file_comes_in_as_it_lies_there(shared_data: Path, name: str, counts: dict[str, int]) -> None:
    source = only(shared_data / "berka" / name)
    records = read(source)
    assert {entity.value: len(rows) for entity, rows in records.items()} == counts
    assert (source.refused, [f for f in source.findings if f.severity is Severity.REFUSED]) == (0, [])


def test_second_holder_is_no_owner(shared_data: Path) -> None:
    accounts = read(only(shared_data / "berka" / "clients.csv"))[Entity.ACCOUNT]
    of_two = [(a["client_number"], a["second_client_number"]) for a in accounts if a["number"] == "2"]
    assert of_two == [("2", None), (None, "3")]


def test_czech_birth_numbers_tell_birth_date_and_sex(shared_data: Path) -> None:
    original = {c["number"]: c for c in read(only(shared_data / "berka" / "original" / "client.asc"))[Entity.CLIENT]}
    decoded = read(only(shared_data / "berka" / "clients.csv"))[Entity.CLIENT]
    assert all(original[c["number"]]["sex"] == c["sex"] for c in decoded)
    assert all(original[c["number"]]["birth_date"] == c["birth_date"] for c in decoded)


def test_loans_mature_after_their_duration(shared_data: Path) -> None:
    loan = read(only(shared_data / "berka" / "loans_to_1997-12-31.csv"))[Entity.HOLDING][0]
    assert (loan["key"], loan["kind"], loan["amount_minor"]) == ("loan:5314", "loan", 9_639_600)
    assert (loan["started_on"], loan["matures_on"]) == (date(1993, 7, 5), date(1994, 7, 5))


def test_transactions_are_signed_and_tell_whose_act_they_are(shared_data: Path) -> None:
    told = read(only(shared_data / "berka" / "transactions_1993.csv.gz"))[Entity.TRANSACTION]
    assert sum(t["amount_minor"] < 0 for t in told) == sum(t["amount_minor"] <= 0 for t in told) > 12_000
    assert sum(not t["own"] for t in told) == 6065 + 2922 + 9  # interest, statement fees, penalty interest


def test_two_dated_balances_are_two_months(shared_data: Path) -> None:
    months = read(only(shared_data / "berka" / "outcomes_1996-12-31_to_1997-12-31.csv"))[Entity.MONTH]
    assert {m["month"] for m in months} == {1996 * 12 + 11, 1997 * 12 + 11}
    assert months[0]["end_minor"] == 3_850_160


def test_every_import_fixture_comes_in_or_says_why_not(shared_data: Path) -> None:
    folder = shared_data / "import-fixtures"
    with (folder / "MANIFEST.csv").open(encoding="utf-8") as stream:
        listed = list(csv.DictReader(stream))
    assert len(listed) == 41
    for entry in listed:
        sources = open_sources(shared_data / entry["file"])  # all of them are at least tables
        for source in sources:
            assert source.preview().headers
            if source.problem:
                assert "{" not in source.problem.said
                assert source.problem.advice
                with pytest.raises(Refused):
                    read(source)
            else:
                assert sum(map(len, read(source).values())) > 0, entry["file"]
        if entry["kind"] == "vcard":
            (source,) = sources
            assert source.rows == int(entry["begin_vcard_lines"])
        elif entry["kind"] == "contacts-csv":
            assert sources[0].entity is Entity.CLIENT
            assert sources[0].rows > 1


@pytest.mark.parametrize("name", ["cn-abc_debit.csv", "cn-icbc-credit.csv", "cn-citic-credit.xls", "cn-jd.csv"])
def test_statement_of_one_account_asks_for_the_account(shared_data: Path, name: str) -> None:
    source = only(shared_data / "import-fixtures" / "bank-statement" / name)
    with pytest.raises(Refused, match="statement of one account"):
        read(source)


def test_statement_comes_in_once_the_account_is_chosen(shared_data: Path) -> None:
    source = only(shared_data / "import-fixtures" / "bank-statement" / "cn-boc-debit.csv")
    layout = source.layout.with_constant("account.number", "6222 0000 0000 3167")
    told = read(source.with_layout(layout))[Entity.TRANSACTION]
    assert len(told) == 17
    assert (told[0]["account_number"], told[0]["amount_minor"], told[0]["balance_minor"]) == (
        "6222000000003167",
        -7189,
        324_028,
    )


def test_spreadsheet_text_marks_are_unwrapped_whatever_the_name_says(shared_data: Path) -> None:
    source = only(shared_data / "import-fixtures" / "bank-statement" / "cn-hxsec.xls")
    told = read(source)[Entity.TRANSACTION]
    assert (source.encoding, source.delimiter) == ("gb18030", "\t")
    assert (told[0]["account_number"], told[0]["on"]) == ("114514114514", date(2023, 2, 12))


def test_chunks_keep_to_the_agreed_fields(shared_data: Path) -> None:
    for path in sorted((shared_data / "berka").glob("*.csv")):
        for chunk in only(path).chunks():
            assert set(chunk.fields) <= set(FIELDS[chunk.entity])
            assert len(chunk.rows) == len(chunk.numbers) <= 4096
            assert all(len(row) == len(chunk.fields) for row in chunk.rows)


def test_numbers_are_file_rows(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "客户资料\n\n客户号,姓名\n1,张三\n\n合计,1\n2,李四\n")
    (chunk,) = only(path).chunks()
    assert [row[0] for row in chunk.rows] == ["1", "2"]
    assert chunk.numbers == [4, 7]


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "客户号,姓名\n" + "1,张三\n" * 20_000)

    class Impatient(Stoppable):
        def show(self, done: int, total: int, text: str) -> None:
            assert 0 < done <= total
            self.stop()

    chunks = only(path).chunks(Impatient())
    assert len(next(chunks).rows) == 4096
    with pytest.raises(Cancelled):
        next(chunks)


def test_bad_rows_are_refused_and_the_others_taken(tmp_path: Path) -> None:
    text = (
        "客户号,账号,账户余额,开户日期\n1,A00001,12.30,2020-01-02\n2,A00002,zwölf,2020-01-02\n"
        "3,,1.00,\n4,A4444,(5.00),31.02.2020\n"
    )
    source = only(written(tmp_path / "a.csv", text))
    accounts = read(source)[Entity.ACCOUNT]
    assert [(a["number"], a["balance_minor"]) for a in accounts] == [("A00001", 1230), ("A4444", -500)]
    assert source.refused == 2
    assert [(f.row, f.column, f.value, f.severity.value) for f in source.findings] == [
        (3, "账户余额", "zwölf", "refused"),
        (5, "开户日期", "31.02.2020", "warning"),
        (4, "账号", "", "refused"),
    ]
    assert all(f.why.said and f.do.said and f.file == "a.csv" for f in source.findings)


def test_findings_are_cut_but_counted(tmp_path: Path) -> None:
    source = only(written(tmp_path / "a.csv", "客户号,AUM\n" + "1,2.50\n" * 3000 + "1,x\n" * 1500))
    read(source)
    assert (len(source.findings), source.more_findings, source.refused) == (1000, 500, 1500)


def test_amounts_follow_the_currency_of_their_row(tmp_path: Path) -> None:
    text = "客户号,账号,账户余额,币种\n1,A00001,1234,日元\n2,A00002,12.34,美元\n3,A00003,12,\n"
    accounts = read(only(written(tmp_path / "a.csv", text)))[Entity.ACCOUNT]
    assert [(a["balance_minor"], a["currency"]) for a in accounts] == [(1234, "JPY"), (1234, "USD"), (1200, "CNY")]


def test_client_with_balances_per_kind_holds_one_thing_of_each(tmp_path: Path) -> None:
    text = "单位：万元\n客户号,姓名,AUM,活期存款,定期存款,理财\n1,张三,30.5,10,20.5,0\n"
    records = read(only(written(tmp_path / "资产_20240331.csv", text)))
    assert [(h["kind"], h["amount_minor"], h["key"]) for h in records[Entity.HOLDING]] == [
        ("demand", 10_000_000, "demand@1"),
        ("time", 20_500_000, "time@1"),
    ]
    assert records[Entity.CLIENT][0]["aum_minor"] == 30_500_000


def test_monthly_columns_make_months(tmp_path: Path) -> None:
    text = "客户号,2024年1月日均余额,2024年2月日均余额\n1,10.00,20.00\n2,,5.00\n"
    months = read(only(written(tmp_path / "a.csv", text)))[Entity.MONTH]
    assert [(m["client_number"], m["month"], m["average_minor"]) for m in months] == [
        ("1", 2024 * 12, 1000),
        ("1", 2024 * 12 + 1, 2000),
        ("2", 2024 * 12 + 1, 500),
    ]


def test_same_made_key_is_counted_up(tmp_path: Path) -> None:
    text = "客户号,产品名称,持仓金额,到期日\n1,安心存,5.00,2027-01-01\n1,安心存,7.00,2027-01-01\n"
    holdings = read(only(written(tmp_path / "a.csv", text)))[Entity.HOLDING]
    assert [h["key"] for h in holdings] == ["1|安心存|2027-01-01", "1|安心存|2027-01-01#2"]


def test_day_comes_from_column_preamble_or_name(tmp_path: Path) -> None:
    body = "客户号,姓名\n1,张三\n"
    assert only(written(tmp_path / "a_19971231.csv", body)).as_of == date(1997, 12, 31)
    assert only(written(tmp_path / "a-2024-3-1.csv", body)).as_of == date(2024, 3, 1)
    assert only(written(tmp_path / "b.csv", "数据日期：2024年03月31日\n" + body)).as_of == date(2024, 3, 31)
    assert only(written(tmp_path / "c.csv", body)).as_of is None
    dated = only(written(tmp_path / "d_20250101.csv", "客户号,姓名,数据日期\n1,张三,20240331\n2,李四,\n"))
    assert dated.as_of == date(2024, 3, 31)
    assert [c["as_of"] for c in read(dated)[Entity.CLIENT]] == [date(2024, 3, 31), None]
