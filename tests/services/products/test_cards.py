"""Product cards: what the bank tells, what the team writes, who holds and who may be offered what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.holdings import Holding, Product
from rmdesk.models.kinds import ClientId
from rmdesk.services.products import cards, suitability
from rmdesk.services.products.commands import RemoveCard, WriteCard
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.conftest import TODAY
from tests.support.build import perform


def client(work: UnitOfWork, name: str, level: int | None, assessed: date | None = TODAY, **more: object) -> ClientId:
    made = Client(name=name, risk_level=level, risk_on=assessed, **more)
    work.add(made)
    work.flush()
    return ClientId(made.id)


def held(work: UnitOfWork, who: ClientId, key: str, **more: object) -> None:
    work.add(Holding(**{"key": key, "client_id": who, "name": key, "kind": "fund", "currency": "CNY"} | more))


@pytest.fixture
def people(store: Store) -> dict[str, ClientId]:
    """One holder of the fund F3 (R3), one who held it once, and four more with other levels."""

    def make(work: UnitOfWork) -> dict[str, ClientId]:
        fund = Product(code="F3", name="均衡基金", kind="fund", risk=3, currency="CNY")
        work.add(fund)
        work.add(Product(code="D1", name="一年定期", kind="time", risk=None))
        work.flush()
        made = {
            "holder": client(work, "王一", 4),
            "once": client(work, "王二", 3),
            "low": client(work, "王三", 2),
            "old": client(work, "王四", 5, TODAY - timedelta(400)),
            "unknown": client(work, "王五", None, None),
            "gone": client(work, "王六", 5, status="closed"),
        }
        held(work, made["holder"], "H1", product_id=fund.id, amount_minor=1_000_00)
        held(work, made["holder"], "H2", product_id=fund.id, amount_minor=None)
        held(work, made["once"], "H3", product_id=fund.id, amount_minor=5_00, ended_on=TODAY)
        return made

    return perform(store, make)


def test_a_card_tells_how_many_hold_the_product_and_how_much(store: Store, people: dict[str, ClientId]) -> None:
    fund = store.read(cards.card_of, "F3")
    assert fund is not None
    assert (fund.clients, fund.amount_minor, fund.held_in, fund.written) == (1, 1_000_00, "CNY", False)
    assert [one.code for one in store.read(cards.cards)] == ["D1", "F3"]
    assert store.read(cards.card_of, "none") is None


def test_amounts_in_other_currencies_count_by_the_portfolio_s_rates(store: Store, people: dict[str, ClientId]) -> None:
    def more(work: UnitOfWork) -> None:
        product = work.value("SELECT id FROM product WHERE code = 'F3'")
        held(work, people["low"], "USD", product_id=product, amount_minor=100_00, currency="USD")
        work.bulk("INSERT INTO setting (key, value) VALUES ('general.fx_rates', '{\"USD\": \"7\"}')", topics=())

    perform(store, more)
    fund = store.read(cards.card_of, "F3")
    assert fund is not None
    assert (fund.clients, fund.amount_minor) == (2, 1_000_00 + 700_00)


def test_who_may_be_offered_a_product_and_why_the_others_may_not(store: Store, people: dict[str, ClientId]) -> None:
    found = store.read(cards.reach_of, "F3")
    assert (found.holders, found.may) == ((people["holder"],), (people["once"],))
    assert found.stopped == {"too_risky": 1, "expired": 1, "no_level": 1}


def test_the_gate_answers_for_one_client_and_says_what_to_do(store: Store, people: dict[str, ClientId]) -> None:
    def of(name: str, code: str = "F3") -> suitability.Suitability:
        return store.read(suitability.check, people[name], code)

    assert of("holder").ok
    assert not of("low").ok
    assert of("low").whole == "R3 is above the client's level C2. Offer a product of at most R2."
    assert "ended on" in of("old").whole
    assert of("unknown", "D1").code == "free"
    assert dict(store.read(lambda reads: list(suitability.screen(reads, "F3"))))[people["low"]].code == "too_risky"
    with pytest.raises(Refused, match="no product"):
        of("low", "none")


def test_a_card_is_written_anew_and_taken_away(store: Store, people: dict[str, ClientId]) -> None:
    store.perform(WriteCard("F3", "股债均衡", "长期资金"))
    outcome = store.perform(WriteCard("F3", "股债均衡\n回撤 15%"))
    card = store.read(cards.card_of, "F3")
    assert card is not None
    assert (card.facts, card.suits, card.written_on) == ("股债均衡\n回撤 15%", "", TODAY)
    assert outcome.inverse is not None
    store.perform(outcome.inverse)
    card = store.read(cards.card_of, "F3")
    assert card is not None
    assert card.suits == "长期资金"
    store.perform(RemoveCard("F3"))
    with pytest.raises(Refused):
        store.perform(RemoveCard("F3"))
    with pytest.raises(Refused) as empty:
        store.perform(WriteCard("F3", " "))
    assert empty.value.field == "facts"
