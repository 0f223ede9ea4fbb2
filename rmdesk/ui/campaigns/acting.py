"""What can be done with a campaign by its state: the next step first."""

from __future__ import annotations

from collections.abc import Callable

from rmdesk.base.text import N_, _, plural
from rmdesk.models.kinds import CampaignState
from rmdesk.services.campaigns.rows import CampaignRow
from rmdesk.services.store.command import Outcome
from rmdesk.ui.kit.desk import Desk

Act = Callable[[Desk, CampaignRow], object]


def start(desk: Desk, one: CampaignRow) -> None:
    """Let it run, with those who pass the gates."""
    from rmdesk.services.campaigns.commands import StartCampaign

    desk.perform(StartCampaign(one.id), _listed)


def renew(desk: Desk, one: CampaignRow) -> None:
    """Take those onto the list who pass the gates by now."""
    from rmdesk.services.campaigns.commands import RenewTargets

    desk.perform(RenewTargets(one.id), _listed)


def close(desk: Desk, one: CampaignRow) -> None:
    """End it."""
    from rmdesk.services.campaigns.commands import CloseCampaign

    desk.perform(CloseCampaign(one.id), _("Campaign closed"))


def reopen(desk: Desk, one: CampaignRow) -> None:
    """Let it run on."""
    from rmdesk.services.campaigns.commands import ReopenCampaign

    desk.perform(ReopenCampaign(one.id), _("Campaign reopened"))


def remove(desk: Desk, one: CampaignRow) -> None:
    """Take it away."""
    from rmdesk.services.campaigns.commands import RemoveCampaign

    desk.perform(RemoveCampaign(one.id), _("Campaign removed"))


def edit(desk: Desk, one: CampaignRow) -> None:
    """Change it."""
    desk.ask("campaign", campaign=one)


def add(desk: Desk, one: CampaignRow) -> None:
    """Put somebody on the list by hand."""
    from rmdesk.ui.campaigns.target_dialogs import open_add

    open_add(desk, one.id)


def of(one: CampaignRow) -> list[tuple[str, Act, bool]]:
    """Text, act and whether it is the next step, in order."""
    if one.state is CampaignState.DRAFT:
        return [(N_("Start campaign"), start, True), (N_("Edit"), edit, False), (N_("Remove"), remove, False)]
    if one.state is CampaignState.RUNNING:
        return [
            (N_("Renew the list"), renew, False), (N_("Add a client"), add, False), (N_("Edit"), edit, False),
            (N_("Close campaign"), close, False),
        ]  # fmt: skip
    return [(N_("Reopen"), reopen, False)]


def _listed(outcome: Outcome[int]) -> str:
    return plural("{count} client came onto the list", "{count} clients came onto the list", outcome.result)
