"""A small portfolio with daily averages of some months, and what tests of clubs ask of it."""

from __future__ import annotations

from rmdesk.models.kinds import ClientId
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.imports.handovers import account, client, month, take_in

M = 1_000_000_00
FIRST = 2026 * 12 + 6  # July


def members(store: Store, **means: tuple[int | None, ...]) -> None:
    """Clients by number with the daily averages of July and on, in millions; None is not told."""
    told = []
    for number, months in means.items():
        told += [client(number, name=f"周{number}", opened_on="2015-01-01")]
        told += [account(f"A{number}", number, balance_minor=1, currency="CNY", opened_on="2015-01-01")]
        told += [
            month(account_number=f"A{number}", month=FIRST + at, average_minor=mean * M)
            for at, mean in enumerate(months)
            if mean is not None
        ]
    take_in(store, told, as_of=TODAY)


def of(store: Store, number: str) -> ClientId:
    """A client by number."""
    return ClientId(store.read(lambda reads: reads.value("SELECT id FROM client WHERE number = ?", (number,))))


def be_lead(store: Store) -> None:
    """From now on a team lead sits at the desk."""
    store.perform(ChangeSetting("general.role", "lead"))
