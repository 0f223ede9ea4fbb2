"""How churn is said in the window."""

from __future__ import annotations

from rmdesk.base.text import _
from rmdesk.models.kinds import WinBack
from rmdesk.services.churn import case_rules
from rmdesk.services.churn.cases import CaseRow
from rmdesk.services.churn.words import OUTCOMES, SIGNALS

OUTCOME_KINDS = {WinBack.WON: "good", WinBack.PARTLY: "good", WinBack.LOST: "risk", WinBack.MISTAKEN: "plain"}


def state(one: CaseRow) -> tuple[str, str]:
    """Where a case stands, and the kind of its chip."""
    if one.outcome is not None:
        return _(OUTCOMES[one.outcome]), OUTCOME_KINDS[one.outcome]
    return (_("In work"), "occasion") if one.cause or one.steps else (_("New"), "risk")


def cause(code: str | None) -> str:
    """The name of a cause; empty without one."""
    causes = case_rules.table().causes
    return causes[code].said if code in causes else code or ""


def signal(code: str | None) -> str:
    """The name of a signal; empty without one."""
    return _(SIGNALS[code]) if code in SIGNALS else ""
