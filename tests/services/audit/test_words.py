"""The audit log in words."""

from __future__ import annotations

from rmdesk.services.audit.words import facts_said


def test_a_field_is_told_by_its_name_and_with_its_table_where_that_is_another() -> None:
    assert facts_said({"field": "phone"}) == "field Phone"
    assert facts_said({"field": "person.phone"}) == "field People around the client · Phone"
    assert facts_said({"field": "no_such"}) == "field no_such"
