"""Monthly report, team report, book and briefs of the demo portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId, Tier
from rmdesk.services.clients.total import total
from rmdesk.services.documents.blocks import Break, texts
from rmdesk.services.documents.plain import lines
from rmdesk.services.reports.book import Choice
from rmdesk.services.reports.document import document_of
from rmdesk.services.reports.making import report
from rmdesk.services.reports.parts import Kind, Report, Who
from rmdesk.services.reports.plain import plain
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.support import build, demo

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture(scope="module")
def filled(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo portfolio of a manager who leads the team."""
    made = demo.template(template, tmp_path_factory.mktemp("reports"), TODAY)
    store = Store(made, build.KEY, who="tester")
    store.perform(ChangeSetting("general.role", "lead"))
    yield store
    store.close()


def figure(found: Report, name: str) -> Any:
    """A figure by its English name."""
    return next(one.value for one in found.figures if one.label.message == name)


def test_a_month_is_held_against_the_one_before(filled: Store) -> None:
    month = filled.read(report, Kind.MONTHLY, FIRST, LAST)
    before = filled.read(report, Kind.MONTHLY, date(2026, 9, 1), date(2026, 9, 30))
    for label, now, then, more in month.part("compared").rows:
        assert (now, then) == (figure(month, label.message), figure(before, label.message))  # type: ignore[union-attr]
        assert more == now - then  # type: ignore[operator]
    assert figure(month, "Promises kept") > 0


def test_a_month_tells_assets_and_clients_of_each_tier_and_of_all(filled: Store) -> None:
    month = filled.read(report, Kind.MONTHLY, FIRST, LAST)
    *tiers, whole = month.part("tiers").rows
    assert sum(row[1] for row in tiers) == whole[1]  # type: ignore[misc]
    assert sum(row[3].minor for row in tiers) == whole[3].minor  # type: ignore[union-attr]
    (trend, bars) = month.charts
    assert (len(trend.series[0].values), len(bars.bars)) == (12, len(tiers))  # type: ignore[union-attr]


def test_a_month_that_is_over_shows_what_was_held_at_its_end(filled: Store) -> None:
    sql = """
        SELECT sum(m.end_minor) FROM month_fact m JOIN client c ON c.id = m.client_id
        WHERE m.month = ? AND c.merged_into IS NULL AND m.account_id IS NULL
    """
    told = filled.read(lambda reads: reads.value(sql, (2026 * 12 + 9,)))
    month = filled.read(report, Kind.MONTHLY, FIRST, LAST)
    now = filled.read(total)
    assert (figure(month, "AUM").minor, figure(month, "AUM as of")) == (told, LAST)
    assert now.as_of is not None
    for first, last in ((date(2026, 11, 1), TODAY), (FIRST, date(2026, 10, 30))):  # not over, and no month's end
        part = filled.read(report, Kind.MONTHLY, first, last)
        assert (figure(part, "AUM").minor, figure(part, "AUM as of")) == (now.aum_minor, now.as_of)


def test_losses_and_lessons_stand_in_the_month(filled: Store) -> None:
    month = filled.read(report, Kind.MONTHLY, date(2026, 1, 1), TODAY)
    assert month.part("losses").rows
    assert month.part("lessons").rows
    assert filled.read(report, Kind.MONTHLY, date(2020, 1, 1), date(2020, 1, 31)).part("losses").rows == ()


def test_budget_left_is_what_is_not_committed(filled: Store) -> None:
    limit, used, _planned, left = (row[1].minor for row in filled.read(  # type: ignore[union-attr]
        report, Kind.MONTHLY, FIRST, LAST
    ).part("budget").rows)  # fmt: skip
    assert left == limit - used


def test_a_team_report_is_by_name_and_for_leads_alone(filled: Store, store: Store) -> None:
    made = filled.read(report, Kind.TEAM, FIRST, LAST)
    assert {part.name for part in made.parts} >= {"coverage", "promises", "reviews", "losses"}
    assert "without ranks" in "\n".join(lines(document_of(made)))
    with pytest.raises(Refused, match="team lead"):
        store.read(report, Kind.TEAM, FIRST, LAST)


def test_a_book_has_pages_of_its_own_for_each_chosen_client(filled: Store) -> None:
    made = filled.read(report, Kind.BOOK, TODAY, TODAY, Choice(tier=Tier.T5))
    names = [row[0].name for row in made.part("clients").rows if isinstance(row[0], Who)]
    document = document_of(made)
    assert sum(isinstance(block, Break) for block in document.blocks) == len(names) == len(made.sections) > 5
    worth = [row[4].minor for row in made.part("clients").rows]  # type: ignore[union-attr]
    assert worth == sorted(worth, reverse=True)
    for name, section in zip(names, made.sections, strict=True):
        assert name in set(texts(section.blocks))
    one = made.part("clients").rows[0][0]
    assert isinstance(one, Who)
    alone = filled.read(report, Kind.BOOK, TODAY, TODAY, Choice((one.client,)))
    assert (len(alone.sections), alone.rows) == (1, 2)


def test_a_book_nobody_could_carry_is_refused(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from rmdesk.services.reports import rules

    monkeypatch.setattr(rules, "number", lambda _section, _name: 3)
    with pytest.raises(Refused, match="at most"):
        filled.read(report, Kind.BOOK, TODAY, TODAY)


def test_briefs_are_those_of_the_visits_planned_for_the_day_each_client_once(filled: Store) -> None:
    found = filled.read(lambda reads: reads.rows(
        "SELECT \"on\", count(*), count(DISTINCT client_id) FROM visit WHERE state = 'planned' AND \"on\" >= ? "
        "GROUP BY 1 ORDER BY 2 DESC LIMIT 1", (TODAY.isoformat(),)
    ))  # fmt: skip
    (on, visits, clients) = found[0]
    day = date.fromisoformat(on)
    made = filled.read(report, Kind.BRIEFS, day, day)
    assert (len(made.part("visits").rows), len(made.sections)) == (visits, clients)
    assert filled.read(report, Kind.BRIEFS, date(2020, 1, 1), date(2020, 1, 1)).sections == ()


def test_a_report_for_programs_has_values_and_null_for_the_unknown(filled: Store) -> None:
    told = plain(filled.read(report, Kind.BOOK, TODAY, TODAY, Choice((ClientId(-1),))))
    assert told["parts"]["clients"]["rows"] == []
    assert told["figures"]["AUM"] is None
    rows = plain(filled.read(report, Kind.MONTHLY, FIRST, LAST))["parts"]["overdue"]["rows"]
    assert {"client", "name"} == set(rows[0][0])
    assert any(row[3] is None for row in rows)


def test_fairness_and_the_honesty_of_cadences_stand_in_the_month(filled: Store) -> None:
    from rmdesk.services.fairness.queries import meter
    from rmdesk.services.fairness.words import incomparable

    month = filled.read(report, Kind.MONTHLY, FIRST, LAST)
    found = filled.read(meter, FIRST, LAST)
    gifts = month.part("fairness").rows[0]
    assert (gifts[1].minor, gifts[3]) == (found.gifts.new, found.gifts.existing_share)  # type: ignore[union-attr]
    assert month.part("capacity").rows[0][1] is not None
    why = incomparable(found)
    note = month.part("fairness").note
    assert isinstance(note, Phrase)
    assert note == why or f"{found.ratio:.2f}" in note.said  # the meter's own number, or why there is none


def test_the_backlog_stands_beside_the_pace_in_the_week_and_in_the_month(filled: Store) -> None:
    for kind in (Kind.WEEKLY, Kind.MONTHLY):
        told = filled.read(report, kind, FIRST, LAST)
        (overdue,) = (one.value for one in told.figures if one.label.message == "Overdue clients")
        note = told.part("capacity").note
        assert isinstance(note, Phrase)
        assert f"{overdue} overdue; " in note.said
