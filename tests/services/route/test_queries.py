"""The route reads what is planned, nothing else, and gives no number away."""

from __future__ import annotations

import pytest

from rmdesk.models.kinds import Channel, ClientId, ClientStatus
from rmdesk.services.clients.commands import AddProspect, SetStatus
from rmdesk.services.clients.rules import Details
from rmdesk.services.documents import plain as lines
from rmdesk.services.documents.blocks import texts
from rmdesk.services.route.document import document_of, plain
from rmdesk.services.route.queries import Route, route_of
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import CancelVisit, PlanVisit
from rmdesk.services.visits.entry import Entry
from tests.conftest import TODAY


def client(store: Store, name: str, district: str) -> ClientId:
    """A client in a district."""
    details = Details(name, phone="13800136620", district=district, address=f"{district}银杏大道 1 号")
    return store.perform(AddProspect(details)).result


@pytest.fixture
def planned(store: Store) -> dict[str, ClientId]:
    """A day of four visits."""
    found = {"甲": client(store, "甲", "青石区"), "乙": client(store, "乙", "云川区")}
    for name, at, channel, district in (
        ("乙", "11:00", Channel.AT_CLIENT, ""),
        ("甲", "09:00", Channel.AT_CLIENT, ""),
        ("甲", None, Channel.AT_CLIENT, "云川区"),
        ("乙", "08:30", Channel.PHONE, ""),
    ):
        entry = Entry(found[name], channel, on=TODAY, at=at, purpose=f"谈 {at}", district=district)
        store.perform(PlanVisit(entry))
    return found


def named(route: Route) -> list[tuple[str, list[tuple[str, str]]]]:
    """Districts with times and names."""
    return [(leg.district, [(one.at, one.name) for one in leg.stops]) for leg in route.plan.legs]


def test_visits_stand_in_their_own_district_or_in_the_clients(store: Store, planned: dict[str, ClientId]) -> None:
    route = store.read(route_of)
    assert named(route) == [
        ("", [("08:30", "乙")]),
        ("青石区", [("09:00", "甲")]),
        ("云川区", [("11:00", "乙"), ("", "甲")]),
    ]
    assert [leg.desk for leg in route.plan.legs] == [True, False, False]


def test_what_is_cancelled_or_on_another_day_is_not_on_it(store: Store, planned: dict[str, ClientId]) -> None:
    from datetime import timedelta

    store.perform(CancelVisit(store.read(route_of).plan.stops[0].visit, "下雨"))
    assert len(store.read(route_of).plan.stops) == 3
    assert store.read(route_of, TODAY + timedelta(1)).plan.stops == ()


def test_who_may_not_be_contacted_is_not_visited(store: Store, planned: dict[str, ClientId]) -> None:
    store.perform(SetStatus((planned["乙"],), ClientStatus.DO_NOT_CONTACT))
    assert {one.name for one in store.read(route_of).plan.stops} == {"甲"}


def test_the_document_masks_numbers_and_names_the_places(store: Store, planned: dict[str, ClientId]) -> None:
    document = document_of(store.read(route_of))
    whole = "\n".join(texts(document.blocks))
    assert "138 •••• 6620" in whole
    assert "13800136620" not in whole
    assert "From the desk" in whole
    assert "青石区银杏大道 1 号" in whole
    assert document.client is None


def test_a_day_without_visits_says_so(store: Store) -> None:
    assert "No visit is planned for this day." in "\n".join(lines.lines(document_of(store.read(route_of))))


def test_scripts_get_legs_and_conflicts(store: Store, planned: dict[str, ClientId]) -> None:
    store.perform(PlanVisit(Entry(planned["乙"], Channel.AT_CLIENT, on=TODAY, at="09:10", purpose="x")))
    data = plain(store.read(route_of))
    assert data["date"] == "2026-11-21"
    assert [leg["district"] for leg in data["legs"]] == [None, "青石区", "云川区"]
    assert data["conflicts"][0]["kind"] == "overlap"
    assert set(data["legs"][0]["visits"][0]) >= {"at", "client", "name", "phone"}
