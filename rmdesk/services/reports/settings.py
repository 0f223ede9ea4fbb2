"""Which reports are made by themselves."""

from __future__ import annotations

from rmdesk.base.text import N_
from rmdesk.services.settings.declared import Setting

_REPORTS = N_("Reports")
WEEKLY = Setting(
    "reports.weekly",
    False,
    N_("Make the weekly report on Monday"),
    _REPORTS,
    note=N_("While the program is open and unlocked. It stays in the encrypted file and waits to be read."),
    source=N_("Proposed; who writes a weekly report switches it on."),
)
MONTHLY = Setting(
    "reports.monthly",
    False,
    N_("Make the monthly report on the first working day"),
    _REPORTS,
    source=N_("Proposed; who writes a monthly report switches it on."),
)
