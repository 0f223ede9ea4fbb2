"""Whatever is put on record moves the list and the receipt at once, and each only the line it belongs to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rmdesk.base import clock
from rmdesk.models.clients import Client
from rmdesk.models.gifts import Gift
from rmdesk.models.holdings import Holding
from rmdesk.models.kinds import Channel, ClientId, ClientStatus, Lane, Purpose, RecordId, Verdict, new_id
from rmdesk.models.relations import Referral
from rmdesk.models.segments import KycBlock
from rmdesk.services.care import details, queries
from rmdesk.services.care.file import occasions_of
from rmdesk.services.care.rows import Receipt
from rmdesk.services.care.steps import next_steps
from rmdesk.services.complaints.commands import CloseComplaint
from rmdesk.services.occasions.commands import Greet
from rmdesk.services.satisfaction.commands import NoteSatisfaction
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.promises import KeepPromise, WithdrawPromise
from tests.services.care.arrange import TODAY, WAN, Book, ago, book
from tests.support.build import perform


def arranged(made: Book) -> int:
    client = made.client("周文敏", 1240 * WAN, birth_date="1975-11-24", opened_on=ago(9 * 365 + 100))
    made.visit(client, 41)
    made.matures(client, 3, 120 * WAN)
    made.promise(client, -5)
    made.complaint(client, 8)
    return client


@pytest.fixture
def client(store: Store) -> ClientId:
    return ClientId(book(store, arranged))


def receipt(store: Store, client: ClientId) -> Receipt:
    return store.read(queries.receipt, client)


def points(store: Store, client: ClientId) -> dict[str, float]:
    return {line.rule: line.points for line in receipt(store, client).lines}


def said(store: Store, client: ClientId, rule: str) -> str:
    return next(str(line.input) for line in receipt(store, client).lines if line.rule == rule)


def log(store: Store, client: ClientId, **given: Any) -> None:
    store.perform(LogVisit(Entry(client=client, content="谈了近况", **({"channel": Channel.PHONE} | given))))


def only(store: Store, table: str) -> RecordId:
    return RecordId(store.read(lambda reads: reads.value(f"SELECT id FROM {table}")))


def test_a_contact_with_an_answer_resets_the_gap_and_nothing_else(store: Store, client: ClientId) -> None:
    before = points(store, client)
    assert before["C"] > 0
    log(store, client)
    after = points(store, client)
    assert after["C"] == 0
    assert said(store, client, "C").startswith("0 days since the last contact")
    assert {line: after[line] for line in "OMS"} == {line: before[line] for line in "OMS"}


def test_a_message_without_an_answer_is_no_contact(store: Store, client: ClientId) -> None:
    before = points(store, client)
    log(store, client, two_way=False)
    assert points(store, client) == before


def test_an_older_visit_entered_later_does_not_move_the_date_back(store: Store, client: ClientId) -> None:
    log(store, client, on=ago(2))
    now = points(store, client)["C"]
    log(store, client, on=ago(30))
    assert points(store, client)["C"] == now
    assert said(store, client, "C").startswith("2 days since the last contact")


def test_a_greeted_occasion_asks_for_no_more_care(store: Store, client: ClientId) -> None:
    assert points(store, client)["O"] > 0
    assert said(store, client, "O") == "Birthday in 3 days"
    outcome = store.perform(Greet(client, "birthday", date(2026, 11, 24), Channel.CHAT, "生日快乐，周总"))
    assert points(store, client)["O"] == 0
    assert said(store, client, "O") == "Birthday: greeted on 11-21"
    assert store.read(details.details, TODAY, [client])[client].occasions == []
    (item,) = store.read(queries.care_day).items
    assert not any("Birthday" in str(reason.text) for reason in item.reasons)
    assert next(one for one in store.read(occasions_of, client) if one.is_birthday).greeted == TODAY
    assert "occasion" not in [step.kind for step in store.read(next_steps, client, 10)]
    assert outcome.inverse is not None
    store.perform(outcome.inverse)
    assert said(store, client, "O") == "Birthday in 3 days"


def test_one_greeting_leaves_the_other_occasions(store: Store) -> None:
    client = ClientId(
        book(store, lambda made: made.client("双喜", 300 * WAN, birth_date="1975-11-23", opened_on=date(2016, 11, 24)))
    )
    store.perform(Greet(client, "birthday", date(2026, 11, 23), Channel.PHONE))
    assert said(store, client, "O") == "Account anniversary in 3 days"
    assert points(store, client)["O"] > 0


def test_a_gift_alone_is_no_greeting(store: Store, client: ClientId) -> None:
    before = points(store, client)
    perform(
        store,
        lambda work: work.add(
            Gift(
                id=new_id(), client_id=client, state="given", title="书", cost_minor=10000, currency="CNY",
                given_on=TODAY, occasion="birthday 2026-11-24", entered_at=clock.now(),
            )
        ),
    )  # fmt: skip
    assert points(store, client)["O"] == before["O"]


@pytest.mark.parametrize("command", [KeepPromise, WithdrawPromise])
def test_a_promise_kept_or_withdrawn_takes_its_debt_away(store: Store, command: Any) -> None:
    def arrange(made: Book) -> int:
        client = made.client("承诺", 300 * WAN)
        made.visit(client, 1)
        made.promise(client, -5)
        return client

    client = ClientId(book(store, arrange))
    assert points(store, client)["S"] > 0
    assert receipt(store, client).lane is Lane.MUST
    store.perform(command(only(store, "promise"), "已办妥"))
    assert points(store, client)["S"] == 0
    assert receipt(store, client).lane is not Lane.MUST


@pytest.mark.parametrize(("verdict", "raises"), [(Verdict.UNFAVOURABLE, True), (Verdict.SATISFIED, False)])
def test_a_complaint_that_ended_badly_raises_the_risk(
    store: Store, client: ClientId, verdict: Verdict, raises: bool
) -> None:
    before = points(store, client)
    store.perform(CloseComplaint(only(store, "complaint"), "已解释", verdict))
    after = points(store, client)
    assert (after["R"] > before["R"]) is raises
    assert ("Complaint ended badly" in said(store, client, "R")) is raises
    assert said(store, client, "S") == "Promises due: 1"


def test_a_renewed_maturity_is_no_maturity(store: Store, client: ClientId) -> None:
    assert receipt(store, client).lane is Lane.MUST
    assert points(store, client)["M"] > 0

    def renew(work: Any) -> None:
        work.get(Holding, work.value("SELECT id FROM holding")).renewed = True

    perform(store, renew)
    assert points(store, client)["M"] == 0
    assert said(store, client, "M") == "Nothing matures within 30 days"


def test_confirmed_blocks_make_a_client_more_familiar(store: Store, client: ClientId) -> None:
    for days in (20, 10, 5):
        log(store, client, on=ago(days), channel=Channel.AT_CLIENT)
    before = points(store, client)["F"]
    assert before > 0
    assert "0 of 9 blocks" in said(store, client, "F")

    def confirm(work: Any) -> None:
        for area in ("person", "family", "career"):
            for tense in ("past", "present", "future"):
                work.add(KycBlock(client_id=client, area=area, tense=tense, text="x", confirmed_on=ago(3)))

    perform(store, confirm)
    assert "9 of 9 blocks" in said(store, client, "F")
    assert points(store, client)["F"] < before


def test_a_confirmed_referral_raises_value_and_loyalty(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("介绍人", 300 * WAN, opened_on=ago(4 * 365))
        made.visit(client, 60)
        return client

    client = ClientId(book(store, arrange))

    def figures() -> dict[str, float | None]:
        return {fact.name: fact.value for fact in receipt(store, client).facts}

    def refer(work: Any) -> None:
        work.add(Referral(id=new_id(), client_id=client, on=ago(10), confirmed=False, name="某人"))

    before, score = figures(), receipt(store, client).score
    perform(store, refer)
    assert figures() == before  # not confirmed yet

    def confirm(work: Any) -> None:
        work.get(Referral, work.value("SELECT id FROM referral")).confirmed = True

    perform(store, confirm)
    after = figures()
    assert (after["V"] or 0) == pytest.approx((before["V"] or 0) + 0.05)
    assert (after["L"] or 0) > (before["L"] or 0)
    assert receipt(store, client).score > score


@pytest.mark.parametrize("status", ["deceased", "do_not_contact", "closed"])
def test_a_gate_removes_at_once(store: Store, client: ClientId, status: str) -> None:
    assert len(store.read(queries.care_day).items) == 1

    def change(work: Any) -> None:
        work.get(Client, client).status = ClientStatus(status).value

    perform(store, change)
    assert store.read(queries.care_day).items == ()
    assert receipt(store, client).excluded is not None


def test_two_marketing_touches_end_selling_for_the_month(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("营销", 300 * WAN)
        made.visit(client, 40)
        made.matures(client, 10, 100 * WAN)
        return client

    client = ClientId(book(store, arrange))

    def listed(purpose: Purpose) -> list[int]:
        return [item.client for item in store.read(queries.care_day, purpose).items]

    assert listed(Purpose.SELL) == [client]
    log(store, client, on=ago(3), marketing=True, two_way=False)
    assert listed(Purpose.SELL) == [client]
    log(store, client, on=ago(2), marketing=True, two_way=False)
    assert listed(Purpose.SELL) == []
    assert listed(Purpose.MAINTAIN) == [client]  # service is exempt
    assert [item.lane for item in store.read(queries.care_day).items] != [Lane.OPPORTUNITY]


def test_satisfaction_alone_never_changes_the_score(store: Store, client: ClientId) -> None:
    """It is another axis: what clients say is shown beside the score, and what they do makes it."""
    before = receipt(store, client)
    for csat in (1, 5):
        store.perform(NoteSatisfaction(client, TODAY, csat=csat, nps=2 * csat))
        after = receipt(store, client)
        assert (after.score, after.lines) == (before.score, before.lines)
