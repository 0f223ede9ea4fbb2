"""What holds for children under 14: a guardian consents before their birthday is kept, and no year is shown.

PIPL art. 28 and 31. Whoever keeps a birth date of somebody around a client calls `check_child`; whoever shows one uses
`rules.shown_birth`.
"""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.kinds import ClientId, ConsentKind, RecordId
from rmdesk.services.profile import rules
from rmdesk.services.store.reads import Reads


def check_child(
    reads: Reads,
    birth: str | date | None,
    person: RecordId | None = None,
    client: ClientId | None = None,
    *,
    guardian: str = "",
    field: str = "birth_date",
) -> None:
    """Refused when this birth date is that of a child under 14 and no guardian has consented.

    A consent counts when it was given for this `person`, or for all children of this `client`, and was not withdrawn
    since. `guardian`: who consents along with this very command, which then notes it as a `NoteConsent` of kind CHILD.
    """
    written = birth.isoformat() if isinstance(birth, date) else birth
    if not rules.is_child(written, clock.today()) or guardian.strip() or has_consent(reads, person, client):
        return
    raise Refused(
        N_("A birthday of a child under 14 is kept only with a guardian's consent."),
        do=N_("Note the consent in the client's profile first, or leave out the year."),
        field=field,
        code="no_guardian",
        guide="privacy",
    )


def has_consent(reads: Reads, person: RecordId | None, client: ClientId | None) -> bool:
    """Whether a guardian's consent holds for this person, or for all children of this client."""
    for where, key in (("person_id = ?", person), ("person_id IS NULL AND client_id = ?", client)):
        if key is None:
            continue
        given = reads.value(
            f'SELECT given FROM consent WHERE kind = ? AND {where} ORDER BY "on" DESC, id DESC LIMIT 1',
            (ConsentKind.CHILD.value, key),
        )
        if given is not None:
            return bool(given)
    return False
