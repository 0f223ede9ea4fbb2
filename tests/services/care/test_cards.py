"""The cards beside the list: agenda, occasions ahead, maturities and falls."""

from __future__ import annotations

from datetime import date

from rmdesk.models.holdings import Account, MonthFact
from rmdesk.models.kinds import new_id
from rmdesk.models.occasions import Occasion
from rmdesk.services.care import queries
from rmdesk.services.store.store import Store
from tests.services.care.arrange import TODAY, WAN, Book, ago, book


def test_the_agenda_holds_visits_by_time_then_promises(store: Store) -> None:
    def arrange(made: Book) -> None:
        client = made.client("周文敏")
        made.visit(client, 0, state="planned", at="14:00", channel="at_client")
        made.visit(client, 0, state="planned", at=None)
        made.visit(client, 0, state="planned", at="09:30", channel="branch")
        made.visit(client, -1, state="planned", at="08:00")
        made.visit(client, 0, state="held", at="07:00")
        made.promise(client, 0)
        made.promise(client, 1)
        made.visit(made.client("已故", status="deceased"), 0, state="planned", at="10:00")

    book(store, arrange)
    rows = store.read(queries.agenda)
    assert [(row.kind, row.at, row.channel) for row in rows] == [
        ("visit", "09:30", "branch"),
        ("visit", "14:00", "at_client"),
        ("visit", None, "phone"),
        ("promise", None, None),
    ]


def test_occasions_of_the_week_by_day(store: Store) -> None:
    def arrange(made: Book) -> None:
        birthday = made.client("解晓光", birth_date="1966-11-22")
        made.client("无年", birth_date="----11-23"[1:])
        made.client("上周", birth_date="1970-11-20")
        made.client("勿扰", birth_date="1970-11-22", status="do_not_contact")
        made.client("开户", opened_on=date(2016, 11, 25))
        made.client("新开户", opened_on=TODAY)
        made.work.add(
            Occasion(
                id=new_id(),
                client_id=birthday,
                kind="child_event",
                month=11,
                day=26,
                year=2026,
                once=True,
                person="之子",
                title="高考",
            )
        )

    book(store, arrange)
    rows = store.read(queries.occasions_ahead)
    assert [(row.name, str(row.title), row.days, row.age, row.round) for row in rows] == [
        ("解晓光", "Birthday", 1, 60, True),
        ("无年", "Birthday", 2, None, False),
        ("开户", "Account anniversary", 4, 10, False),
        ("解晓光", "之子: 高考", 5, None, False),
    ]


def test_a_lunar_birthday_falls_on_its_solar_day(store: Store) -> None:
    def arrange(made: Book) -> None:
        client = made.client("周文敏", 1240 * WAN)
        made.work.add(
            Occasion(id=new_id(), client_id=client, kind="birthday", calendar="lunar", year=1975, month=10, day=16)
        )

    book(store, arrange)
    (row,) = store.read(queries.occasions_ahead)
    assert (str(row.title), row.on, row.calendar) == ("Lunar birthday", date(2026, 11, 24), "lunar")
    (item,) = store.read(queries.care_day).items
    assert str(item.reasons[0].text) == "Lunar birthday in 3 days"


def test_maturities_falls_and_watches_warn(store: Store) -> None:
    def arrange(made: Book) -> None:
        matures = made.client("陈国栋", 400 * WAN)
        made.matures(matures, 6, 120 * WAN)
        made.matures(matures, 8, 90 * WAN)
        made.matures(matures, 2, 80 * WAN, renewed=True)
        made.matures(made.client("撤回", marketing_consent=False), 6, 120 * WAN)
        falls = made.client("尉迟明")
        account = Account(number="F", client_id=falls, currency="CNY", balance_minor=60 * WAN, as_of=ago(1))
        made.work.add(account)
        made.work.flush()
        for back in (1, 2, 3):
            made.work.add(
                MonthFact(
                    client_id=falls, account_id=account.id, month=2026 * 12 + 10 - back, currency="CNY",
                    end_minor=100 * WAN, average_minor=100 * WAN,
                )
            )  # fmt: skip

    book(store, arrange)
    rows = store.read(queries.warnings)
    assert [(row.kind, row.name, str(row.text), row.amount_minor) for row in rows] == [
        ("maturity", "陈国栋", "Wealth product 1.2\N{NO-BREAK SPACE}M matures 11-27", 120 * WAN),
        ("fall", "尉迟明", "AUM −40% in 30 days", -40 * WAN),
    ]
