"""Who may be contacted at all: the gates that stop every greeting, task and campaign.

The gates look at the status as it is now. What is planned for a client who may not be contacted stays on record; it
is not shown or offered anywhere, and comes back when the status is taken back.
"""

from __future__ import annotations

from collections.abc import Sequence

from rmdesk.base.errors import Refused
from rmdesk.base.record import record
from rmdesk.base.text import N_, Phrase, phrase
from rmdesk.models.kinds import ClientId, ClientStatus
from rmdesk.services.store.reads import Reads


@record
class Stop:
    """Why a client may not be contacted; `code` is the status, or no_consent."""

    code: str
    why: Phrase


_STOPS = {
    ClientStatus.DECEASED: phrase("The client has died."),
    ClientStatus.DO_NOT_CONTACT: phrase("The client does not want to be contacted."),
    ClientStatus.CLOSED: phrase("The client is no longer with the bank."),
}
_NO_CONSENT = phrase("The client has withdrawn the consent to marketing.")


def stop_of(reads: Reads, client: ClientId, *, marketing: bool = False) -> Stop | None:
    """Why this client may not be contacted; None: they may. `marketing` asks for what the consent covers, too.

    Refused when the client is no longer there.
    """
    row = reads.one("SELECT status, marketing_consent FROM client WHERE id = ?", (client,))
    if row is None:
        raise Refused(N_("This client is no longer in the portfolio."), do=N_("Go back to the list."), code="gone")
    status = ClientStatus(row[0])
    if status in _STOPS:
        return Stop(status.value, _STOPS[status])
    return Stop("no_consent", _NO_CONSENT) if marketing and row[1] == 0 else None


def check_may_contact(reads: Reads, client: ClientId, *, marketing: bool = False, doing: str = "") -> None:
    """Refused when the client is deceased, wants no contact or is closed; for marketing also without consent.

    Called by every command that greets, gives, plans, asks or promises. `doing` names what was about to be done, as
    the untranslated label of the command.
    """
    stop = stop_of(reads, client, marketing=marketing)
    if stop is None:
        return
    advice = (
        N_("Note the consent in the client's file once it is given again.")
        if stop.code == "no_consent"
        else N_("If this is wrong, set the status back in the client's file.")
    )
    if doing:
        raise Refused(
            N_("{doing}: {why}"), do=advice, code=stop.code, doing=phrase(doing), why=stop.why, guide="privacy"
        )
    raise Refused(stop.why.message, do=advice, code=stop.code, guide="privacy")


def contactable(alias: str = "client", *, marketing: bool = False) -> str:
    """An SQL condition for lists: the client of this table alias may be contacted.

    Lists of tasks, greetings, plans and occasions join the client and put this into their WHERE.
    """
    told = f"{alias}.status = '{ClientStatus.ACTIVE.value}' AND {alias}.merged_into IS NULL"
    return f"{told} AND {alias}.marketing_consent IS NOT 0" if marketing else told


def may_contact(reads: Reads, clients: Sequence[int] | None = None, *, marketing: bool = False) -> frozenset[int]:
    """Which of these clients (None: all) may be contacted; for many, as for a campaign."""
    wanted = None if clients is None else frozenset(clients)
    found: set[int] = set()
    for page in reads.pages(f"SELECT c.id FROM client c WHERE {contactable('c', marketing=marketing)}"):
        found.update(row[0] for row in page if wanted is None or row[0] in wanted)
    return frozenset(found)
