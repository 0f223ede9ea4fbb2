"""Money, Authority, Need: a range while something is unknown, hints that are offers, and the question that is open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmdesk.base.errors import Refused
from rmdesk.base.record import replace as with_
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import Answer, ClientId, new_id
from rmdesk.models.occasions import Occasion
from rmdesk.models.relations import Person, Relationship
from rmdesk.models.segments import KycBlock
from rmdesk.services.brief.queries import brief_of
from rmdesk.services.segments.commands import AnswerMan
from rmdesk.services.store.store import Store
from rmdesk.services.strategy import rules
from rmdesk.services.strategy.commands import AskAtNextVisit
from rmdesk.services.strategy.man import ManFile, man_of
from rmdesk.services.strategy.rules import Known
from rmdesk.services.visits import ledger
from rmdesk.services.visits.commands import PlanVisit
from rmdesk.services.visits.entry import Entry
from tests.services.care.arrange import TODAY, WAN, Book, book

NOTHING = Known(None, None, None, 50_000, None, 0.3, (), "", (), ())


def said(known: Known) -> dict[str, list[str]]:
    return {letter: [hint.said for hint in hints] for letter, hints in rules.hints(known).items()}


@pytest.mark.parametrize(
    ("known", "letter"),
    [
        (with_(NOTHING, free=30_000.0, maturing=20_000.0), "M"),
        (with_(NOTHING, elsewhere=1.0), "M"),
        (with_(NOTHING, decides_for=("周文敏",)), "A"),
        (with_(NOTHING, alone="自己做主"), "A"),
        (with_(NOTHING, maturing=1.0), "N"),
        (with_(NOTHING, idle_share=0.31), "N"),
        (with_(NOTHING, life=(Phrase("wedding", {}),)), "N"),
        (with_(NOTHING, needs=("留学",)), "N"),
    ],
)
def test_each_hint_of_the_field_points_at_its_letter(known: Known, letter: str) -> None:
    assert said(known)[letter]
    assert all(not hints for other, hints in said(known).items() if other not in (letter, "M", "N"))


def test_too_little_hints_at_nothing() -> None:
    assert not any(said(NOTHING).values())
    assert not any(said(with_(NOTHING, free=49_999.0, idle_share=0.3, elsewhere=0.0)).values())


def test_the_first_open_question_is_who_decides() -> None:
    assert rules.next_question({}) == "A"
    assert rules.next_question({"A": Answer.NO}) == "N"
    assert rules.next_question({"A": Answer.NO, "N": Answer.YES}) == "M"
    assert rules.next_question(dict.fromkeys("MAN", Answer.NO)) is None


@pytest.fixture
def client(store: Store) -> ClientId:
    def arrange(made: Book) -> int:
        client = made.client("周文敏", 300 * WAN)
        made.matures(client, 20, 60 * WAN)
        made.work.add(KycBlock(client_id=client, area="family", tense="present", text="家里的事自己做主"))
        person = Person(id=new_id(), name="王母", pinyin="", initials="")
        made.work.add(person)
        made.work.flush()
        made.work.add(
            Relationship(id=new_id(), kind="decider", from_client_id=client, to_person_id=person.id, noted_on=TODAY)
        )
        made.work.add(
            Occasion(id=new_id(), client_id=client, kind="child_event", calendar="solar", month=12, day=1, title="中考",
                     once=False, leap=False, both=False, leap_policy="same", day_policy="last")
        )  # fmt: skip
        made.visit(client, 9, found=[{"kind": "need", "text": "海外留学"}], next_step="寄资料", next_on=TODAY)
        return client

    return ClientId(book(store, arrange))


def hints_of(found: ManFile) -> dict[str, list[str]]:
    return {one.letter: [hint.said for hint in one.hints] for one in found.letters}


def test_hints_are_offers_and_never_answers(store: Store, client: ClientId) -> None:
    found = store.read(man_of, client)
    assert (found.low, found.high, found.easy) == (1, 5, False)  # nothing is answered, whatever hints there are
    hints = hints_of(found)
    assert hints["M"] == ["Free or maturing money reaches the minimum"]
    assert hints["A"] == ["Named decider for 王母", "The KYC grid says “自己做主”"]
    assert hints["N"][0] == "Something matures within 30 days"
    assert "Said: 海外留学" in hints["N"]
    assert any(hint.startswith("Life event: ") for hint in hints["N"])
    for letter in "MAN":
        store.perform(AnswerMan(client, letter, Answer.YES))
    found = store.read(man_of, client)
    assert (found.low, found.high, found.easy, found.ask) == (1, 1, True, None)


def test_the_missing_question_goes_into_the_plan_of_the_next_visit(store: Store, client: ClientId) -> None:
    plan = store.perform(PlanVisit(Entry(client, "branch", on=TODAY + timedelta(3), purpose="送资料"))).result
    found = store.read(man_of, client)
    assert found.ask is not None
    assert (found.ask.letter, found.planned_on, found.asked) == ("A", TODAY + timedelta(3), False)
    done = store.perform(AskAtNextVisit(client, "A"))
    assert done.result == plan
    purpose = store.read(lambda reads: reads.value("SELECT purpose FROM visit WHERE id = ?", (plan,)))
    assert purpose == f"送资料 · {found.ask.question.said}"
    assert store.read(man_of, client).asked
    with pytest.raises(Refused, match="already"):
        store.perform(AskAtNextVisit(client, "A"))
    assert done.inverse is not None
    store.perform(done.inverse)
    assert not store.read(man_of, client).asked


def test_without_a_plan_the_question_becomes_a_task_that_the_brief_tells(store: Store, client: ClientId) -> None:
    assert store.perform(AskAtNextVisit(client, "N")).result is None
    [task] = store.read(ledger.tasks, client)
    assert task.text.startswith("Ask: ")
    told = str(store.read(brief_of, client))
    assert task.text in told


def test_a_letter_that_is_none_is_refused(store: Store, client: ClientId) -> None:
    with pytest.raises(Refused):
        store.perform(AskAtNextVisit(client, "X"))
