"""The small dialogs: a household, the steps of complaints and gifts, how to reach a client, a block of the grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from rmdesk.app import App
from rmdesk.models.kinds import ClientId
from rmdesk.services.complaints import queries as complaints
from rmdesk.services.relations import queries as relations
from rmdesk.services.relations.rows import RelationRow
from rmdesk.services.store.reads import Reads
from rmdesk.ui.complaints import dialogs as about_complaints
from rmdesk.ui.gifts.dialogs import open_step
from rmdesk.ui.relations import dialogs as about_relations
from tests.shots import gift_moments

if TYPE_CHECKING:
    from rmdesk.ui.clients.file_page import ClientPage
    from rmdesk.ui.profile.tab import ProfileTab

# Each step of a gift, and a state in which it can be asked for.
STEPS = {"buy": "planned", "give": "bought", "note": "given", "return": "given", "drop": "planned", "ask": "planned",
         "revoke": "approved"}  # fmt: skip


def household(app: App) -> None:
    """Who keeps house together, for the first client with relatives and no household."""
    store = app.parts.tasks.store
    assert store is not None

    def found(reads: Reads) -> tuple[ClientId, tuple[RelationRow, ...]]:
        for (number,) in reads.rows("SELECT DISTINCT from_client_id FROM relationship WHERE from_client_id > 0"):
            near = tuple(one for one in relations.relations_of(reads, ClientId(number)) if one.group == "family")
            if near and relations.household_of(reads, ClientId(number)) is None:
                return ClientId(number), near
        raise SystemExit("Nobody has relatives and no household.")

    client, near = store.read(found)
    about_relations.open_household(app.parts.desk, client, store.read(relations.name_of, client), near)


def complaint(which: Callable[..., object]) -> Callable[[App], None]:
    """A step of the first open complaint."""

    def ask(app: App) -> None:
        store = app.parts.tasks.store
        assert store is not None
        which(app.parts.desk, store.read(complaints.open_complaints)[0])

    return ask


extend, close = complaint(about_complaints.open_extend), complaint(about_complaints.open_close)


def reply(app: App) -> None:
    """The answer to a word of feedback."""
    store = app.parts.tasks.store
    assert store is not None
    row = store.read(lambda reads: reads.rows("SELECT client_id, id, coalesce(reply, '') FROM feedback LIMIT 1"))[0]
    about_complaints.open_reply(app.parts.desk, *row)


def _profile(app: App) -> ProfileTab:
    return cast("ProfileTab", cast("ClientPage", app.window.page()).tab("profile"))


def reach(app: App) -> None:
    """How the client that is shown likes to be reached."""
    _profile(app).edit_reach()


def block(app: App) -> None:
    """One of the nine blocks."""
    tab = _profile(app)
    assert tab.profile is not None
    tab.edit_block(next(one for one in tab.profile.blocks if (one.area, one.tense) == ("family", "present")))


def gift_step(step: str) -> Callable[[App], None]:
    """The question of a step of a gift."""

    def ask(app: App) -> None:
        rows = gift_moments.page(app).rows
        if rows:
            fitting = [row for row in rows if row.state == STEPS[step]]
            open_step(app.parts.desk, (fitting or rows)[0], step)

    return ask
