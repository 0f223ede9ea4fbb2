"""Drafts: kept and replaced, forgotten, and never on record as something that was done."""

from __future__ import annotations

from rmdesk.models.kinds import ClientId, Topic
from rmdesk.services.drafts.commands import DropDraft, SaveDraft
from rmdesk.services.drafts.queries import draft_of
from rmdesk.services.store.store import Store


def test_the_newest_draft_of_a_form_is_kept(store: Store) -> None:
    for text in ("写", "写到一半"):
        outcome = store.perform(SaveDraft("log", "", {"content": text}))
    assert (outcome.inverse, outcome.topics) == (None, {Topic.DRAFTS})
    draft = store.read(draft_of, "log")
    assert draft is not None
    assert draft.payload == {"content": "写到一半"}
    assert store.read(draft_of, "log", "7") is None
    assert store.read(lambda reads: reads.value("SELECT count(*) FROM change")) == 0


def test_a_draft_about_a_client_who_is_gone_is_kept_without(store: Store) -> None:
    store.perform(SaveDraft("log", "", {"content": "写"}, ClientId(99)))
    assert store.read(lambda reads: reads.one("SELECT client_id, form FROM draft")) == (None, "log")


def test_dropping_twice_does_no_harm(store: Store) -> None:
    store.perform(SaveDraft("log", "", {}))
    for _time in range(2):
        assert store.perform(DropDraft("log", "")).inverse is None
    assert store.read(draft_of, "log") is None
