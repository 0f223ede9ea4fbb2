"""Domain §12: the proposal is computed with reasons; the manager and the lead decide; the term runs from the notice."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.progress import Silent
from rmdesk.models.kinds import Decision, Proposal, TermState
from rmdesk.services.clubs import proposal_file, queries, terms
from rmdesk.services.clubs.commands import DecideTerm, GiveNotice, JudgeTerm
from rmdesk.services.clubs.plain import proposals as plain
from rmdesk.services.clubs.rules import Half
from rmdesk.services.exports.door import mark_of
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.clubs.arrange import M, be_lead, members, of

REVIEW = date(2027, 1, 5)
H2 = Half(2026, second=True)


@pytest.fixture
def desk(store: Store) -> Store:
    members(
        store,
        RICH=(12, 12, 12, 12, 12, 12),
        NEAR=(9, 9, 9, 9, 9, 10),
        HOLE=(12, 12, None, 12, 12, 12),
        POOR=(1, 1, 1, 1, 1, 1),
    )
    return store


def join(store: Store, number: str, on: date = TODAY) -> None:
    """Made a member, as of a day."""
    clock.fix(on)
    be_lead(store)
    decided = store.perform(DecideTerm(of(store, number), Decision.JOIN, reason="老会员")).result
    store.perform(JudgeTerm(decided, approve=True))
    store.perform(GiveNotice(decided))


def test_the_window_of_july_to_december_is_reviewed_early_in_january(desk: Store) -> None:
    found = desk.read(queries.proposals, day=REVIEW)
    assert (found.half, found.over, found.half.days) == (H2, True, 184)
    by_client = {row.client: row for row in found.rows}
    assert by_client[of(desk, "RICH")].proposal is Proposal.JOIN
    assert by_client[of(desk, "HOLE")].proposal is Proposal.UNKNOWN
    assert [reason.said for reason in by_client[of(desk, "HOLE")].why] == ["Not decidable: no figures for 2026-09."]
    assert of(desk, "POOR") not in by_client  # far from the club: nothing to say
    assert of(desk, "NEAR") not in by_client  # the mean is below, and who is no member does not leave
    assert plain(found)["proposals"][0]["proposal"] == "join"
    assert found.rows[0].open  # who is to join or leave stands first


def test_a_forecast_tells_the_mean_that_is_needed(desk: Store) -> None:
    row = desk.read(queries.forecast, of(desk, "NEAR"), day=date(2026, 11, 21))
    assert row is not None
    assert row.known_days == 31 + 31 + 30 + 31  # of November nobody can know the mean yet
    assert row.needed_minor == pytest.approx((10 * M * 184 - 9 * M * 123) / 61, abs=1)
    assert [reason.said.replace("\N{NO-BREAK SPACE}", " ") for reason in row.why] == [
        "Mean 9 M over 123 of 184 days, asked for is 10 M.",
        "The 61 days left need a mean of 12 M.",
        "The last month had 9 M.",
    ]


def test_manager_decides_lead_approves_and_the_term_runs_half_a_year_from_the_notice(desk: Store) -> None:
    clock.fix(REVIEW)
    rich = of(desk, "RICH")
    term = desk.perform(DecideTerm(rich, Decision.JOIN, circles=("art", "golf"))).result
    with pytest.raises(Refused, match="not approved"):
        desk.perform(GiveNotice(term))
    with pytest.raises(Refused, match="team lead does"):
        desk.perform(JudgeTerm(term, approve=True))
    be_lead(desk)
    desk.perform(JudgeTerm(term, approve=True))
    assert not desk.read(terms.of, rich, "sunshine").member  # nobody told the client yet
    desk.perform(GiveNotice(term))
    (row,) = desk.read(terms.terms_of, rich)
    assert (row.half, row.state, row.circles) == ("2026H2", TermState.APPROVED, ("art", "golf"))
    assert (row.starts_on, row.ends_on) == (REVIEW, date(2027, 7, 5))
    assert desk.read(terms.of, rich, "sunshine", date(2027, 7, 4)).member
    assert desk.read(terms.of, rich, "sunshine", date(2027, 7, 20)).member  # while it is reviewed
    assert not desk.read(terms.of, rich, "sunshine", date(2027, 9, 1)).member
    assert desk.read(terms.members, "sunshine") == {rich}
    with pytest.raises(Refused, match="told already"):
        desk.perform(DecideTerm(rich, Decision.STAY))


def test_against_the_figures_or_without_them_only_with_a_reason(desk: Store) -> None:
    clock.fix(REVIEW)
    for number in ("NEAR", "HOLE"):
        with pytest.raises(Refused, match="not what the figures propose"):
            desk.perform(DecideTerm(of(desk, number), Decision.JOIN))
        desk.perform(DecideTerm(of(desk, number), Decision.JOIN, reason="资产在途"))
    facts = desk.read(lambda reads: reads.value("SELECT facts FROM club_term WHERE proposal = 'unknown'"))
    assert '"known_days": 154' in facts  # what was known then stays on record


def test_a_member_below_the_limit_is_watched_and_then_leaves(desk: Store) -> None:
    join(desk, "NEAR", date(2026, 7, 8))
    join(desk, "POOR", date(2026, 7, 8))
    clock.fix(REVIEW)
    found = {row.client: row for row in desk.read(queries.proposals).rows}
    near, poor = found[of(desk, "NEAR")], found[of(desk, "POOR")]
    assert (near.member, near.proposal) == (True, Proposal.WATCH)
    assert (poor.member, poor.proposal) == (True, Proposal.LEAVE)
    with pytest.raises(Refused, match="is a member"):
        desk.perform(DecideTerm(poor.client, Decision.JOIN))
    left = desk.perform(DecideTerm(poor.client, Decision.LEAVE)).result
    desk.perform(JudgeTerm(left, approve=True))
    desk.perform(GiveNotice(left))
    assert desk.read(terms.members, "sunshine") == {near.client}


def test_a_refused_decision_says_why_and_may_be_made_anew(desk: Store) -> None:
    clock.fix(REVIEW)
    be_lead(desk)
    term = desk.perform(DecideTerm(of(desk, "RICH"), Decision.DECLINE, reason="客户不愿")).result
    with pytest.raises(Refused, match="word of why"):
        desk.perform(JudgeTerm(term, approve=False))
    done = desk.perform(JudgeTerm(term, approve=False, comment="请再谈一次"))
    assert done.inverse is not None
    with pytest.raises(Refused, match="there already"):
        desk.perform(JudgeTerm(term, approve=True))
    again = desk.perform(DecideTerm(of(desk, "RICH"), Decision.JOIN)).result
    assert again == term
    assert [row.state for row in desk.read(terms.waiting)] == [TermState.ASKED]


def test_what_a_half_year_proposes_goes_out_as_a_file(desk: Store) -> None:
    clock.fix(REVIEW)
    content, count = desk.read(proposal_file.as_made("csv"), mark_of("李慧", "评审会"), Silent())
    head, *rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert len(head) == len(proposal_file.TITLES)
    assert count == 2
    by_number = {row[0]: row for row in rows if row}
    assert (by_number["RICH"][3], by_number["RICH"][4]) == ("Join", "12000000.00")
    assert by_number["HOLE"][3] == "Not decidable"
