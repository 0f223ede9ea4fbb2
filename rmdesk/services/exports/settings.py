"""What a desk without a hub may decide itself; a hub's word wins."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.services.exports.rules import Policy
from rmdesk.services.rulebook import book
from rmdesk.services.settings.declared import Choice, Setting

_EXPORTS = N_("Export and print")
POLICY = Setting(
    "exports.policy",
    Policy.FREE.value,
    N_("What may leave the encrypted file"),
    _EXPORTS,
    note=N_("Where a team hub is followed, the bank says it for all its desks."),
    source=N_("Proposed; the bank decides."),
    choices=(
        Choice(Policy.FREE.value, N_("Files and prints; encrypted unless asked otherwise")),
        Choice(Policy.ENCRYPTED.value, N_("Encrypted files, and prints")),
        Choice(Policy.FILES.value, N_("Encrypted files, no prints")),
        Choice(Policy.NONE.value, N_("Nothing")),
    ),
)
ROWS: Setting[int] = Setting(
    "exports.rows",
    book("exports")["limits"]["rows"],
    N_("Records in one file, at most"),
    _EXPORTS,
    source=N_("Proposed; the bank enters its own cap."),
    least=1,
    most=1_000_000,
    step=500,
)
