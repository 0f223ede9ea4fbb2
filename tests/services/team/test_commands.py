"""Words on records: who may say them, what they seal, and what is refused and put on record afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.complaints import Complaint
from rmdesk.models.kinds import ClientId, Verdict, Word
from rmdesk.models.sync import SyncControl, SyncRecord
from rmdesk.models.team import Review
from rmdesk.services.complaints import commands as complaints
from rmdesk.services.files.commands import AddAttachment, RemoveAttachment
from rmdesk.services.gifts.commands import NoteReaction
from rmdesk.services.gifts.keeping import RemoveGift
from rmdesk.services.imports.merges import MergeClients
from rmdesk.services.privacy.erasing import EraseClient
from rmdesk.services.settings import queries as settings
from rmdesk.services.store.command import Command
from rmdesk.services.store.store import Store
from rmdesk.services.team import chain, words
from rmdesk.services.team.commands import AddAddendum, DrawSeed, ReviewRecord
from rmdesk.services.team.settings import SEED
from rmdesk.services.visits.commands import EditVisit, LogVisit, PlanVisit, RemoveVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.promises import AddPromise
from tests.conftest import TODAY
from tests.services.team import arrange
from tests.support.build import perform


@pytest.fixture
def client(store: Store) -> ClientId:
    arrange.be_lead(store)
    return arrange.client(store)


def refused(store: Store, command: Command[Any]) -> Refused:
    with pytest.raises(Refused) as caught:
        store.perform(command)
    assert "{" not in caught.value.said + caught.value.advice
    return caught.value


def rows(store: Store, sql: str) -> list[Any]:
    return store.read(lambda reads: reads.rows(sql))


def test_only_a_lead_reviews(store: Store) -> None:
    key = arrange.visit(store, arrange.client(store))
    assert refused(store, ReviewRecord("visit", key, Word.APPROVED)).code == "not_lead"
    assert rows(store, "SELECT * FROM review") == []


def test_a_word_says_what_was_seen_and_goes_on_from_the_last(store: Store, client: ClientId) -> None:
    first, second = (arrange.visit(store, client, text) for text in ("一", "二"))
    arrange.review(store, "visit", first)
    arrange.review(store, "visit", second, Word.RETURNED)
    one, other = store.read(chain.entries)
    assert (one.before_hash, other.before_hash) == (None, one.hash)
    assert one.content_hash != other.content_hash
    assert (one.verdict, other.verdict, other.comment) == ("approved", "returned", "请补充")
    assert store.read(chain.check).broken is None


@pytest.mark.parametrize("word", [Word.RETURNED, Word.DISCUSS])
def test_giving_back_needs_a_reason(store: Store, client: ClientId, word: Word) -> None:
    key = arrange.visit(store, client)
    assert refused(store, ReviewRecord("visit", key, word, " ")).field == "comment"


def test_a_tag_is_one_of_the_rule_book(store: Store, client: ClientId) -> None:
    key = arrange.visit(store, client)
    assert refused(store, ReviewRecord("visit", key, Word.APPROVED, tag="nonsense")).field == "tag"
    store.perform(ReviewRecord("visit", key, Word.APPROVED, tag="signals"))
    assert [one.tag for one in store.read(words.reviews_of, "visit", key)] == ["signals"]


@pytest.mark.parametrize("word", [Word.APPROVED, Word.EXEMPLARY])
def test_what_was_approved_is_changed_by_nobody_and_the_attempt_is_on_record(
    store: Store, client: ClientId, word: Word
) -> None:
    key = arrange.visit(store, client, "原来的话")
    arrange.review(store, "visit", key, word)
    tries: tuple[Command[Any], ...] = (
        EditVisit(key, Entry(client, "phone", "改过的话", on=TODAY)),
        EditVisit(key, Entry(arrange.client(store, "别人"), "phone", "原来的话", on=TODAY)),
        RemoveVisit(key),
    )
    for command in tries:
        error = refused(store, command)
        assert (error.code, bool(error.advice)) == ("sealed", True)
    assert rows(store, "SELECT content, client_id FROM visit") == [("原来的话", client)]
    noted = rows(
        store, "SELECT command, entity, entity_id, client_id, after, who FROM change WHERE after LIKE '%tried%'"
    )
    assert [row[:4] for row in noted] == [("NoteAttempt", "visit", key, client)] * 3
    assert "改过的话" not in str(noted)


def test_an_undo_of_what_was_sealed_meanwhile_is_refused_too(store: Store, client: ClientId) -> None:
    logged = store.perform(LogVisit(Entry(client, "phone", "谈了换汇", on=TODAY)))
    edited = store.perform(EditVisit(logged.result, Entry(client, "phone", "谈了保险", on=TODAY)))
    arrange.review(store, "visit", logged.result)
    for outcome in (edited, logged):
        assert outcome.inverse is not None
        assert refused(store, outcome.inverse).code == "sealed"


def test_a_returned_record_may_be_changed(store: Store, client: ClientId) -> None:
    key = arrange.visit(store, client)
    arrange.review(store, "visit", key)
    arrange.review(store, "visit", key, Word.DISCUSS)  # talking about it opens nothing
    edit = EditVisit(key, Entry(client, "phone", "补充了内容", on=TODAY))
    assert refused(store, edit).code == "sealed"
    arrange.review(store, "visit", key, Word.RETURNED)
    store.perform(edit)
    assert rows(store, "SELECT content FROM visit") == [("补充了内容",)]


def test_what_goes_on_after_a_sealed_record_goes_on(store: Store, client: ClientId) -> None:
    key, given = arrange.visit(store, client), arrange.gift(store, client)
    arrange.review(store, "visit", key)
    arrange.review(store, "gift", given)
    store.perform(NoteReaction(given, "很喜欢", 5))
    store.perform(AddPromise(client, "送资料", TODAY))
    store.perform(PlanVisit(Entry(client, "phone", on=TODAY)))
    file = store.perform(AddAttachment("visit", key, client, "说明.txt", b"abc")).result
    assert refused(store, RemoveAttachment(file)).code == "sealed"
    assert refused(store, RemoveGift(given)).code == "sealed"


def test_a_sealed_complaint_is_not_opened_again_nor_gets_steps(store: Store, client: ClientId) -> None:
    key = arrange.complaint(store, client, closed=False)
    step = store.perform(complaints.AddStep(key, "已回电"))
    store.perform(complaints.CloseComplaint(key, "已致歉", Verdict.ACCEPTED))
    arrange.review(store, "complaint", key)
    assert refused(store, complaints.ReopenComplaint(key)).code == "sealed"
    assert step.inverse is not None
    assert refused(store, step.inverse).code == "sealed"
    assert perform(store, lambda work: work.get(Complaint, key).state) == "closed"


def test_what_the_hub_tells_is_written_whatever_is_sealed(store: Store, client: ClientId) -> None:
    key = arrange.visit(store, client)
    arrange.review(store, "visit", key)

    def told(work: Any) -> None:
        work.get(SyncControl, 1).applying = True
        EditVisit(key, Entry(client, "phone", "从总行来", on=TODAY)).apply(work)
        work.flush()

    perform(store, told)
    assert rows(store, "SELECT content FROM visit") == [("从总行来",)]


def test_merging_takes_the_reviews_along_and_erasing_takes_them_away(store: Store, client: ClientId) -> None:
    other = arrange.client(store, "周文敏")
    arrange.review(store, "visit", arrange.visit(store, client))
    arrange.review(store, "visit", arrange.visit(store, other))
    store.perform(MergeClients(client, other, ()))
    found = store.read(chain.check)
    assert (found.reviews, found.broken, found.changed) == (2, None, ())
    arrange.review(store, "visit", arrange.visit(store, client))
    assert store.read(chain.check).broken is None
    store.perform(EraseClient(client, "周文敏"))
    assert store.read(chain.check).broken is None


def test_what_is_under_way_is_not_reviewed(store: Store, client: ClientId) -> None:
    plan = store.perform(PlanVisit(Entry(client, "phone", on=TODAY))).result
    for entity, key in (("visit", plan), ("complaint", arrange.complaint(store, client, closed=False))):
        assert refused(store, ReviewRecord(entity, key, Word.APPROVED)).code == "not_finished"


def test_a_word_is_taken_back_and_said_again(store: Store, client: ClientId) -> None:
    key = arrange.visit(store, client)
    outcome = store.perform(ReviewRecord("visit", key, Word.APPROVED, "好"))
    before = rows(store, "SELECT * FROM review")
    assert outcome.inverse is not None
    back = store.perform(outcome.inverse)
    store.perform(EditVisit(key, Entry(client, "phone", "改", on=TODAY)))
    store.perform(EditVisit(key, Entry(client, "phone", "谈了换汇", on=TODAY)))
    assert back.inverse is not None
    store.perform(back.inverse)
    assert rows(store, "SELECT * FROM review") == before
    assert store.read(chain.check).broken is None


def test_a_word_that_another_follows_is_not_taken_back(store: Store, client: ClientId) -> None:
    outcome = store.perform(ReviewRecord("visit", arrange.visit(store, client), Word.APPROVED))
    arrange.review(store, "visit", arrange.visit(store, client))
    assert outcome.inverse is not None
    assert refused(store, outcome.inverse).code == "not_last"


@pytest.mark.parametrize("sent", [{"rev": 7}, {"sent": 3}])
def test_a_word_that_the_hub_has_heard_is_not_taken_back(store: Store, client: ClientId, sent: dict[str, int]) -> None:
    key = arrange.visit(store, client)
    outcome = store.perform(ReviewRecord("visit", key, Word.APPROVED))
    added = store.perform(AddAddendum("visit", key, "补充"))
    for entity, made in (("review", outcome.result), ("addendum", added.result)):
        perform(store, lambda work, e=entity, m=made: work.add(SyncRecord(entity=e, entity_id=m, client_id=1, **sent)))
    for one in (outcome, added):
        assert one.inverse is not None
        assert refused(store, one.inverse).code == "sent"


def test_an_addendum_stands_beside_what_is_sealed(store: Store, client: ClientId) -> None:
    key = arrange.visit(store, client)
    arrange.review(store, "visit", key)
    added = store.perform(AddAddendum("visit", key, "客户次日来电确认"))
    assert [one.text for one in store.read(words.addenda_of, "visit", key)] == ["客户次日来电确认"]
    noted = "SELECT entity, entity_id FROM audit_entry WHERE act = 'correct'"
    assert store.read(lambda reads: reads.rows(noted)) == [("visit", key)]
    assert added.inverse is not None
    store.perform(added.inverse)
    assert store.read(words.addenda_of, "visit", key) == ()
    assert refused(store, AddAddendum("visit", key, " ")).field == "text"
    assert refused(store, AddAddendum("journal", key, "x")).code == "not_reviewed"


def test_the_clock_of_a_desk_that_went_back_keeps_the_chain_in_order(store: Store, client: ClientId) -> None:
    first = arrange.review(store, "visit", arrange.visit(store, client))
    later = "2027-01-01T00:00:00.000+00:00"

    def write_later(work: Any) -> None:
        from rmdesk.services.team import seal
        from rmdesk.services.team.commands import entry_of

        row = work.get(Review, first)
        row.at = row.at.replace(year=2027, month=1, day=1)
        row.hash = seal.hash_of(entry_of(row))

    perform(store, write_later)
    arrange.review(store, "visit", arrange.visit(store, client))
    entries = store.read(chain.entries)
    assert entries[0].at[:7] == entries[1].at[:7] == later[:7]
    assert store.read(chain.check).broken is None


def test_the_seed_is_drawn_once(store: Store) -> None:
    seed = store.perform(DrawSeed()).result
    assert seed
    assert store.perform(DrawSeed()).result == seed == store.read(settings.value, SEED)
