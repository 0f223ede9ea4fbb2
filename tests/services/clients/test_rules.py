"""Ages, masks, and what an editor of a client takes in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.errors import Refused
from rmdesk.services.clients import rules

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("birth", "years"),
    [
        ("1975-11-21", 51),
        ("1975-11-22", 50),
        ("1975-11", 50),
        ("1975", 50),
        ("---11-21", None),
        ("", None),
        (None, None),
        ("2027-01-01", None),
    ],
)
def test_age_counts_full_years(birth: str | None, years: int | None) -> None:
    assert rules.age(birth, TODAY) == years


@pytest.mark.parametrize(
    ("birth", "found"), [("1975-08-18", (8, 18)), ("---02-29", (2, 29)), ("1975-08", None), (None, None)]
)
def test_a_birthday_needs_month_and_day(birth: str | None, found: tuple[int, int] | None) -> None:
    assert rules.month_day(birth) == found


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812346620", "138 •••• 6620"),
        ("138-1234-6620", "138 •••• 6620"),
        ("+8613812346620", "+86138 •••• 6620"),
        ("6612345", "•••• 45"),
        ("110", "•••"),
        (None, ""),
    ],
)
def test_a_phone_is_masked(phone: str | None, shown: str) -> None:
    assert rules.masked_phone(phone) == shown


@given(st.from_regex(r"\A1[3-9]\d{9}\Z"))
def test_a_masked_phone_never_shows_its_middle(phone: str) -> None:
    assert sum(character.isdigit() for character in rules.masked_phone(phone)) == 7


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1975-8-18", "1975-08-18"),
        ("1975.08.18", "1975-08-18"),
        ("1975年8月18日", "1975-08-18"),
        ("1975-08", "1975-08"),
        ("08-18", "---08-18"),
        ("---02-29", "---02-29"),
        (None, None),
    ],
)
def test_birth_dates_may_lack_year_or_day(typed: str | None, kept: str | None) -> None:
    assert rules.checked_birth(typed) == kept
    assert rules.checked_birth(kept) == kept


@pytest.mark.parametrize("typed", ["1975-02-30", "13-01", "yesterday", "19750818x"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        rules.checked_birth(typed)
    assert caught.value.field == "birth_date"


def test_a_name_is_needed_and_may_be_a_single_character() -> None:
    assert rules.checked(rules.Details(" 王 ")).name == "王"
    with pytest.raises(Refused) as caught:
        rules.checked(rules.Details("  "))
    assert caught.value.field == "name"


def test_the_check_digit_of_a_resident_id_is_checked() -> None:
    assert rules.checked_document("11010519491231002X") == "11010519491231002X"
    with pytest.raises(Refused):
        rules.checked_document("110105194912310021")
    assert rules.checked_document("E1234567") == "E1234567"


@pytest.mark.parametrize("note", ["网银密码 123456", "PIN: 4821", "cvv 123", "password is 998877"])
def test_secrets_are_refused(note: str) -> None:
    with pytest.raises(Refused) as caught:
        rules.checked(rules.Details("王", note=note))
    assert caught.value.code == "secret"
    assert caught.value.field == "note"


@pytest.mark.parametrize("note", ["喜欢龙泉青瓷", "pinned the leaflet 2026", "女儿 2008 年生"])
def test_ordinary_notes_are_kept(note: str) -> None:
    assert rules.checked(rules.Details("王", note=note)).note == note


@pytest.mark.parametrize("phone", ["abc", "123", "1" * 16])
def test_what_is_no_phone_number_is_refused(phone: str) -> None:
    with pytest.raises(Refused) as caught:
        rules.checked(rules.Details("王", phone=phone))
    assert caught.value.field == "phone"


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("Zhōu Wénmǐn", "zwm"),
        ("zhou wen min", "zwm"),
        ("Ōuyáng Wǎnqīng", "oywq"),
        ("Xī'ān", "xa"),
        ("Lǚ Ér", "le"),
        ("Shàn Jiànhuá", "sjh"),
        ("Fāng Ài’ān", "faa"),
    ],
)
def test_a_reading_typed_by_hand_gives_its_initials(typed: str, letters: str) -> None:
    assert rules.initials(rules.syllables(typed)) == letters


@pytest.mark.parametrize("typed", ["", "12 3", "周", "zzz", "Wén-mǐn"])
def test_what_is_no_reading_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        rules.syllables(typed)
