"""Every field of every record that travels has a name in both languages, and so has every kind of record."""

from __future__ import annotations

import re

import pytest

from rmdesk.base import text
from rmdesk.services.sync import words
from rmdesk.wire.registry import TYPES, Kind

CHINESE = re.compile("[一-鿿]")


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_names_of_records_and_fields(kind) -> None:
    name = words.record_name(kind.name)
    assert name.en[0].isupper()
    assert CHINESE.search(name.zh) or name.zh.startswith(("KYC", "MAN"))
    assert words.about(kind.name)
    assert {field for field in words.about(kind.name) if kind.field(field) is None} == set()
    for field in kind.fields:
        text.use("en")
        told = words.field_label(kind.name, field.name)
        text.use("zh_CN")
        assert CHINESE.search(words.field_label(kind.name, field.name)), field.name
        assert "_" not in told, field.name
        assert told[0].isupper(), field.name


def test_no_name_is_told_of_what_does_not_travel() -> None:
    from rmdesk.services.rulebook import book

    fields = {(kind.name, field.name) for kind in TYPES for field in kind.fields}
    assert set(book("records")) == {kind.name for kind in TYPES}
    assert {(kind, name) for kind, told in book("records").items() for name in told.get("fields", {})} <= fields
    assert {key for key in words.CODES if key[0]} <= fields


@pytest.mark.parametrize(
    ("entity", "field", "code"),
    [
        ("gift", "state", "given"), ("visit", "state", "held"), ("kyc_block", "area", "family"),
        ("kyc_block", "tense", "past"), ("complaint", "severity", "600"), ("relationship", "kind", "spouse"),
        ("familiarity_override", "familiarity", "familiar"), ("gift", "liking", "5"), ("gift", "category", "tea"),
        ("gift_idea", "category", "tea"), ("journal", "method", "visit"),
    ],
)  # fmt: skip
def test_coded_values_are_named(entity: str, field: str, code: str) -> None:
    text.use("zh_CN")
    found = words.code_name(entity, field, code)
    assert found is not None
    assert CHINESE.search(found) or found == code


def test_what_nobody_knows_is_told_as_it_is() -> None:
    assert words.code_name("visit", "content", "held") is None
    assert words.code_name("gift", "state", "never") == "never"
    assert words.code_name("gift", "category", "never") == "never"


def test_enumerations_are_whole() -> None:
    from rmdesk.models import kinds

    wanted = {
        ("visit", "state"): kinds.VisitState, ("promise", "state"): kinds.PromiseState,
        ("task", "state"): kinds.TaskState, ("gift", "state"): kinds.GiftState, ("gift", "tied_to"): kinds.TiedTo,
        ("gift_approval", "state"): kinds.ApprovalState, ("complaint", "verdict"): kinds.Verdict,
        ("client", "status"): kinds.ClientStatus, ("consent", "kind"): kinds.ConsentKind,
        ("occasion", "kind"): kinds.OccasionKind, ("feedback", "kind"): kinds.FeedbackKind,
        ("", "channel"): kinds.Channel, ("care_mark", "kind"): kinds.CareMarkKind,
    }  # fmt: skip
    for field, codes in wanted.items():
        assert {str(code) for code in codes} == {str(code) for code in words.CODES[field]}, field


def test_states_of_machines_are_named() -> None:
    named = {(kind.name, field.name) for kind in TYPES for field in kind.fields if field.order}
    assert named - set(words.CODES) == {("late_edit", "state")}
    assert all(field.kind is Kind.TEXT for kind in TYPES for field in kind.fields if field.order)
