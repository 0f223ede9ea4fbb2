"""The day's list from the store: lanes, marks, receipts, what-if."""

from __future__ import annotations

from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.holdings import Account
from rmdesk.models.kinds import Channel, ClientId, Lane, Purpose
from rmdesk.services.care import queries
from rmdesk.services.care.commands import MarkDone, Snooze, Unmark
from rmdesk.services.care.rows import Shade, Step
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from tests.services.care.arrange import WAN, Book, ago, book


def lanes(store: Store, **given: Any) -> dict[str, Lane]:
    return {item.name: item.lane for item in store.read(queries.care_day, **given).items}


def test_an_empty_portfolio_gives_an_empty_day(store: Store) -> None:
    day = store.read(queries.care_day)
    assert (day.items, day.done, day.waiting) == ((), 0, 0)
    assert set(day.lanes.values()) == {0}


def test_each_lane_gets_its_clients(store: Store) -> None:
    def arrange(made: Book) -> None:
        complaint = made.client("投诉", 300 * WAN)
        made.visit(complaint, 3)
        made.complaint(complaint, 19)  # working day 14 of 15
        promise = made.client("承诺", 300 * WAN)
        made.promise(promise, 0)
        maturity = made.client("到期", 10 * WAN)
        made.matures(maturity, 5, 60 * WAN)
        overdue = made.client("久未联系", 300 * WAN)
        made.visit(overdue, 80)
        silent = made.client("忠诚", 300 * WAN, opened_on=ago(12 * 366))
        made.visit(silent, 100)
        for kind in ("fund", "bond", "insurance", "metal"):
            made.matures(silent, 400, 10 * WAN, kind=kind)
        made.client("资产未知")
        recent = made.client("刚联系", 30 * WAN)
        made.visit(recent, 1)

    book(store, arrange)
    assert lanes(store) == {
        "投诉": Lane.MUST,
        "承诺": Lane.MUST,
        "到期": Lane.MUST,
        "久未联系": Lane.PRIORITY,
        "忠诚": Lane.PRIORITY,  # no months known: loyalty stays below the limit
        "刚联系": Lane.PRIORITY,  # an acquainted client of tier T3 is a little too strange
        "资产未知": Lane.INCOMPLETE,
    }


def test_waking_names_no_product_and_nothing_that_matures(store: Store) -> None:
    def arrange(made: Book) -> None:
        maturity = made.client("到期", 60 * WAN)
        made.visit(maturity, 200)
        made.matures(maturity, 5, 60 * WAN)
        lapsed = made.client("到期未续", 60 * WAN)
        made.visit(lapsed, 200)
        made.matures(lapsed, -15, 60 * WAN, renewed=False)
        complaint = made.client("投诉", 60 * WAN)
        made.visit(complaint, 200)
        made.complaint(complaint, 19)
        made.matures(complaint, 5, 60 * WAN)
        promise = made.client("承诺", 60 * WAN)
        made.promise(promise, 0)

    book(store, arrange)
    usual, rows = (
        {item.name: item for item in store.read(queries.care_day, purpose).items}
        for purpose in (Purpose.MAINTAIN, Purpose.WAKE)
    )
    told = {
        name: " ".join(str(one) for one in (*(reason.text for reason in item.reasons), item.action.text))
        for name, item in (*((f"{name}, usually", item) for name, item in usual.items()), *rows.items())
    }
    assert "matures" in told["到期, usually"]
    assert "Plan renewal" in told["到期, usually"]
    assert "not renewed" in told["到期未续, usually"]
    for name in rows:
        assert not any(word in told[name] for word in ("matur", "renew", "Wealth", "稳健")), told[name]
        assert rows[name].action.step is not Step.RENEW
        assert all(reason.shade is not Shade.OPPORTUNITY for reason in rows[name].reasons)
    assert {name: item.lane for name, item in rows.items()} == {
        "投诉": Lane.MUST,
        "承诺": Lane.MUST,
        "到期": Lane.PRIORITY,
        "到期未续": Lane.PRIORITY,
    }
    made, lines = store.read(queries.receipts_of, Purpose.WAKE)
    for item in made.items:
        assert round(sum(line.points for line in lines[item.client]), 1) == pytest.approx(item.score, abs=0.05)
        assert not any("matures" in str(line.input) for line in lines[item.client])


def test_the_deceased_and_those_who_want_no_contact_are_never_listed(store: Store) -> None:
    def arrange(made: Book) -> int:
        for number, fields in enumerate(
            ({"status": "deceased"}, {"status": "do_not_contact"}, {"marketing_consent": False}, {"status": "closed"})
        ):
            client = made.client(f"不{number}", 300 * WAN, **fields)
            made.visit(client, 300)
            made.complaint(client, 14)
        return client

    client = book(store, arrange)
    day = store.read(queries.care_day)
    assert day.items == ()
    receipt = store.read(queries.receipt, ClientId(client))
    assert (str(receipt.excluded), receipt.lines, receipt.rank) == ("Closed: no longer a client", (), None)


def test_a_row_says_why_and_what_next(store: Store) -> None:
    def arrange(made: Book) -> None:
        client = made.client("周文敏", 1240 * WAN, birth_date="1975-11-24", opened_on=ago(9 * 365))
        made.visit(client, 41)
        made.matures(client, 3, 120 * WAN)

    book(store, arrange)
    (item,) = store.read(queries.care_day).items
    assert (item.lane, item.action.step, item.tier, item.group) == (Lane.MUST, Step.RENEW, "T5", "G3")
    assert [str(reason.text) for reason in item.reasons] == [
        "Wealth product 1.2\N{NO-BREAK SPACE}M matures 11-24",
        "No contact for 41 days (due ≤ 10)",
        "Birthday in 3 days",
        "Less familiar than the tier deserves",
    ]
    assert sum(points for _shade, points in item.bars) == pytest.approx(item.score, abs=0.05)


def test_the_receipt_adds_up_and_names_its_inputs(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("陈国栋", 412 * WAN)
        made.visit(client, 28)
        made.complaint(client, 6)
        return client

    client = book(store, arrange)
    receipt = store.read(queries.receipt, ClientId(client))
    assert sum(line.points for line in receipt.lines) == pytest.approx(receipt.score, abs=0.05)
    assert (receipt.rank, receipt.of) == (1, 1)
    contact = receipt.lines[0]
    assert str(contact.input) == "28 days since the last contact, cadence 21"
    assert contact.as_of == ago(28)
    assert receipt.lines[5].points == pytest.approx(10 * 0.3 * 5 / 15)
    assert str(receipt.lines[5].input) == "Open complaint: working day 5 of 15"


def test_without_any_contact_on_record_the_gap_is_unknown_not_long(store: Store) -> None:
    client = book(store, lambda made: made.client("新来", 412 * WAN))
    contact, familiar = store.read(queries.receipt, ClientId(client)).lines[:2]
    assert (contact.points, contact.known, str(contact.input)) == (0, False, "Last contact unknown, not scored")
    assert (familiar.points, familiar.known) == (0, False)


def test_a_desk_that_has_recorded_for_long_knows_whom_it_never_contacted(store: Store) -> None:
    def arrange(made: Book) -> int:
        made.visit(made.client("别人", 30 * WAN), 200)
        return made.client("从未", 412 * WAN)

    client = book(store, arrange)
    contact = store.read(queries.receipt, ClientId(client)).lines[0]
    assert str(contact.input) == "No recorded contact in 200 days, cadence 21"
    assert contact.points > 0


def test_unknown_aum_leaves_money_signals_unknown(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("资产未知")
        made.visit(client, 5)
        return client

    client = book(store, arrange)
    receipt = store.read(queries.receipt, ClientId(client))
    assert receipt.lane is Lane.INCOMPLETE
    assert {line.rule for line in receipt.lines if not line.known} == {"C", "F", "M"}
    assert receipt.action is not None
    assert receipt.action.step is Step.COMPLETE


def test_calling_today_would_lower_the_score(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("解晓光", 366 * WAN)
        made.visit(client, 60)
        other = made.client("仇慧", 300 * WAN)
        made.visit(other, 30)
        return client

    client = book(store, arrange)
    now = store.read(queries.receipt, ClientId(client))
    then = store.read(queries.receipt, ClientId(client), what_if=Channel.PHONE)
    assert (now.rank, then.rank, then.before) == (1, 2, now.score)
    assert then.score < now.score
    assert then.lines[0].points == 0


def test_a_mark_takes_a_client_off_and_its_inverse_brings_the_same_list_back(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("唐敏", 300 * WAN)
        made.visit(client, 60)
        return client

    client = ClientId(book(store, arrange))
    before = store.read(queries.care_day)
    done = store.perform(MarkDone(client, score=before.items[0].score))
    day = store.read(queries.care_day)
    assert (day.items, day.done, [mark.name for mark in day.marks]) == ((), 1, ["唐敏"])
    assert done.inverse is not None
    undone = store.perform(done.inverse)
    assert store.read(queries.care_day) == before
    assert undone.inverse is not None
    store.perform(undone.inverse)
    assert store.read(queries.care_day) == day


def test_done_rests_for_some_days_unless_something_must_be_done(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("唐敏", 300 * WAN)
        made.visit(client, 60)
        return client

    client = ClientId(book(store, arrange))
    store.perform(MarkDone(client))
    assert lanes(store, day=ago(-2)) == {}
    assert lanes(store, day=ago(-3)) == {"唐敏": Lane.PRIORITY}
    book(store, lambda made: made.promise(client, 1))
    assert lanes(store, day=ago(-1)) == {"唐敏": Lane.MUST}


def test_snoozed_comes_back_on_its_day(store: Store) -> None:
    def arrange(made: Book) -> int:
        client = made.client("唐敏", 300 * WAN)
        made.visit(client, 60)
        return client

    client = ClientId(book(store, arrange))
    with pytest.raises(Refused) as refused:
        store.perform(Snooze(client, ago(0)))
    assert refused.value.field == "until"
    mark = store.perform(Snooze(client, ago(-5), "出差")).result
    assert store.read(queries.care_day).snoozed == 1
    assert lanes(store, day=ago(-4)) == {}
    assert lanes(store, day=ago(-5)) == {"唐敏": Lane.PRIORITY}
    store.perform(Unmark(mark))
    assert lanes(store) == {"唐敏": Lane.PRIORITY}


def test_a_limit_cuts_the_list_and_keeps_its_order(store: Store) -> None:
    def arrange(made: Book) -> None:
        for number in range(9):
            made.visit(made.client(f"客户{number}", (100 + number) * WAN), 30 + number)

    book(store, arrange)
    whole = [item.client for item in store.read(queries.care_day).items]
    cut = store.read(queries.care_day, limit=4)
    assert [item.client for item in cut.items] == whole[:4]
    assert [item.rank for item in cut.items] == [1, 2, 3, 4]


def test_other_weights_show_the_list_before_and_after(store: Store) -> None:
    def arrange(made: Book) -> None:
        made.visit(made.client("久未联系", 300 * WAN), 80)
        complaint = made.client("投诉", 300 * WAN)
        made.visit(complaint, 20)
        made.complaint(complaint, 6)

    book(store, arrange)
    moved = store.read(queries.compare, Purpose.MAINTAIN, {"C": 0, "S": 100})
    assert [(row.name, row.rank_before, row.rank_after) for row in moved] == [("投诉", 2, 1), ("久未联系", 1, 2)]


def test_the_day_is_as_long_as_measured_or_as_set(store: Store) -> None:
    def arrange(made: Book) -> None:
        for number in range(40):
            client = made.client(f"客户{number}", (100 + number) * WAN)
            made.visit(client, 40)
            for day in range(12):
                if number < 8:
                    made.visit(client, 3 + day, two_way=False)

    book(store, arrange)
    assert store.read(queries.care_day).length == 10  # 40 and 12 times 8 contacts on 13 days
    store.perform(ChangeSetting("care.day_length", 6))
    day = store.read(queries.care_day)
    assert (day.length, len(day.items)) == (6, 6)


def test_a_currency_without_a_rate_is_named(store: Store) -> None:
    def arrange(made: Book) -> None:
        client = made.client("外币", 100 * WAN)
        made.work.add(Account(number="U", client_id=client, currency="USD", balance_minor=5))

    book(store, arrange)
    assert "Amounts in USD have no exchange rate and are left out of the AUM." in [
        str(note) for note in store.read(queries.care_day).notes
    ]


def test_a_list_of_a_huge_portfolio_stays_readable_and_says_so(store: Store) -> None:
    def arrange(made: Book) -> None:
        for number in range(210):
            made.promise(made.client(f"客户{number}", 10 * WAN), 0)

    book(store, arrange)
    day = store.read(queries.care_day)
    assert (len(day.items), day.lanes[Lane.MUST]) == (200, 210)
    assert "Only the first 200 rows are listed." in [str(note) for note in day.notes]


def test_ranks_on_receipts_are_those_of_the_list_and_go_on_behind_it(store: Store) -> None:
    def arrange(made: Book) -> list[int]:
        clients = [made.client(f"客户{number}", (50 + 90 * number) * WAN) for number in range(16)]
        for number, client in enumerate(clients):
            made.visit(client, 9 * number)
        made.promise(clients[2], 0)
        return clients

    clients = book(store, arrange)
    store.perform(ChangeSetting("care.day_length", 5))
    ranks = {client: store.read(queries.receipt, ClientId(client)).rank for client in clients}
    assert sorted(rank or 0 for rank in ranks.values()) == list(range(1, 17))
    listed = store.read(queries.care_day).items
    assert len(listed) < 16
    assert [ranks[item.client] for item in listed] == [item.rank for item in listed]
    assert listed[0].client == clients[2]
