"""The copy for a client holds everything on them, and nothing on others."""

from __future__ import annotations

import json

from rmdesk.base.progress import Silent
from rmdesk.models.journals import Journal, JournalClient
from rmdesk.models.kinds import Taste
from rmdesk.services.clients.commands import SetNote
from rmdesk.services.documents import plain
from rmdesk.services.exports.door import mark_of
from rmdesk.services.privacy import copying
from rmdesk.services.profile.commands import SetPreferences
from rmdesk.services.segments.commands import ConfirmKycBlock
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.profile.arrange import LI, ZHOU, fill
from tests.support.build import perform


def arrange(store: Store) -> None:
    """Two clients with profiles, a journal of each, and one of both."""
    fill(store)
    for client, like in ((ZHOU, "龙泉青瓷"), (LI, "马拉松")):
        store.perform(SetPreferences(client, Taste.LIKE, (like,)))
        store.perform(ConfirmKycBlock(client, "family", "present", f"{like}之家"))
    store.perform(SetNote(ZHOU, "每周三有空"))
    for key, text, clients in (("a", "谈留学", (1,)), ("b", "两家合伙", (1, 2)), ("c", "谈跑步", (2,))):
        perform(store, lambda work, k=key, t=text: work.add(_journal(k, t)))
        for client in clients:
            perform(store, lambda work, k=key, c=client: work.add(JournalClient(journal_id=k * 32, client_id=c)))


def _journal(key: str, text: str) -> Journal:
    from rmdesk.base import clock

    return Journal(id=key * 32, on=TODAY, content=text, method="tea", entered_at=clock.now())


def test_all_is_there_and_nothing_of_others(store: Store) -> None:
    arrange(store)
    copy = store.read(copying.copy_of, ZHOU)
    told = copying.as_json(copy).decode()
    for word in ("周文敏", "龙泉青瓷", "龙泉青瓷之家", "每周三有空", "谈留学"):
        assert word in told
    for word in ("李静", "马拉松", "两家合伙", "谈跑步"):
        assert word not in told
    journal = next(one for one in json.loads(told)["tables"] if one["table"] == "journal")
    assert (len(journal["rows"]), journal["left_out"]) == (1, 1)
    assert journal["fields"]["content"]["class"] == "ordinary"


def test_the_document_reads_the_same(store: Store) -> None:
    arrange(store)
    document = copying.document_of(store.read(copying.copy_of, ZHOU))
    text = "\n".join(plain.lines(document))
    assert "龙泉青瓷之家" in text
    assert "1 more concern other clients, too" in text
    assert "李静" not in text
    assert not document.confidential


def test_the_copy_is_made_as_data_and_as_text_with_its_mark(store: Store) -> None:
    arrange(store)
    mark = mark_of("李慧", "asked by the client")
    made = [store.read(copying.as_made(ZHOU, form), mark, Silent()) for form in ("json", "txt")]
    assert json.loads(made[0][0])["client"] == "周文敏"
    assert json.loads(made[0][0])["mark"] == mark.line
    assert made[1][0].decode().endswith(mark.line)
