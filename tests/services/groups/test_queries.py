"""Group clients in the store (domain §13): members once, one currency, drafts apart, capital with its day."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.base.errors import Refused
from rmdesk.base.money import Money
from rmdesk.models.clients import Client
from rmdesk.models.kinds import ClientId, ExposureKind, RecordId
from rmdesk.services.groups import credit, queries
from rmdesk.services.groups.commands import (
    AddMember,
    EditGroup,
    EditMember,
    MakeGroup,
    Party,
    RemoveGroup,
    RemoveMember,
)
from rmdesk.services.groups.facts import Draft, GroupFile
from rmdesk.services.groups.rules import Light
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.products.test_cards import held
from tests.support.build import perform

LOAN, BILLS = ExposureKind.LOAN, ExposureKind.BILLS


def yuan(units: int) -> Money:
    return Money(units * 100, "CNY")


def file(store: Store, group: str) -> GroupFile:
    found = store.read(queries.group_of, group)
    assert found is not None
    return found


def party(store: Store, name: str) -> RecordId:
    return RecordId(store.read(lambda reads: reads.value("SELECT id FROM credit_party WHERE name = ?", (name,))))


def owe(store: Store, name: str, kind: ExposureKind, units: int | None, **more: object) -> RecordId:
    owed = credit.Owed(kind, None if units is None else yuan(units), **more)  # type: ignore[arg-type]
    return store.perform(credit.NoteExposure(party(store, name), owed)).result


@pytest.fixture
def group(store: Store) -> RecordId:
    """Holding over Foundry and Trade; Logistics stands under both. Holding is a client of the bank."""

    def make(work) -> ClientId:  # type: ignore[no-untyped-def]
        client = Client(name="Holding", kind="company")
        work.add(client)
        work.flush()
        return ClientId(client.id)

    client = perform(store, make)
    made = store.perform(MakeGroup("G", Party(client))).result
    top = party(store, "Holding")
    for name in ("Foundry", "Trade"):
        store.perform(AddMember(made, Party(name=name), top, 6_000))
    for above in ("Foundry", "Trade"):
        store.perform(AddMember(made, Party(name="Logistics"), party(store, above)))
    store.perform(credit.SetCapital(date(2026, 9, 30), yuan(1_000), yuan(800)))
    return made


def test_a_shared_member_stands_twice_in_the_tree_and_counts_once(store: Store, group: RecordId) -> None:
    owe(store, "Logistics", LOAN, 40)
    found = file(store, group)
    assert [(node.name, node.depth, node.shared) for node in found.nodes] == [
        ("Holding", 0, False), ("Foundry", 1, False), ("Logistics", 2, False),
        ("Trade", 1, False), ("Logistics", 2, True),
    ]  # fmt: skip
    assert found.standing().total.minor == 40_00
    other = store.perform(MakeGroup("H", Party(name="Logistics"))).result
    assert file(store, other).standing().total.minor == 40_00
    assert file(store, other).nodes[0].also_in == ("G",)


def test_each_limit_has_its_line_and_the_worst_one_gives_the_light(store: Store, group: RecordId) -> None:
    owe(store, "Foundry", LOAN, 110)
    owe(store, "Trade", BILLS, 20)
    standing = file(store, group).standing()
    assert [(line.limit.code, line.total.minor, line.limit_minor, line.light) for line in standing.lines] == [
        ("group", 130_00, 150_00, Light.WATCH),
        ("connected", 130_00, 160_00, Light.WATCH),
        ("single", 110_00, 120_00, Light.NEAR),
    ]
    assert (standing.light, standing.lines[2].name, standing.lines[2].room_minor) == (Light.NEAR, "Foundry", 10_00)
    row = store.read(queries.groups)[0]
    assert (row.name, row.members, row.standing.light) == ("G", 4, Light.NEAR)


def test_a_draft_deal_is_weighed_without_being_saved_and_saved_when_wanted(store: Store, group: RecordId) -> None:
    owe(store, "Foundry", LOAN, 100)
    found = file(store, group)
    deal = Draft(party(store, "Trade"), LOAN, 60_00)
    assert (found.standing().light, found.standing(deal).light) == (Light.WATCH, Light.REACHED)
    assert found.standing(Draft(deal.party, LOAN, None)).total.at_least
    kept = owe(store, "Trade", LOAN, 60, draft=True)
    found = file(store, group)
    assert (found.standing().light, found.standing(drafts=True).light) == (Light.WATCH, Light.REACHED)
    store.perform(credit.EditExposure(kept, credit.Owed(LOAN, yuan(60))))
    assert file(store, group).standing().light is Light.REACHED


def test_an_unknown_exposure_makes_the_total_at_least_and_says_so(store: Store, group: RecordId) -> None:
    owe(store, "Foundry", LOAN, 10)
    unknown = owe(store, "Trade", ExposureKind.GUARANTEES, None)
    standing = file(store, group).standing()
    assert (standing.total.minor, standing.total.at_least, standing.light) == (10_00, True, Light.WATCH)
    assert any("at least" in reason.said for reason in standing.reasons)
    store.perform(credit.RemoveExposure(unknown))
    assert file(store, group).standing().light is Light.GREEN


def test_a_capital_figure_older_than_a_quarter_never_shows_green(store: Store, group: RecordId) -> None:
    owe(store, "Foundry", LOAN, 1)
    found = store.read(queries.group_of, group, date(2027, 1, 1))
    assert found is not None
    assert found.capital is not None
    assert (found.capital.on, found.capital.stale, found.standing().light) == (date(2026, 9, 30), True, Light.WATCH)
    assert any("2026-09-30" in reason.said for reason in found.standing().reasons)
    perform(store, lambda work: work.bulk("DELETE FROM capital_figure", topics=()))
    assert file(store, group).standing().light is Light.UNKNOWN


def test_loans_the_bank_tells_of_count_and_other_currencies_by_the_rates(store: Store, group: RecordId) -> None:
    def tell(work) -> None:  # type: ignore[no-untyped-def]
        client = work.value("SELECT client_id FROM credit_party WHERE client_id IS NOT NULL")
        held(work, client, "L1", kind="loan", amount_minor=30_00)
        held(work, client, "F1", kind="fund", amount_minor=99_00)
        work.bulk("INSERT INTO setting (key, value) VALUES ('general.fx_rates', '{\"USD\": \"7\"}')", topics=())

    perform(store, tell)
    owe(store, "Holding", LOAN, 20)
    dollars = credit.Owed(BILLS, Money(2_00, "USD"))
    store.perform(credit.NoteExposure(party(store, "Trade"), dollars))
    found = file(store, group)
    assert [(one.name, one.worth_minor, one.told) for one in found.exposures] == [
        ("Holding", 20_00, False), ("Trade", 14_00, False), ("Holding", 30_00, True),
    ]  # fmt: skip
    assert found.standing().total.minor == 30_00 + 14_00
    store.perform(credit.NoteExposure(party(store, "Trade"), credit.Owed(BILLS, Money(2_00, "GBP"))))
    assert file(store, group).standing().total.at_least  # no rate: unknown, not zero


def test_a_saved_draft_comes_on_top_of_the_loans_the_bank_tells_of(store: Store, group: RecordId) -> None:
    def tell(work) -> None:  # type: ignore[no-untyped-def]
        client = work.value("SELECT client_id FROM credit_party WHERE client_id IS NOT NULL")
        held(work, client, "L1", kind="loan", amount_minor=30_00)

    perform(store, tell)
    typed = file(store, group).standing(Draft(party(store, "Holding"), LOAN, 25_00))
    owe(store, "Holding", LOAN, 25, draft=True)
    found = file(store, group)
    assert (found.standing().total.minor, typed.total.minor) == (30_00, 55_00)
    assert found.standing(drafts=True).total.minor == typed.total.minor  # saved or typed, it is the same deal


def test_guarantees_in_a_circle_are_named(store: Store, group: RecordId) -> None:
    names = ("Holding", "Foundry", "Outsider")
    for one, other in zip(names, (*names[1:], names[0]), strict=True):
        store.perform(
            credit.NoteGuarantee(Party(name=one) if one == "Outsider" else _known(store, one), _known_or(store, other))
        )
    found = file(store, group)
    told = {one.guarantor: one.guarantor_name for one in found.guarantees}
    assert [sorted(told[one] for one in circle) for circle in found.circles] == [sorted(names)]


def _known(store: Store, name: str) -> Party:
    return Party(known=party(store, name))


def _known_or(store: Store, name: str) -> Party:
    return Party(name=name) if name == "Outsider" else _known(store, name)


def test_a_tree_has_no_loops_and_no_place_twice(store: Store, group: RecordId) -> None:
    member = next(node.member for node in file(store, group).nodes if node.name == "Foundry")
    for command, field in (
        (EditMember(RecordId(member), party(store, "Logistics")), "under"),
        (AddMember(group, _known(store, "Trade"), party(store, "Trade")), "under"),
        (AddMember(group, _known(store, "Trade"), party(store, "Holding")), "who"),
        (AddMember(group, Party(name="New"), RecordId("0" * 32)), "under"),
        (AddMember(group, Party(name="New"), None, 10_001), "share"),
        (AddMember(group, Party()), "who"),
        (MakeGroup("G", Party(name="New")), "name"),
        (credit.NoteGuarantee(_known(store, "Trade"), _known(store, "Trade")), "debtor"),
        (credit.SetCapital(TODAY, None, None), "net"),
    ):
        with pytest.raises(Refused) as refused:
            store.perform(command)  # type: ignore[arg-type]
        assert refused.value.field == field, command


def test_who_stood_under_a_member_that_goes_moves_up_and_a_group_goes_without_its_parties(
    store: Store, group: RecordId
) -> None:
    foundry = next(node.member for node in file(store, group).nodes if node.name == "Foundry")
    store.perform(RemoveMember(RecordId(foundry)))
    places = sorted((node.name, node.depth) for node in file(store, group).nodes)
    assert places == [("Holding", 0), ("Logistics", 1), ("Logistics", 2), ("Trade", 1)]
    client = file(store, group).nodes[0].client
    assert client is not None
    assert store.read(queries.groups_of, client) == ((group, "G"),)
    store.perform(EditGroup(group, "Gruppe"))
    assert store.read(queries.group_named, "Grup") == group
    store.perform(RemoveGroup(group))
    assert store.read(queries.groups) == ()
    assert party(store, "Trade") is not None
