"""Erasing takes all that no law keeps, names what stays, and cannot be undone."""

from __future__ import annotations

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import ClientId, ClientStatus, ConsentKind, Taste
from rmdesk.models.relations import Relationship
from rmdesk.services.clients.commands import AddProspect, SetNote
from rmdesk.services.clients.reach import SetReach
from rmdesk.services.clients.rules import Details
from rmdesk.services.privacy import copying
from rmdesk.services.privacy.erasing import EraseClient
from rmdesk.services.privacy.fates import erased_on, fates
from rmdesk.services.profile.commands import NoteConsent, SetPreferences
from rmdesk.services.search.finding import find
from rmdesk.services.search.texts import IndexTexts, left
from rmdesk.services.segments.commands import ConfirmKycBlock
from rmdesk.services.store.store import Store
from rmdesk.services.store.undo import UndoStack
from tests.conftest import TODAY
from tests.services.privacy.test_copying import arrange
from tests.services.profile.arrange import CHILD, LI, ZHOU
from tests.support.build import perform

SECRET = "每周三有空"


@pytest.fixture
def known(store: Store) -> Store:
    """A client of the bank with all kinds of records, a child of theirs, and a gift."""
    arrange(store)
    store.perform(SetReach(ZHOU, hours="上午", wechat="zhou_wm"))
    store.perform(NoteConsent(ZHOU, ConsentKind.CHILD, True, by="周文敏", person=CHILD))
    tie = Relationship(id="r" * 32, kind="parent", from_client_id=1, to_person_id=CHILD, noted_on=TODAY)
    perform(store, lambda work: work.add(tie))
    return store


def everything(store: Store) -> str:
    """All texts of all tables."""
    names = store.read(lambda reads: reads.rows("SELECT name FROM sqlite_master WHERE type = 'table'"))
    return "\n".join(str(store.read(lambda reads, n=name: reads.rows(f'SELECT * FROM "{n}"'))) for (name,) in names)


def test_the_name_must_be_typed(known: Store) -> None:
    with pytest.raises(Refused) as caught:
        known.perform(EraseClient(ZHOU, "周文"))
    assert (caught.value.field, caught.value.code) == ("name", "not_confirmed")
    assert SECRET in everything(known)


def test_nothing_that_may_go_is_left_anywhere(known: Store) -> None:
    known.perform(EraseClient(ZHOU, "周文敏"))
    left = everything(known)
    for word in (SECRET, "龙泉青瓷", "谈留学", "zhou_wm", "小雨", "上午"):
        assert word not in left
    for word in ("周文敏", "李静", "马拉松", "两家合伙", "谈跑步"):  # identity is kept by law; others stay whole
        assert word in left
    assert known.read(erased_on, ZHOU) == TODAY
    assert known.read(erased_on, LI) is None


def test_what_is_kept_is_named_with_its_reason(known: Store) -> None:
    before = {fate.table.table: fate for fate in known.read(fates, ZHOU)}
    assert before["preference"].gone == 1
    assert before["journal"].gone == 1
    assert before["journal"].stays == 1  # names another client, too
    assert before["consent"].retention is not None
    assert before["client"].retention is not None
    assert before["client"].retention.years == 10
    known.perform(EraseClient(ZHOU, "周文敏"))
    after = {fate.table.table for fate in known.read(fates, ZHOU)}
    assert after <= {"client", "consent", "change", "audit_entry"}


def test_the_client_is_contacted_no_more(known: Store) -> None:
    known.perform(EraseClient(ZHOU, "周文敏"))
    status = known.read(lambda reads: reads.value("SELECT status FROM client WHERE id = 1"))
    assert status == ClientStatus.DO_NOT_CONTACT


def test_it_cannot_be_undone_and_neither_can_what_came_before(known: Store) -> None:
    stack = UndoStack(known)
    stack.did(known.perform(SetNote(ZHOU, "另一句")))
    done = known.perform(EraseClient(ZHOU, "周文敏"))
    stack.did(done)
    assert done.inverse is None
    assert stack.undo_label is None
    assert stack.undo() is None


def test_a_gift_stays_in_the_register(known: Store) -> None:
    from rmdesk.base import clock

    gift = Gift(id="g" * 32, client_id=1, state="given", title="茶具", currency="CNY", entered_at=clock.now())
    gift.why = "生日"
    perform(known, lambda work: work.add(gift))
    known.perform(EraseClient(ZHOU, "周文敏"))
    assert known.read(lambda reads: reads.value("SELECT title FROM gift")) == "茶具"


def test_who_did_what_and_when_stays_on_record(known: Store) -> None:
    before = known.read(lambda reads: reads.value("SELECT count(*) FROM change WHERE client_id = 1"))
    known.perform(EraseClient(ZHOU, "周文敏"))
    rows = known.read(lambda reads: reads.rows("SELECT command, before, after FROM change WHERE client_id = 1"))
    assert len(rows) == before + 1
    assert [row[0] for row in rows if row[1] or row[2]] == ["EraseClient"]


def test_what_is_erased_is_found_no_more(known: Store) -> None:
    known.perform(IndexTexts(5000))
    assert known.read(find, "谈留学")
    known.perform(EraseClient(ZHOU, "周文敏"))
    assert known.read(left) == 0
    assert not known.read(find, "谈留学")
    assert known.read(find, "谈跑步")


def test_a_prospect_goes_altogether(known: Store) -> None:
    added = known.perform(AddProspect(Details("王小明", phone="13800138000")))
    client: ClientId = added.result
    known.perform(SetPreferences(client, Taste.LIKE, ("围棋",)))
    known.perform(ConfirmKycBlock(client, "person", "past", "下棋"))
    known.perform(EraseClient(client, "王小明"))
    left = everything(known)
    for word in ("王小明", "围棋", "下棋", "13800138000"):
        assert word not in left


def test_a_copy_can_still_be_given_of_what_is_kept(known: Store) -> None:
    known.perform(EraseClient(ZHOU, "周文敏"))
    told = copying.as_json(known.read(copying.copy_of, ZHOU)).decode()
    assert "周文敏" in told
    assert SECRET not in told
