"""The pages by name, in the order of the navigation. A page is imported when it is first shown.

To add a page: write a function that imports it and gives back its class, and add a line to ROUTES.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from rmdesk.base.text import N_

if TYPE_CHECKING:
    from rmdesk.ui.kit.page import Page


class Route(NamedTuple):
    """A page: its name in `go(...)`, its title, icon and shortcut.

    `listed` ones stand in the navigation, `low` ones at its foot; a page that is no entry itself belongs `under` one.
    `lead`: an entry for team leads alone.
    """

    name: str
    title: str
    load: Callable[[], type[Page]]
    icon: str = ""
    shortcut: str = ""
    listed: bool = True
    low: bool = False
    under: str = ""
    lead: bool = False


def _today() -> type[Page]:
    from rmdesk.ui.today.page import TodayPage

    return TodayPage


def _clients() -> type[Page]:
    from rmdesk.ui.clients.page import ClientsPage

    return ClientsPage


def _client() -> type[Page]:
    from rmdesk.ui.clients.file_page import ClientPage

    return ClientPage


def _gifts() -> type[Page]:
    from rmdesk.ui.gifts.page import GiftsPage

    return GiftsPage


def _visits() -> type[Page]:
    from rmdesk.ui.visits.page import VisitsPage

    return VisitsPage


def _log() -> type[Page]:
    from rmdesk.ui.visits.log_page import LogPage

    return LogPage


def _calendar() -> type[Page]:
    from rmdesk.ui.calendar.page import CalendarPage

    return CalendarPage


def _journals() -> type[Page]:
    from rmdesk.ui.journals.page import JournalsPage

    return JournalsPage


def _gatherings() -> type[Page]:
    from rmdesk.ui.gatherings.page import GatheringsPage

    return GatheringsPage


def _campaigns() -> type[Page]:
    from rmdesk.ui.campaigns.page import CampaignsPage

    return CampaignsPage


def _specialists() -> type[Page]:
    from rmdesk.ui.specialists.page import SpecialistsPage

    return SpecialistsPage


def _churn() -> type[Page]:
    from rmdesk.ui.churn.page import ChurnPage

    return ChurnPage


def _insights() -> type[Page]:
    from rmdesk.ui.insights.page import InsightsPage

    return InsightsPage


def _loyalty() -> type[Page]:
    from rmdesk.ui.loyalty.page import LoyaltyPage

    return LoyaltyPage


def _products() -> type[Page]:
    from rmdesk.ui.products.page import ProductsPage

    return ProductsPage


def _groups() -> type[Page]:
    from rmdesk.ui.groups.page import GroupsPage

    return GroupsPage


def _settings() -> type[Page]:
    from rmdesk.ui.settings.page import SettingsPage

    return SettingsPage


def _sync() -> type[Page]:
    from rmdesk.ui.sync.page import SyncPage

    return SyncPage


def _audit() -> type[Page]:
    from rmdesk.ui.audit.page import AuditPage

    return AuditPage


def _imports() -> type[Page]:
    from rmdesk.ui.imports.page import ImportPage

    return ImportPage


def _team() -> type[Page]:
    from rmdesk.ui.team.page import TeamPage

    return TeamPage


def _reports() -> type[Page]:
    from rmdesk.ui.reports.page import ReportsPage

    return ReportsPage


def _guide() -> type[Page]:
    from rmdesk.ui.guide.page import GuidePage

    return GuidePage


ROUTES: tuple[Route, ...] = (
    Route("today", N_("Today"), _today, icon="today", shortcut="Ctrl+1"),
    Route("clients", N_("Clients"), _clients, icon="clients", shortcut="Ctrl+2"),
    Route("client", N_("Client file"), _client, icon="client", listed=False, under="clients"),
    Route("groups", N_("Group clients"), _groups, icon="company", listed=False, under="clients"),
    Route("calendar", N_("Calendar"), _calendar, icon="calendar", shortcut="Ctrl+3"),
    Route("visits", N_("Visits"), _visits, icon="visit", shortcut="Ctrl+4"),
    Route("log", N_("Log a visit"), _log, icon="visit", listed=False, under="visits"),
    Route("gifts", N_("Gifts"), _gifts, icon="gift", shortcut="Ctrl+5"),
    Route("journals", N_("Journals"), _journals, icon="edit", shortcut="Ctrl+6"),
    Route("campaigns", N_("Campaigns"), _campaigns, icon="campaign", shortcut="Ctrl+8"),
    Route("specialists", N_("Specialists"), _specialists, icon="user", listed=False, under="campaigns"),
    Route("products", N_("Products"), _products, icon="products", shortcut="Ctrl+9"),
    Route("gatherings", N_("Events and clubs"), _gatherings, icon="event", shortcut="Ctrl+Shift+J"),
    Route("churn", N_("Churn"), _churn, icon="warning", shortcut="Ctrl+Shift+L"),
    Route("insights", N_("Insights"), _insights, icon="insights", shortcut="Ctrl+0"),
    Route("loyalty", N_("Loyalty"), _loyalty, icon="star", shortcut="Ctrl+Shift+K", listed=False, under="insights"),
    Route("team", N_("Team review"), _team, icon="eye", shortcut="Ctrl+7", lead=True),
    Route("reports", N_("Reports"), _reports, icon="export", shortcut="Ctrl+Shift+T", listed=False, under="insights"),
    Route("sync", N_("Sync"), _sync, icon="refresh", shortcut="Ctrl+Shift+Y", low=True),
    Route("imports", N_("Import"), _imports, icon="import", shortcut="Ctrl+I", low=True),
    Route("settings", N_("Settings"), _settings, icon="settings", shortcut="Ctrl+,", low=True),
    Route("guide", N_("Help"), _guide, icon="info", listed=False),
    Route("audit", N_("Audit log"), _audit, icon="shield", listed=False, under="settings"),
)


def route(name: str) -> Route:
    """The route of a name; KeyError when there is none."""
    for found in ROUTES:
        if found.name == name:
            return found
    raise KeyError(name)


def first() -> Route:
    """The page to start with."""
    return next((found for found in ROUTES if found.listed), ROUTES[0])
