"""What is written into a profile, what is refused, and that taking it back leaves everything as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Answer, Channel, ConsentKind, Taste, Topic
from rmdesk.services.clients.commands import SetConsent
from rmdesk.services.clients.reach import SetReach
from rmdesk.services.profile import queries
from rmdesk.services.profile.commands import ConfirmPreferences, NoteConsent, SetPreferences
from rmdesk.services.segments.commands import AnswerMan, ConfirmKycBlock
from rmdesk.services.store.command import Command
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.profile.arrange import CHILD, LI, ZHOU, fill, state

OLD = date(2024, 5, 1)


@pytest.fixture
def known(store: Store) -> Store:
    """A client of whom something is known already."""
    fill(store)
    store.perform(SetPreferences(ZHOU, Taste.LIKE, ("白茶", "龙泉青瓷")))
    store.perform(SetPreferences(ZHOU, Taste.TABOO, ("股票",)))
    store.perform(ConfirmKycBlock(ZHOU, "family", "present", "女儿准备留学", OLD))
    store.perform(NoteConsent(ZHOU, ConsentKind.MARKETING, True, OLD, "纸质"))
    return store


@pytest.mark.parametrize(
    "command",
    [
        SetPreferences(ZHOU, Taste.LIKE, ("龙泉青瓷", "高尔夫"), "女儿说的"),
        SetPreferences(ZHOU, Taste.LIKE, ()),
        ConfirmPreferences(ZHOU, Taste.LIKE),
        SetReach(ZHOU, Channel.CHAT, "上午", "城中区", "zhou_wm"),
        SetReach(ZHOU, hours=""),
        NoteConsent(ZHOU, ConsentKind.MARKETING, False),
        NoteConsent(ZHOU, ConsentKind.CHILD, True, OLD, "当面", "周文敏", CHILD),
        SetConsent((ZHOU, LI), False),
        SetConsent((ZHOU, LI), True),
        SetConsent((ZHOU, LI), None),
        ConfirmKycBlock(ZHOU, "family", "present", "女儿在英国"),
        ConfirmKycBlock(ZHOU, "family", "present", ""),
        ConfirmKycBlock(ZHOU, "career", "future", "准备退休"),
        AnswerMan(ZHOU, "M", Answer.YES),
    ],
    ids=lambda command: f"{type(command).__name__}",
)
def test_taking_back_and_doing_again(known: Store, command: Command[Any]) -> None:
    before = state(known)
    done = known.perform(command)
    after = state(known)
    assert after != before or isinstance(command, ConfirmPreferences)
    assert done.inverse is not None
    taken_back = known.perform(done.inverse)
    assert state(known) == before
    assert taken_back.inverse is not None
    again = known.perform(taken_back.inverse)
    assert state(known) == after
    assert again.inverse is not None
    known.perform(again.inverse)
    assert state(known) == before


def test_confirming_likes_renews_their_day(known: Store) -> None:
    from rmdesk.base import clock

    clock.fix(date(2028, 1, 1))
    assert not known.read(queries.preferences_of, ZHOU)[0].fresh
    done = known.perform(ConfirmPreferences(ZHOU, Taste.LIKE))
    assert all(one.fresh for one in known.read(queries.preferences_of, ZHOU) if one.taste is Taste.LIKE)
    assert done.inverse is not None
    known.perform(done.inverse)
    assert known.read(queries.preferences_of, ZHOU)[0].noted_on == TODAY


def test_what_stays_a_like_keeps_its_day_and_what_is_new_has_todays(known: Store) -> None:
    from rmdesk.base import clock

    clock.fix(date(2026, 12, 24))
    done = known.perform(SetPreferences(ZHOU, Taste.LIKE, (" 白茶 ", "白茶", "爬山", "")))
    assert done.topics == {Topic.PROFILE}
    rows = [one for one in known.read(queries.preferences_of, ZHOU) if one.taste is Taste.LIKE]
    assert [(one.text, one.noted_on) for one in rows] == [("白茶", TODAY), ("爬山", date(2026, 12, 24))]


@pytest.mark.parametrize(
    ("command", "field", "code"),
    [
        (SetPreferences(ZHOU, Taste.LIKE, ("股票",)), "likes", "both_tastes"),
        (SetPreferences(ZHOU, Taste.TABOO, ("白茶",)), "taboos", "both_tastes"),
        (SetPreferences(ZHOU, Taste.LIKE, ("长" * 41,)), "likes", "too_long"),
        (SetPreferences(ZHOU, Taste.LIKE, tuple(f"第{n}件" for n in range(41))), "likes", "too_many"),
        (SetPreferences(ZHOU, Taste.TABOO, ("密码 123456",)), "taboos", "secret"),
        (SetReach(ZHOU, "pigeon"), "channel", "no_channel"),
        (SetReach(ZHOU, hours="PIN 1234"), "hours", "secret"),
        (NoteConsent(ZHOU, ConsentKind.MARKETING, True, date(2026, 11, 22)), "on", "refused"),
        (NoteConsent(ZHOU, ConsentKind.CHILD, True), "by", "no_guardian"),
        (ConfirmKycBlock(ZHOU, "person", "past", "网银密码：1 2 3 4 5 6"), "text", "secret"),
    ],
)
def test_what_is_refused_leaves_no_trace(known: Store, command: Command[Any], field: str, code: str) -> None:
    before = state(known)
    with pytest.raises(Refused) as caught:
        known.perform(command)
    assert (caught.value.field, caught.value.code) == (field, code)
    assert state(known) == before


def _marketing(store: Store) -> bool | None:
    return store.read(queries.profile_of, ZHOU).marketing


def test_the_newest_consent_to_marketing_holds(known: Store) -> None:
    assert _marketing(known) is True
    withdrawn = known.perform(NoteConsent(ZHOU, ConsentKind.MARKETING, False))
    assert _marketing(known) is False
    known.perform(NoteConsent(ZHOU, ConsentKind.MARKETING, True, date(2025, 1, 1)))  # entered late
    assert _marketing(known) is False
    known.perform(NoteConsent(ZHOU, ConsentKind.PROFILING, True))
    assert _marketing(known) is False
    assert withdrawn.inverse is not None
    held = [one for one in known.read(queries.consents_of, ZHOU) if one.holds]
    assert {(one.kind, one.given) for one in held} == {(ConsentKind.MARKETING, False), (ConsentKind.PROFILING, True)}


def test_consent_of_many_is_kept_with_its_day(known: Store) -> None:
    known.perform(SetConsent((ZHOU, LI), False))
    for client in (ZHOU, LI):
        newest = known.read(queries.consents_of, client)[0]
        assert (newest.kind, newest.given, newest.on) == (ConsentKind.MARKETING, False, TODAY)
    assert len(known.read(queries.consents_of, LI)) == 1
    known.perform(SetConsent((ZHOU, LI), False))  # nothing new is said
    assert len(known.read(queries.consents_of, LI)) == 1


def test_what_is_set_at_the_desk_is_marked_to_stay(known: Store) -> None:
    known.perform(SetReach(ZHOU, Channel.CHAT, "上午"))
    reach = known.read(queries.profile_of, ZHOU).reach
    assert (reach.channel, reach.hours) == (Channel.CHAT, "上午")
    assert {"preferred_channel", "preferred_hours"} <= reach.kept


def test_a_person_s_phone_is_shown_on_record(known: Store) -> None:
    from rmdesk.models.relations import Person
    from rmdesk.services.profile.commands import ShowPersonNumber
    from tests.support.build import perform

    perform(known, lambda work: setattr(work.get(Person, CHILD), "phone", "13800138000"))
    assert known.perform(ShowPersonNumber(CHILD, ZHOU)).result == "13800138000"
    row = known.read(lambda reads: reads.one("SELECT client_id, after FROM change WHERE command = 'ShowPersonNumber'"))
    assert row == (1, '{"shown": "phone"}')
    with pytest.raises(ValueError, match="not masked"):
        known.perform(ShowPersonNumber(CHILD, ZHOU, "name"))
