"""The team's week and its figures: by name, without ranks, and only of the team."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import Word
from rmdesk.models.visits import Promise
from rmdesk.services.documents import plain as lines
from rmdesk.services.segments import figures as money
from rmdesk.services.store.store import Store
from rmdesk.services.team import coverage, plain
from rmdesk.services.team.logs import log_of
from rmdesk.services.team.report import weekly
from tests.conftest import TODAY
from tests.services.team import arrange
from tests.support.build import perform


@pytest.fixture
def team(store: Store) -> dict[str, str]:
    """Two managers with a wealthy client each, one seen lately; a third client of another team."""
    arrange.join(store)
    rich = {"aum_minor": 2_000_000_000, "currency": "CNY", "aum_on": TODAY}
    seen = arrange.client(store, "周文敏", arrange.book(1), **rich)
    lonely = arrange.client(store, "单建华", arrange.book(2), **rich)
    arrange.client(store, "外人", arrange.book(9), **rich)
    perform(store, money.refresh)
    made = {"visit": arrange.visit(store, seen, on=TODAY - timedelta(days=1))}

    def promise(work: object, text: str, due: int, closed: int | None) -> None:
        work.add(  # type: ignore[attr-defined]
            Promise(
                id=arrange.book(hash(text) % 10**9), client_id=lonely, text=text, made_on=TODAY - timedelta(days=30),
                due_on=TODAY + timedelta(days=due), state="open" if closed is None else "kept",
                closed_on=None if closed is None else TODAY + timedelta(days=closed),
            )
        )  # fmt: skip

    for text, due, closed in (("送资料", 5, None), ("回电", -2, None), ("按期", -3, -4), ("晚了", -9, -2)):
        perform(store, lambda work, t=text, d=due, c=closed: promise(work, t, d, c))
    return made


def test_figures_are_of_the_team_by_name(store: Store, team: dict[str, str]) -> None:
    arrange.review(store, "visit", team["visit"])
    arrange.review(store, "visit", team["visit"], Word.RETURNED)
    found = store.read(coverage.figures)
    lonely, seen = found.members
    assert (lonely.member.name, seen.member.name) == ("李文静", "王涛")
    assert [(one.due, one.met, one.contacted) for one in seen.windows] == [(1, 1, 1), (1, 1, 1)]
    assert [(one.due, one.met) for one in lonely.windows] == [(1, 0), (1, 0)]
    assert (lonely.overdue, seen.overdue) == (1, 0)
    assert lonely.promises == coverage.Promises(open=2, overdue=1, kept=1, late=1)
    assert seen.words == coverage.Words(reviewed=2, approved=1, returned=1)
    assert plain.figures(found)["members"][1]["coverage"][0] == {"days": 30, "due": 1, "met": 1, "contacted": 1}


def test_the_report_names_managers_in_order_and_no_client(store: Store, team: dict[str, str]) -> None:
    arrange.review(store, "visit", team["visit"], comment="好")
    text = "\n".join(lines.lines(store.read(weekly)))
    assert text.index("李文静") < text.index("王涛")
    assert "孙外" not in text
    assert not any(name in text for name in ("周文敏", "单建华", "外人"))


def test_the_report_is_the_leads(store: Store) -> None:
    with pytest.raises(Refused) as caught:
        store.read(weekly)
    assert caught.value.code == "not_lead"


def test_a_manager_has_no_figures_of_a_team(store: Store) -> None:
    assert store.read(coverage.figures).members == ()


def test_a_record_in_full(store: Store, team: dict[str, str]) -> None:
    arrange.review(store, "visit", team["visit"])
    log = store.read(log_of, "visit", team["visit"])
    assert (log.member, log.client_name, log.tier, log.sealed) == ("王涛", "周文敏", "T5", True)
    assert [line.text for line in log.lines] == ["谈了换汇"]
    assert [one.word for one in log.reviews] == ["approved"]
    client = log.client
    for entity, key in (("gift", arrange.gift(store, client)), ("complaint", arrange.complaint(store, client))):
        found = store.read(log_of, entity, key)
        assert (found.entity, found.id, found.client) == (entity, key, client)
        assert found.lines
    with pytest.raises(Refused):
        store.read(log_of, "complaint", "nobody")
