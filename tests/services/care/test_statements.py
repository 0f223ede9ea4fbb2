"""What is asked of the store does not grow with the portfolio: a query for each client would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rmdesk.models.kinds import Topic
from rmdesk.services.care import portfolio, queries
from rmdesk.services.care.standing import standing
from rmdesk.services.clients import table
from rmdesk.services.clients.filters import ClientFilter, Order
from rmdesk.services.search.queries import build
from rmdesk.services.segments import figures
from rmdesk.services.store.reads import Reader
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform

DAY = date(2026, 11, 23)
FEW, MANY = 3, 60


def add(work: UnitOfWork, first: int, last: int) -> None:
    """Clients with a holding that matures, a contact and an occasion each."""
    numbers = list(range(first, last))
    given: dict[str, list[tuple[object, ...]]] = {
        "client (id, number, origin, kind, status, name, pinyin, initials, birth_date, opened_on)": [
            (n, f"{n}", "bank", "person", "active", f"客户{n}", "kehu", "kh", "1980-11-25", "2020-11-24")
            for n in numbers
        ],
        "holding (key, client_id, name, kind, amount_minor, currency, matures_on, as_of)": [
            (f"h{n}", n, "大额存单", "time", 30_000_000 + n, "CNY", "2026-11-26", "2026-11-22") for n in numbers
        ],
        'visit (id, client_id, state, channel, "on", two_way, inbound, marketing, entered_at)': [
            (f"v{n}", n, "held", "phone", "2026-05-01", 1, 0, 0, "2026-05-01T09:00:00.000+00:00") for n in numbers
        ],
        "occasion (id, client_id, kind, calendar, month, day, leap, once)": [
            (f"o{n}", n, "wedding", "solar", 11, 26, 0, 0) for n in numbers
        ],
    }
    for into, rows in given.items():
        marks = ", ".join("?" * len(rows[0]))
        work.bulk(f"INSERT INTO {into} VALUES ({marks})", rows, topics={Topic.CLIENTS})
    figures.refresh(work)


def clients_page(reads: Reader) -> object:
    """What the Clients page asks before it shows its first rows."""
    where = standing(reads, DAY)
    return table.rows_of(reads, where, table.find(reads, where, ClientFilter(), Order()).ids[:50])


ASKED: dict[str, Callable[[Reader], object]] = {
    "portfolio": lambda reads: portfolio.load(reads, DAY),
    "the list of the day": lambda reads: queries.care_day(reads, day=DAY),
    "occasions": lambda reads: queries.occasions_ahead(reads, DAY),
    "warnings": lambda reads: queries.warnings(reads, DAY),
    "the table of clients": clients_page,
    "the search index": build,
}


def statements(store: Store, ask: Callable[[Reader], object]) -> int:
    """How many statements a question runs."""
    reader = store.reader()
    told: list[str] = []
    reader._connection.set_trace_callback(told.append)
    ask(reader)
    reader._connection.set_trace_callback(None)
    reader.close()
    return len(told)


@pytest.mark.parametrize("what", ASKED)
def test_as_many_statements_for_many_clients_as_for_few(store: Store, what: str) -> None:
    perform(store, lambda work: add(work, 1, FEW + 1))
    few = statements(store, ASKED[what])
    perform(store, lambda work: add(work, FEW + 1, MANY + 1))
    assert 0 < statements(store, ASKED[what]) == few
