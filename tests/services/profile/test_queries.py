"""The profile as it is read: nine blocks, chips in use, what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Answer, Channel, ClientId, ConsentKind, Taste
from rmdesk.services.clients.reach import SetReach
from rmdesk.services.profile import queries, rules
from rmdesk.services.profile.commands import NoteConsent, SetPreferences
from rmdesk.services.profile.rows import Reach
from rmdesk.services.segments.commands import AnswerMan, ConfirmKycBlock
from rmdesk.services.store.store import Store
from tests.services.profile.arrange import FIRM, LI, ZHOU, fill


@pytest.fixture
def filled(store: Store) -> Store:
    return fill(store)


def test_an_empty_profile_asks_for_everything(filled: Store) -> None:
    profile = filled.read(queries.profile_of, ZHOU)
    assert profile.completeness.percent == 0
    assert len(profile.blocks) == 9
    assert not any(block.text for block in profile.blocks)
    assert [one.letter for one in profile.man] == ["M", "A", "N"]
    assert profile.reach == Reach(None, "", "", "", frozenset())
    assert len(filled.read(queries.open_questions, ZHOU, 3)) == 3


def test_each_thing_that_is_noted_is_asked_for_no_more(filled: Store) -> None:
    def missing() -> set[str]:
        return {one.field for one in filled.read(queries.completeness_of, ZHOU).missing}

    steps = [
        (SetPreferences(ZHOU, Taste.LIKE, ("白茶",)), {"likes"}),
        (SetPreferences(ZHOU, Taste.TABOO, ("股票",)), {"taboos"}),
        (ConfirmKycBlock(ZHOU, "family", "future", "女儿留学"), {"kyc.family.future"}),
        (AnswerMan(ZHOU, "A", Answer.NO), {"man.A"}),
        (SetReach(ZHOU, Channel.CHAT, "上午"), {"preferred_channel", "preferred_hours"}),
        (SetReach(ZHOU, district="城中区", wechat="zhou"), {"district", "wechat"}),
        (NoteConsent(ZHOU, ConsentKind.MARKETING, False), {"consent"}),
    ]  # fmt: skip
    percent = 0
    for command, gone in steps:
        before = missing()
        filled.perform(command)
        assert before - missing() == gone
        now = filled.read(queries.completeness_of, ZHOU).percent
        assert now > percent
        percent = now


def test_what_was_confirmed_long_ago_is_asked_again(filled: Store) -> None:
    filled.perform(ConfirmKycBlock(ZHOU, "person", "present", "爱喝茶", date(2024, 1, 1)))
    block = next(one for one in filled.read(queries.blocks_of, ZHOU) if one.text)
    assert not block.fresh
    question = next(
        one for one in filled.read(queries.completeness_of, ZHOU).missing if one.field == "kyc.person.present"
    )
    assert question.stale


def test_a_company_is_measured_by_less(filled: Store) -> None:
    asked = {one.field for one in filled.read(queries.completeness_of, FIRM).missing}
    assert asked == {entry.name for entry in rules.weighed(company=True)}


def test_chips_are_offered_by_use(filled: Store) -> None:
    for client in (ZHOU, LI):
        filled.perform(SetPreferences(client, Taste.LIKE, ("龙泉青瓷",)))
    filled.perform(SetPreferences(FIRM, Taste.LIKE, ("白茶",)))
    filled.perform(SetPreferences(FIRM, Taste.TABOO, ("股票",)))
    found = filled.read(queries.chips_in_use, Taste.LIKE)
    assert [(one.text, one.uses) for one in found] == [("龙泉青瓷", 2), ("白茶", 1)]


def test_a_client_who_is_gone_is_said_to_be(filled: Store) -> None:
    with pytest.raises(Refused):
        filled.read(queries.profile_of, ClientId(99))
