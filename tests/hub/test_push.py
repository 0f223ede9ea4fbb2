"""What becomes of what desks push: cases 1 to 8, 19 and 26 of the failure catalogue, and who may write what."""

from __future__ import annotations

import itertools
from uuid import uuid4

import pytest

from rmdesk.wire.messages import Difference, Item
from tests.hub.desks import Desk, client_in, deletion, item
from tests.support.hub import HubUnderTest


def test_a_new_record_reaches_the_other_desk(wang: Desk, other: Desk, client: str) -> None:
    done = wang.one(item("visit", client, on="2026-11-20", content="聊了存款"))
    assert done.status == "applied"
    assert done.row is not None
    assert (done.row.scope, done.row.client, done.row.seq) == (wang.book, client, 1)
    other.pull()
    assert other.rows[done.id].fields["content"] == "聊了存款"
    assert other.rows[done.id] == done.row


def test_cases_1_to_3_a_batch_sent_again_gets_the_same_answer(wang: Desk, client: str) -> None:
    body = wang.body(item("visit", client, content="once"))
    first, again = wang.send(body), wang.send(body)
    assert first.content == again.content
    wang.push_no += 1
    wang.pull()
    assert len(wang.rows) == 1
    assert wang.manifest().head == 1


def test_case_4_an_old_batch_told_again_later_is_refused(wang: Desk, client: str) -> None:
    old = wang.body(item("visit", client, content="old"))
    wang.send(old)
    wang.push_no += 1
    wang.push(item("visit", client, content="new"))
    answer = wang.send(old)
    assert (answer.status_code, answer.json()["code"]) == (409, "rolled_back")
    assert wang.manifest().head == 2


def test_case_5_the_same_number_with_another_body_is_a_restored_desk(wang: Desk, client: str) -> None:
    wang.push(item("visit", client, content="told"))
    wang.push_no = 0
    answer = wang.send(wang.body(item("visit", client, content="other")))
    assert (answer.status_code, answer.json()["code"]) == (409, "rolled_back")


def test_case_6_two_who_edit_one_field_are_both_kept(wang: Desk, other: Desk, client: str) -> None:
    made = wang.one(item("visit", client, content="first"))
    assert made.row is not None
    rev = made.row.rev
    wang.one(item("visit", client, made.id, rev, content="mine"))
    late = other.one(item("visit", client, made.id, rev, content="yours"))
    assert (late.status, late.conflicts) == ("conflict_kept", ["content"])
    for desk in (wang, other):
        desk.pull()
        row = desk.rows[made.id]
        assert row.fields["content"] == "mine"
        assert [(one.value, one.by) for one in row.conflicts.values()] == [("yours", wang.person.id)]
    key = next(iter(wang.rows[made.id].conflicts))
    settled = item("visit", client, made.id, wang.rows[made.id].rev, content="both")
    settled.resolves = [key]
    after = wang.one(settled).row
    assert after is not None
    assert (after.fields["content"], after.conflicts) == ("both", {})


def test_case_7_two_who_edit_different_fields_meet(wang: Desk, other: Desk, client: str) -> None:
    made = wang.one(item("visit", client, content="first"))
    assert made.row is not None
    wang.one(item("visit", client, made.id, made.row.rev, content="mine"))
    after = other.one(item("visit", client, made.id, made.row.rev, place="branch")).row
    assert after is not None
    assert (after.fields["content"], after.fields["place"], after.conflicts) == ("mine", "branch", {})


@pytest.mark.parametrize("edit_first", [True, False])
def test_case_8_an_edit_is_stronger_than_a_deletion(wang: Desk, other: Desk, client: str, edit_first: bool) -> None:
    made = wang.one(item("visit", client, content="first"))
    assert made.row is not None
    rev = made.row.rev
    steps = [
        lambda: wang.one(item("visit", client, made.id, rev, content="edited")),
        lambda: other.one(deletion("visit", made.id, rev, client)),
    ]
    for step in steps if edit_first else reversed(steps):
        step()
    wang.pull()
    assert not wang.rows[made.id].deleted
    assert wang.rows[made.id].fields["content"] == "edited"


def test_case_19_a_poison_record_stops_no_other(wang: Desk, client: str) -> None:
    items = [item("visit", client, content=str(number)) for number in range(199)]
    items.insert(77, item("visit", client, on="the day after"))
    results = wang.push(*items).results
    assert [one.status for one in results].count("applied") == 199
    assert (results[77].status, results[77].code, results[77].field) == ("refused", "kind", "on")


def test_case_26_what_the_bank_tells_cannot_be_pushed(wang: Desk, client: str) -> None:
    results = wang.push(item("bank_client", client, facts="{}"), item("nonsense", client)).results
    assert [(one.status, one.code) for one in results] == [("refused", "bank_only"), ("refused", "unknown_type")]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("on", "2026-13-01", "kind"),
        ("minutes", "ten", "kind"),
        ("minutes", 1 << 70, "kind"),
        ("two_way", 2, "kind"),
        ("found", "{", "kind"),
        ("state", "dancing", "state"),
        ("content", "a\0b", "text"),
        ("content", "长" * 300_000, "too_long"),
        ("entered_at", "noon", "kind"),
        ("content", 7, "kind"),
        ("colour", "red", "unknown_field"),
        ("client_id", "ab" * 16, "unknown_client"),
    ],
)
def test_values_that_cannot_be_are_refused(wang: Desk, client: str, field: str, value: object, code: str) -> None:
    done = wang.one(item("visit", client, **{field: value}))
    assert (done.status, done.code, done.field) == ("refused", code, field)
    assert wang.manifest().revs == {}


def test_a_prospect_comes_into_the_book_of_who_made_him(wang: Desk, hub: HubUnderTest) -> None:
    client = uuid4().hex
    results = wang.push(
        item("visit", client, content="met"), item("client", client, client, origin="desk", name="新客户")
    ).results
    assert [one.status for one in results] == ["applied", "applied"]
    assert {one.row.scope for one in results if one.row} == {wang.book}
    assert Desk(hub, hub.people.chen).one(item("visit", client, content="x")).code == "read_only"


def test_a_client_nobody_knows_is_refused(wang: Desk, client: str) -> None:
    known = client_of_no_origin = uuid4().hex
    results = wang.push(item("visit", known), item("client", client_of_no_origin, known, name="谁")).results
    assert [one.code for one in results] == ["unknown_client", "unknown_client"]


def test_anothers_client_is_told_as_unknown(hub: HubUnderTest, client: str) -> None:
    li = Desk(hub, hub.people.li)
    assert li.one(item("visit", client, content="x")).code == "unknown_client"


def test_anothers_record_is_told_as_unknown(hub: HubUnderTest, wang: Desk, client: str) -> None:
    record = wang.one(item("visit", client, content="mine")).id
    li = Desk(hub, hub.people.li)
    mine = client_in(hub.core.database, hub.people.li.book)
    for attempt in (item("visit", client, record, content="x"), item("visit", mine, record, content="x")):
        assert li.one(attempt).status == "refused"
    wang.pull()
    assert wang.rows[record].fields["content"] == "mine"


def test_more_than_fifty_deletions_wait_for_somebodys_word(wang: Desk, client: str) -> None:
    made = [one for _ in range(60) for one in wang.push(item("visit", client, content="x")).results]
    gone = [deletion("visit", one.id, one.row.rev) for one in made if one.row]
    assert {(one.status, one.code) for one in wang.push(*gone).results} == {("deferred", "many_deletions")}
    assert {one.status for one in wang.push(*gone, confirmed=True).results} == {"applied"}
    assert wang.manifest().revs == {}


def test_a_parent_stays_while_a_child_is_there_and_comes_back_with_it(wang: Desk, other: Desk, client: str) -> None:
    house = wang.one(item("household", name="王家"))
    member = wang.one(item("household_member", client, household_id=house.id))
    assert house.row is not None
    assert member.row is not None
    kept = wang.one(deletion("household", house.id, house.row.rev))
    assert kept.status == "noop"
    assert kept.row is not None
    assert not kept.row.deleted
    both = wang.push(
        deletion("household", house.id, house.row.rev), deletion("household_member", member.id, member.row.rev)
    ).results
    assert [one.status for one in both] == ["applied", "applied"]
    other.push(item("household_member", client, member.id, member.row.rev, person_id=uuid4().hex))
    wang.pull()
    assert not wang.rows[house.id].deleted


def test_a_child_without_its_parent_may_come_again(wang: Desk) -> None:
    done = wang.one(item("complaint_step", complaint_id=uuid4().hex, text="x"))
    assert (done.status, done.code) == ("deferred", "no_parent")


def test_what_is_written_once_is_not_changed(hub: HubUnderTest, wang: Desk, client: str) -> None:
    visit = wang.one(item("visit", client, content="x"))
    words = {"entity": "visit", "entity_id": visit.id, "at": "2026-11-21T09:00:00.000+00:00"}
    added = wang.one(item("addendum", client, text="also", by=wang.person.id, **words))
    assert added.status == "applied"
    assert added.row is not None
    assert wang.one(item("addendum", client, added.id, added.row.rev, text="other")).code == "final"
    assert wang.one(deletion("addendum", added.id, added.row.rev)).code == "final"
    assert wang.one(item("addendum", client, added.id, text="also")).status == "noop"


def reviewed(hub: HubUnderTest, wang: Desk, client: str) -> str:
    """A visit that its lead approved."""
    visit = wang.one(item("visit", client, content="as it was"))
    chen = Desk(hub, hub.people.chen)
    word = item(
        "review", client, entity="visit", entity_id=visit.id, verdict="approved", by=chen.person.id,
        at="2026-11-21T09:00:00.000+00:00", rev_reviewed=1, content_hash="c", hash="h",
    )  # fmt: skip
    assert chen.one(word).status == "applied"
    return visit.id


def test_what_a_lead_has_reviewed_is_sealed(hub: HubUnderTest, wang: Desk, client: str) -> None:
    visit = reviewed(hub, wang, client)
    refused = wang.one(item("visit", client, visit, 99, content="changed"))
    assert (refused.status, refused.code) == ("refused", "sealed")
    assert wang.one(deletion("visit", visit, 99)).code == "sealed"
    assert wang.one(item("visit", client, visit, 99, content="as it was")).status == "noop"
    told = {"entity": "visit", "entity_id": visit, "text": "忘了说", "by": wang.person.id}
    assert wang.one(item("addendum", client, at="2026-11-21T09:00:00.000+00:00", **told)).status == "applied"
    with hub.core.database.transaction([wang.book]) as connection:
        tried = connection.execute(
            "SELECT detail ->> 'code' FROM audit WHERE action = 'refused' ORDER BY no"
        ).fetchall()
    assert tried == [("sealed",), ("sealed",)]


def word(chen: Desk, client: str, entity: str, of: str, verdict: str, at: int) -> None:
    """Another word of the lead on a record, so many minutes later."""
    told = item(
        "review", client, entity=entity, entity_id=of, verdict=verdict, by=chen.person.id,
        at=f"2026-11-21T10:{at:02d}:00.000+00:00", rev_reviewed=1, content_hash="c", hash=f"h{at}",
    )  # fmt: skip
    assert chen.one(told).status == "applied"


def test_the_last_word_decides_and_talking_about_it_opens_nothing(hub: HubUnderTest, wang: Desk, client: str) -> None:
    visit, chen = wang.one(item("visit", client, content="as it was")).id, Desk(hub, hub.people.chen)
    word(chen, client, "visit", visit, "approved", 0)
    word(chen, client, "visit", visit, "discuss", 1)
    assert wang.one(item("visit", client, visit, 99, content="changed")).code == "sealed"
    word(chen, client, "visit", visit, "returned", 2)
    assert wang.one(item("visit", client, visit, 99, content="amended")).status == "applied"
    word(chen, client, "visit", visit, "exemplary", 3)
    assert wang.one(item("visit", client, visit, 9 << 40, content="again")).code == "sealed"


def test_what_goes_on_after_a_sealed_gift_goes_on(hub: HubUnderTest, wang: Desk, client: str) -> None:
    chen, gift = Desk(hub, hub.people.chen), wang.one(item("gift", client, title="茶", state="given"))
    word(chen, client, "gift", gift.id, "approved", 1)
    assert wang.one(item("gift", client, gift.id, 99, reaction="很喜欢", state="noted")).status == "applied"
    assert wang.one(item("gift", client, gift.id, 9 << 40, title="酒")).code == "sealed"


def test_who_asks_does_not_decide(hub: HubUnderTest, wang: Desk, client: str) -> None:
    gift = wang.one(item("gift", client, title="茶"))
    asked = wang.one(item("gift_approval", gift_id=gift.id, state="asked"))
    assert wang.one(item("gift_approval", None, asked.id, 99, state="approved")).code == "lead_only"
    withdrawn = item("gift_approval", None, asked.id, 99, state="revoked", decided_on="2026-11-21", decided_by="王")
    assert wang.one(withdrawn).status == "applied"


def test_a_lead_reads_and_writes_little(hub: HubUnderTest, wang: Desk, client: str) -> None:
    chen = Desk(hub, hub.people.chen)
    visit = wang.one(item("visit", client, content="x"))
    gift = wang.one(item("gift", client, title="茶"))
    asked = wang.one(item("gift_approval", gift_id=gift.id, state="asked"))
    assert chen.one(item("visit", client, visit.id, 9, content="y")).code == "read_only"
    assert chen.one(deletion("visit", visit.id, 9)).code == "read_only"
    assert asked.row is not None
    decided = chen.one(item("gift_approval", None, asked.id, asked.row.rev, state="approved", comment="好"))
    assert decided.status == "applied"
    assert wang.one(item("gift_approval", None, asked.id, 9 << 40, comment="我也说")).code == "lead_only"
    assert wang.one(item("review", client, entity="visit", entity_id=visit.id)).code == "lead_only"
    assert Desk(hub, hub.people.sun).one(item("review", client, entity_id=visit.id)).code == "unknown_client"


def test_an_own_record_is_nobody_elses(hub: HubUnderTest, wang: Desk) -> None:
    journal = wang.one(item("journal", content="我的"))
    assert journal.row is not None
    assert journal.row.scope == f"own:{wang.person.id}"
    assert Desk(hub, hub.people.li).one(item("journal", None, journal.id, content="他的")).code == "unknown_record"
    assert Desk(hub, hub.people.chen).fetch(journal.id) == []


def test_everybody_of_a_team_shares_its_cards(hub: HubUnderTest, wang: Desk) -> None:
    card = wang.one(item("playbook_card", title="开场白"))
    li = Desk(hub, hub.people.li)
    assert li.one(item("playbook_card", None, card.id, 99 << 40, text="这样说")).status == "applied"
    assert Desk(hub, hub.people.zhao).one(item("playbook_card", None, card.id, title="x")).code == "unknown_record"


def test_a_late_state_of_a_machine_wins_and_the_other_stays_in_the_history(
    hub: HubUnderTest, wang: Desk, other: Desk, client: str
) -> None:
    made = wang.one(item("promise", client, text="打电话", state="open"))
    assert made.row is not None
    for desk, state in ((wang, "kept"), (other, "withdrawn")):
        desk.one(item("promise", client, made.id, made.row.rev, state=state))
    wang.pull()
    assert wang.rows[made.id].fields["state"] == "kept"
    assert wang.rows[made.id].conflicts == {}
    with hub.core.database.transaction([wang.book]) as connection:
        rows = connection.execute("SELECT patch -> 'patch' -> 'state' ->> 'value' FROM record_history ORDER BY entry")
        assert [row[0] for row in rows] == ["open", "kept", "withdrawn"]


def test_offers_after_a_restore_come_back_as_differences(wang: Desk, client: str) -> None:
    made = wang.one(item("visit", client, content="x"))
    offer = Item("visit", made.id, client)
    offer.offers = [Difference("content", "einst", wang.person.id)]
    row = wang.one(offer).row
    assert row is not None
    assert [one.value for one in row.conflicts.values()] == ["einst"]


def test_the_digest_and_the_count_follow(wang: Desk, client: str) -> None:
    from rmdesk.wire.merge import digest_of

    made = [wang.one(item("visit", client, content=str(number))) for number in range(5)]
    assert made[0].row is not None
    wang.one(item("visit", client, made[1].id, 1, content="again"))
    wang.one(deletion("visit", made[0].id, made[0].row.rev))
    told = wang.manifest()
    assert int(told.digest) == sum(itertools.starmap(digest_of, told.revs.items())) % (1 << 64)
    assert wang.pull().scopes[wang.book].live == len(told.revs) == 4
    assert wang.pull().scopes[wang.book].digest == told.digest


def test_a_desk_of_somebody_else_is_refused(hub: HubUnderTest, wang: Desk, client: str) -> None:
    li = Desk(hub, hub.people.li)
    li.person = wang.person
    answer = li.send(li.body(item("visit", client, content="x")))
    assert (answer.status_code, answer.json()["code"]) == (403, "device")


def test_the_audit_of_a_book_is_one_chain(hub: HubUnderTest, wang: Desk, client: str) -> None:
    from rmdesk.hub.services import audit

    for number in range(3):
        wang.push(item("visit", client, content=str(number)), item("visit", "00" * 16, content="x"))
    with hub.core.database.transaction([wang.book]) as connection:
        assert audit.verify(connection, wang.book) is None
        assert [entry.action for entry in audit.latest(connection, wang.book)] == ["push"] * 3


def test_values_pass_as_they_were_said(wang: Desk, client: str) -> None:
    odd = '引号"反\\斜\t行\n😀\u2028 \\u0000 é'
    made = wang.one(item("visit", client, content=odd, minutes=-(1 << 62), found='{"a": [1, "\\u0041"]}'))
    wang.pull()
    assert wang.rows[made.id].fields["content"] == odd
    assert wang.rows[made.id].fields["minutes"] == -(1 << 62)
    assert made.row == wang.rows[made.id]


def test_nothing_unknown_in_a_patch_is_an_edit_of_nothing(wang: Desk, client: str) -> None:
    done = wang.one(Item("visit", uuid4().hex, client, {}, None))
    assert done.status == "noop"
