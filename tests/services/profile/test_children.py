"""A child's birthday needs a guardian's consent."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ConsentKind
from rmdesk.services.profile.children import check_child
from rmdesk.services.profile.commands import NoteConsent
from rmdesk.services.store.store import Store
from tests.services.profile.arrange import CHILD, LI, ZHOU, fill

BORN = "2018-05-01"


@pytest.fixture
def filled(store: Store) -> Store:
    return fill(store)


def test_without_consent_it_is_refused_beside_its_field(filled: Store) -> None:
    with pytest.raises(Refused) as caught:
        filled.read(check_child, BORN, CHILD, ZHOU, field="day")
    assert (caught.value.code, caught.value.field) == ("no_guardian", "day")
    with pytest.raises(Refused):
        filled.read(check_child, date(2018, 5, 1))


def test_no_consent_is_needed_for_others(filled: Store) -> None:
    for birth in ("1975-08-18", "---05-01", None, ""):
        filled.read(check_child, birth, CHILD, ZHOU)


def test_a_consent_holds_until_it_is_withdrawn(filled: Store) -> None:
    filled.perform(NoteConsent(ZHOU, ConsentKind.CHILD, True, date(2026, 1, 1), "书面", "周文敏", CHILD))
    filled.read(check_child, BORN, CHILD, ZHOU)
    filled.perform(NoteConsent(ZHOU, ConsentKind.CHILD, False, date(2026, 2, 1), person=CHILD))
    with pytest.raises(Refused):
        filled.read(check_child, BORN, CHILD, ZHOU)


def test_a_consent_for_all_children_of_a_client_is_no_consent_for_others(filled: Store) -> None:
    filled.perform(NoteConsent(ZHOU, ConsentKind.CHILD, True, by="周文敏"))
    filled.read(check_child, BORN, None, ZHOU)
    with pytest.raises(Refused):
        filled.read(check_child, BORN, None, LI)


def test_a_guardian_may_consent_along_with_the_command(filled: Store) -> None:
    filled.read(check_child, BORN, None, ZHOU, guardian="周文敏")
