"""The tabs of a client's file by name, in their order. A tab is imported when it is first seen.

To add a tab: write a function that imports it and gives back its class, and add a line to TABS.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from rmdesk.base.text import N_

if TYPE_CHECKING:
    from rmdesk.ui.kit.file_tab import FileTab


class Tab(NamedTuple):
    """A tab: its name in `go("client", tab=...)`, its title, its class. The overview has none: the page makes it."""

    name: str
    title: str
    load: Callable[[], type[FileTab]] | None


def _profile() -> type[FileTab]:
    from rmdesk.ui.profile.tab import ProfileTab

    return ProfileTab


def _gifts() -> type[FileTab]:
    from rmdesk.ui.gifts.tab import GiftsTab

    return GiftsTab


def _holdings() -> type[FileTab]:
    from rmdesk.ui.products.holdings_tab import HoldingsTab

    return HoldingsTab


def _history() -> type[FileTab]:
    from rmdesk.ui.clients.file_history import HistoryTab

    return HistoryTab


def _complaints() -> type[FileTab]:
    from rmdesk.ui.complaints.tab import ComplaintsTab

    return ComplaintsTab


def _churn() -> type[FileTab]:
    from rmdesk.ui.churn.tab import ChurnTab

    return ChurnTab


def _visits() -> type[FileTab]:
    from rmdesk.ui.visits.file_tab import VisitsTab

    return VisitsTab


def _occasions() -> type[FileTab]:
    from rmdesk.ui.occasions.tab import OccasionsTab

    return OccasionsTab


def _journals() -> type[FileTab]:
    from rmdesk.ui.journals.tab import JournalsTab

    return JournalsTab


def _relations() -> type[FileTab]:
    from rmdesk.ui.relations.tab import RelationsTab

    return RelationsTab


def _strategy() -> type[FileTab]:
    from rmdesk.ui.strategy.tab import StrategyTab

    return StrategyTab


def _club() -> type[FileTab]:
    from rmdesk.ui.gatherings.tab import ClubTab

    return ClubTab


OVERVIEW = "overview"
TABS: tuple[Tab, ...] = (
    Tab(OVERVIEW, N_("Overview"), None),
    Tab("profile", N_("Profile"), _profile),
    Tab("strategy", N_("Approach"), _strategy),
    Tab("visits", N_("Visits"), _visits),
    Tab("gifts", N_("Gifts"), _gifts),
    Tab("occasions", N_("Occasions"), _occasions),
    Tab("journals", N_("Journals"), _journals),
    Tab("holdings", N_("Holdings"), _holdings),
    Tab("relations", N_("Relationships"), _relations),
    Tab("club", N_("Club and benefits"), _club),
    Tab("complaints", N_("Complaints, feedback"), _complaints),
    Tab("churn", N_("Churn"), _churn),
    Tab("history", N_("History"), _history),
)
