"""Coaching tags over time, and how ready clients are to be handed over."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.models.holdings import ClientFigures
from rmdesk.models.kinds import ClientId, Taste, Word, new_id
from rmdesk.models.team import Review
from rmdesk.services.profile.commands import SetPreferences
from rmdesk.services.segments.commands import AREAS, TENSES, ConfirmKycBlock
from rmdesk.services.store.store import Store
from rmdesk.services.team import readiness
from rmdesk.services.team.insights import plain, team_insights
from rmdesk.services.team.readiness import LINES, readiness_of
from rmdesk.services.team.tags import Way, last_months, tag_trend
from rmdesk.services.visits.promises import AddPromise, KeepPromise
from tests.conftest import TODAY
from tests.services.team import arrange
from tests.support.build import perform


@pytest.fixture
def client(store: Store) -> ClientId:
    """A client of the highest tier, of whom nothing is on record."""
    arrange.be_lead(store)
    made = arrange.client(store)
    perform(store, lambda work: work.add(
        ClientFigures(client_id=made, currency="CNY", aum_minor=2_000_000_000, aum_on=TODAY)
    ))  # fmt: skip
    return made


def parts(store: Store, client: ClientId) -> dict[str, float]:
    """What is earned of each line."""
    row = store.read(readiness_of, client)
    assert row is not None
    assert row.score == pytest.approx(readiness.score({line.name: line.part for line in row.lines}))
    return {line.name: line.part for line in row.lines}


def test_what_is_missing_before_a_hand_over_is_named_line_by_line(store: Store, client: ClientId) -> None:
    assert parts(store, client) == {
        "kyc": 0, "visit": 0, "promises": 1, "complaints": 1, "preferences": 0, "relations": 0,
    }  # fmt: skip
    row = store.read(readiness_of, client)
    assert row is not None
    assert [line.name for line in row.missing] == ["kyc", "visit", "preferences", "relations"]  # the heaviest first


def test_each_thing_on_record_makes_a_client_readier(store: Store, client: ClientId) -> None:
    before = parts(store, client)
    for area in AREAS:
        store.perform(ConfirmKycBlock(client, area, TENSES[0], "已了解"))
    store.perform(SetPreferences(client, Taste.TABOO, ("烟酒",)))
    arrange.visit(store, client, on=TODAY)
    after = parts(store, client)
    assert (after["kyc"], after["preferences"], after["visit"]) == (pytest.approx(3 / 9), 1, 1)
    assert all(after[name] >= before[name] for name in LINES)


def test_overdue_promises_and_open_complaints_are_in_the_way(store: Store, client: ClientId) -> None:
    clock.fix(date(2026, 11, 1))
    late = store.perform(AddPromise(client, "送报告", date(2026, 11, 10))).result
    store.perform(AddPromise(client, "约专家", date(2026, 12, 10)))
    clock.fix(TODAY)
    arrange.complaint(store, client, closed=False)
    assert (parts(store, client)["promises"], parts(store, client)["complaints"]) == (0.5, 0)
    store.perform(KeepPromise(late, ""))
    assert parts(store, client)["promises"] == 1


def test_a_visit_that_is_long_ago_counts_less_and_less(store: Store, client: ClientId) -> None:
    for day, part in ((date(2026, 5, 25), 0.0), (date(2026, 7, 9), 0.5), (date(2026, 8, 23), 1.0)):
        arrange.visit(store, client, on=day)
        assert parts(store, client)["visit"] == pytest.approx(part)


def test_the_team_is_told_by_name_and_the_least_ready_come_first(store: Store, client: ClientId) -> None:
    other = arrange.client(store, "单建华")
    perform(store, lambda work: work.add(
        ClientFigures(client_id=other, currency="CNY", aum_minor=2_000_000_000, aum_on=TODAY)
    ))  # fmt: skip
    arrange.visit(store, other)
    told = plain(store.read(team_insights))
    assert [one["name"] for one in told["readiness"]["clients"]] == ["周文敏", "单建华"]
    (manager,) = told["readiness"]["managers"]
    assert (manager["clients"], manager["ready"]) == (2, 0)


def said(store: Store, client: ClientId, tag: str, at: str) -> None:
    """A review with a tag at an instant."""
    perform(store, lambda work: work.add(
        Review(
            id=new_id(), client_id=client, entity="visit", entity_id=new_id(), verdict=Word.APPROVED, comment=None,
            tag=tag, by="高岚", at=datetime.fromisoformat(at), rev_reviewed=0, content_hash="", before_hash=None,
            hash="",
        )
    ))  # fmt: skip


def test_tags_are_counted_by_month_and_show_which_way_they_go(store: Store, client: ClientId) -> None:
    for at in ("2026-06-10T10:00:00+00:00", "2026-11-02T10:00:00+00:00", "2026-11-03T10:00:00+00:00"):
        said(store, client, "signals", at)
    said(store, client, "promise", "2026-07-03T10:00:00+00:00")
    said(store, client, "promise", "2025-07-03T10:00:00+00:00")  # too long ago
    found = store.read(tag_trend)
    assert found.months == last_months(TODAY, 6) == ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11")
    assert [(row.tag, row.counts, row.way) for row in found.rows] == [
        ("signals", (1, 0, 0, 0, 0, 2), Way.MORE),
        ("promise", (0, 1, 0, 0, 0, 0), Way.LESS),
    ]


def test_insights_of_the_team_are_for_leads_alone(store: Store) -> None:
    with pytest.raises(Refused, match="team lead"):
        store.read(team_insights)
