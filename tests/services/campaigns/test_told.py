"""What campaigns tell elsewhere: the timeline of a client, and the search."""

from __future__ import annotations

from rmdesk.models.kinds import TouchOutcome
from rmdesk.services.campaigns.commands import MakeCampaign
from rmdesk.services.campaigns.drafts import Draft
from rmdesk.services.events import EventKind
from rmdesk.services.search import finding
from rmdesk.services.specialists.commands import AskSpecialist, NoteReply
from rmdesk.services.store.store import Store
from rmdesk.services.timeline.queries import timeline_of
from tests.services.campaigns.arrange import people
from tests.services.campaigns.test_commands import SELL, running, touch
from tests.services.search.test_texts import index


def test_the_timeline_tells_what_came_of_a_touch_beside_its_contact(store: Store) -> None:
    known = people(store)
    touch(store, running(store), known["easy"], TouchOutcome.INTERESTED, note="想看资料")
    events = [one for one in store.read(timeline_of, known["easy"]) if one.kind is EventKind.CAMPAIGN]
    assert [(one.title.said, one.text) for one in events] == [("Campaign: Interested", f"{SELL.name} · 想看资料")]


def test_campaigns_touches_and_questions_are_found_by_their_words(store: Store) -> None:
    known = people(store)
    store.perform(MakeCampaign(Draft("金秋慰问", SELL.purpose, SELL.starts_on, script="天凉了")))
    touch(store, running(store), known["easy"], TouchOutcome.REACHED, note="孩子要高考")
    request = store.perform(AskSpecialist(known["easy"], "law", "婚前财产如何隔离？")).result
    store.perform(NoteReply(request, "做公证"))
    index(store)

    def entities(text: str) -> set[str]:
        return {hit.entity for hit in store.read(finding.find, text)}

    assert entities("慰问") == {"campaign"}
    assert {"campaign_touch", "visit"} <= entities("高考")
    assert entities("公证") == {"specialist_request"}
