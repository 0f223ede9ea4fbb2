"""The columns of the portfolio: kept until something is written, the same for one client as for all."""

from __future__ import annotations

import numpy as np
import pytest

from rmdesk.models.holdings import MonthFact
from rmdesk.models.kinds import ClientId, Purpose, new_id
from rmdesk.models.relations import Referral
from rmdesk.models.segments import FamiliarityOverride, KycBlock, ManAnswer
from rmdesk.services.care import loading, portfolio, queries
from rmdesk.services.care.commands import MarkDone
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.care.kept import care_day, keep
from rmdesk.services.store.store import Store
from tests.services.care.arrange import TODAY, WAN, Book, ago, book


def arrange(made: Book) -> list[int]:
    clients = [made.client(f"客户{number}", 100 * number * WAN, opened_on=ago(900 * number)) for number in range(6)]
    for number, client in enumerate(clients):
        made.visit(client, 10 * number, channel="branch")
        made.visit(client, 5, two_way=False)
        made.visit(client, 200, inbound=True)
        made.matures(client, 3 * number, 5 * WAN)
    return clients


def test_one_client_alone_has_the_figures_of_the_whole(store: Store) -> None:
    clients = book(store, arrange)
    reader = store.reader()
    whole = portfolio.load(reader)
    for client in clients:
        alone, at = portfolio.load(reader, clients=[client]), whole.place(client)
        assert alone.size == 1
        for line, values in whole.inputs.items():
            assert np.array_equal(alone.inputs[line][[0]], values[[at]], equal_nan=True), line
        assert alone.loyalty[0] == whole.loyalty[at]
    reader.close()


def test_it_is_kept_until_something_is_written(store: Store) -> None:
    clients = book(store, arrange)
    reader = store.reader()
    first = portfolio.current(reader)
    assert portfolio.current(reader) is first
    assert portfolio.current(reader, ago(1)) is not first
    first = portfolio.current(reader)
    store.perform(MarkDone(ClientId(clients[0])))
    assert portfolio.current(reader) is not first
    first = portfolio.current(reader)
    keep(store, care_day(reader))  # changes nothing that it was made of
    assert portfolio.current(reader) is first
    portfolio.forget(reader)
    assert portfolio.current(reader) is not first
    reader.close()


def test_readers_of_one_file_share_it(store: Store) -> None:
    clients = book(store, arrange)
    one, other = store.reader(), store.reader()
    whole = portfolio.current(one)
    assert portfolio.current(other) is whole
    store.perform(MarkDone(ClientId(clients[0])))
    anew = portfolio.current(other)
    assert anew is not whole
    assert portfolio.current(one) is anew
    one.close()
    other.close()


def test_each_column_that_is_kept_keeps_no_more_than_itself(store: Store) -> None:
    book(store, arrange)
    whole = store.read(portfolio.load)
    kept = [getattr(whole, name) for name in Portfolio.__annotations__]
    kept += [column for some in (whole.inputs, whole.signals, whole.measures) for column in some.values()]
    columns = [column for column in kept if isinstance(column, np.ndarray)]
    assert len(columns) > 50
    for column in columns:
        assert column.base is None or column.base.nbytes == column.nbytes
    assert {whole.measures[name].dtype for name in ("falling", "kinds", "q", "told_M")} == {np.dtype(np.float32)}


def test_an_unanswered_message_and_an_older_contact_do_not_reset_the_clock(store: Store) -> None:
    clients = book(store, arrange)
    whole = store.read(portfolio.load)
    assert whole.gap.tolist() == [0, 10, 20, 30, 40, 50]
    book(store, lambda made: made.visit(clients[3], 300))
    assert store.read(portfolio.load).gap.tolist() == [0, 10, 20, 30, 40, 50]


def test_knowledge_words_and_answers_of_the_manager(store: Store) -> None:
    def more(made: Book) -> int:
        client = made.client("熟客", 300 * WAN)
        for days in (1, 9):
            made.visit(client, days, channel="at_client")
        for number, confirmed in enumerate((30,) * 6 + (400, None)):
            made.work.add(
                KycBlock(
                    client_id=client,
                    area=("person", "family", "career")[number // 3],
                    tense=("past", "present", "future")[number % 3],
                    text="x",
                    confirmed_on=None if confirmed is None else ago(confirmed),
                )
            )
        made.work.add(ManAnswer(client_id=client, letter="A", answer="no", answered_on=TODAY))
        for days in (10, 800):
            made.work.add(Referral(id=new_id(), client_id=client, name="x", on=ago(days), confirmed=True))
        made.work.add(Referral(id=new_id(), client_id=client, name="x", on=ago(10), confirmed=False))
        return client

    client = book(store, more)
    whole = store.read(portfolio.load)
    assert (whole.measures["q"][0], whole.measures["k"][0], whole.familiarity[0], whole.group[0]) == (4, 6, 2, 1)
    assert (whole.measures["referrals"][0], whole.measures["recent"][0]) == (2, 1)
    # Authority was denied; the demand balance hints at money, which is an offer and no answer.
    assert (whole.man_low[0], whole.man_high[0], whole.measures["hint_M"][0]) == (3, 5, 1)
    book(
        store,
        lambda made: made.work.add(
            FamiliarityOverride(client_id=client, familiarity="stranger", reason="x", set_on=ago(180))
        ),
    )
    assert store.read(portfolio.load).familiarity[0] == 0
    assert store.read(portfolio.load, ago(-1)).familiarity[0] == 2


def test_an_empty_portfolio_has_empty_columns(store: Store) -> None:
    whole = store.read(portfolio.load)
    assert (whole.size, whole.must(Purpose.MAINTAIN).tolist(), whole.place(1)) == (0, [], None)


def test_ties_follow_the_banks_number_not_the_order_of_the_file(store: Store) -> None:
    def arrange(made: Book) -> None:
        for number in ("10", None, "9", "X1", "8"):
            made.visit(made.client("王小明", 300 * WAN, number=number), 60)

    book(store, arrange)
    listed = store.read(queries.care_day, limit=5).items
    assert [item.number for item in listed] == ["8", "9", "10", "X1", None]
    assert len({item.score for item in listed}) == 1


def test_a_month_that_nobody_told_is_no_month_below_the_tier(store: Store) -> None:
    told = {0: 2000, 1: 2000, 2: 2000, 3: 0, 4: 0, 6: 0, 7: 0}  # the mean is below T5 in May, July and August

    def arrange(made: Book) -> None:
        client = made.client("王小明", 50 * WAN)
        for month, amount in told.items():
            fact = {"month": 2026 * 12 + month, "average_minor": amount * WAN, "currency": "CNY"}
            made.work.add(MonthFact(client_id=client, **fact))

    book(store, arrange)
    whole = store.read(portfolio.load)
    assert (whole.tier[0], whole.below[0], whole.watch[0]) == (5, 3, False)


def test_a_manager_who_comes_later_is_no_change_of_manager(store: Store) -> None:
    clients = book(store, lambda made: [made.client(f"客户{days}", WAN, manager_since=ago(days)) for days in (10, -10)])
    whole = store.read(portfolio.load)
    assert [float(whole.signals["manager"][whole.place(client)]) for client in clients] == [1, 0]


MOST_BYTES = 400  # a client: 40 MB with a hundred thousand


def test_a_client_takes_few_bytes_in_memory(store: Store) -> None:
    book(store, arrange)
    whole = store.read(portfolio.load)
    columns = [getattr(whole, name) for name in whole.__match_args__]
    parts = [one for column in columns for one in (column.values() if isinstance(column, dict) else (column,))]
    assert sum(one.itemsize for one in parts if isinstance(one, np.ndarray)) <= MOST_BYTES


def test_what_has_no_room_in_a_byte_fails_and_never_becomes_another_number() -> None:
    assert loading._tiny(np.array([-128, 0, 127])).tolist() == [-128, 0, 127]
    assert loading._tiny(np.array([], dtype=np.int64)).size == 0
    for strange in (128, -129, 300, np.nan):
        with pytest.raises(OverflowError):
            loading._tiny(np.array([1, strange]))
