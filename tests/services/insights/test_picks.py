"""Every figure and every mark leads to as many clients as it says, on the demo portfolio."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from rmdesk.base.record import replace
from rmdesk.services.care import portfolio
from rmdesk.services.churn.at_risk import warnings
from rmdesk.services.insights import charting, fields, picks, queries
from rmdesk.services.insights.months import months as read_months
from rmdesk.services.insights.queries import Overview
from rmdesk.services.rulebook import book
from rmdesk.services.store import profile
from rmdesk.services.store.reads import Reader
from rmdesk.services.visits.coverage import coverage
from tests.support import demo

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def reads(made_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of the demo portfolio, which nobody writes into here."""
    store = profile.open_demo(demo.copied(made_demo, tmp_path_factory.mktemp("insights") / "demo"))
    reader = store.reader()
    yield reader
    reader.close()
    store.close()


@pytest.fixture
def found(reads: Reader) -> Overview:
    return queries.overview(reads, "month", TODAY)


def of(reads: Reader, pick: str) -> tuple[int, ...]:
    return picks.picked(reads, pick, "month", TODAY).clients


def test_the_figures_are_those_of_the_pages_they_lead_to(reads: Reader, found: Overview) -> None:
    figures, tiers = found.figures, coverage(reads, TODAY)
    windows = [window for tier in tiers.tiers for window in tier.windows if window.days == 30]
    assert (figures.due, figures.met) == (sum(one.due for one in windows), sum(one.met for one in windows))
    assert figures.overdue == tiers.overdue_count
    assert figures.warnings == warnings(reads, TODAY).count
    assert figures == queries.key_figures(reads, "month", TODAY)


def test_a_figure_leads_to_as_many_clients_as_it_counts(reads: Reader, found: Overview) -> None:
    figures = found.figures
    assert len(of(reads, picks.LATE)) == figures.overdue
    assert len(of(reads, picks.MISSED)) == figures.due - figures.met
    assert len(of(reads, picks.WARNED)) == figures.warnings
    assert len(of(reads, picks.HELD)) > 400


def test_tenths_part_the_clients_and_the_top_fifth_is_two_of_them(reads: Reader, found: Overview) -> None:
    tenths = [of(reads, point.pick) for point in charting.pareto(found).points]
    assert len(tenths) == 10
    assert sum(map(len, tenths)) == len(set().union(*tenths))
    assert set(of(reads, picks.TOP)) >= {*tenths[0]}
    assert len(of(reads, picks.TOP)) == pytest.approx(sum(map(len, tenths)) / 5, abs=1)


def test_each_field_and_dot_of_the_nine_groups_leads_to_its_clients(reads: Reader, found: Overview) -> None:
    chart = charting.groups(reads, found)
    assert found.dots.alone
    assert all(spot.pick.startswith("client:") for spot in chart.spots)
    told = [(int(re.findall(r"(\d+) clients", label)[0]), pick) for label, pick in chart.fields]
    assert [count for count, _pick in told] == [len(of(reads, pick)) for _count, pick in told]
    assert sum(count for count, _pick in told) == len(chart.spots) == found.dots.clients
    assert sum(spot.token == "risk" for spot in chart.spots) == found.figures.warnings


def test_many_clients_share_dots_and_none_is_left_out(
    reads: Reader, found: Overview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(book("insights")["fields"], "alone", {"value": 10})
    whole = portfolio.current(reads, TODAY)
    dots = fields.dots(reads, whole)
    assert not dots.alone
    assert len(dots.field) < 300
    assert int(dots.count.sum()) == dots.clients == found.dots.clients
    assert dots.amount.sum() == pytest.approx(found.dots.amount.sum())
    assert int(dots.count[dots.warned].sum()) == found.figures.warnings
    chart = charting.groups(reads, replace(found, dots=dots))
    members = [of(reads, spot.pick) if spot.pick.startswith("dot:") else (int(spot.pick[7:]),) for spot in chart.spots]
    assert [len(one) for one in members] == dots.count.tolist()
    assert len(set().union(*members)) == dots.clients


def test_a_tier_in_a_month_leads_to_those_who_then_were_in_it(reads: Reader, found: Overview) -> None:
    chart = charting.tiers(found)
    months = read_months(reads, portfolio.current(reads, TODAY), TODAY)
    assert [one.name for one in chart.series] == ["Private", "Wealth", "Preferred", "Potential"]
    for series, tier in zip(chart.series, (5, 4, 3, 2), strict=True):
        for at in (0, 11, 23):
            clients = of(reads, series.picks[at])
            held = np.nansum(months.averages[np.isin(months.client, clients), at])
            assert held / 100 == pytest.approx(series.values[at])
            assert len(clients) == int((months.tier[:, at] == tier).sum())


def test_a_week_leads_to_those_who_were_met_in_it(reads: Reader, found: Overview) -> None:
    chart = charting.coverage(found)
    for row in chart.cells:
        for cell in row[::4]:
            assert f"{len(of(reads, cell.pick))} clients met" in cell.label
    assert [len(row) for row in chart.cells] == [12] * len(chart.rows)
    assert sum(map(bool, chart.columns)) in (3, 4)


def test_a_signal_leads_to_the_clients_who_showed_it_before_they_were_lost(reads: Reader, found: Overview) -> None:
    chart = charting.signals(found)
    assert [bar.value for bar in chart.bars] == sorted((bar.value for bar in chart.bars), reverse=True)
    for bar in chart.bars:
        assert f" of {len(of(reads, bar.pick))} missed" in bar.label


def test_the_fairness_bars_lead_to_who_got_something(reads: Reader) -> None:
    found = queries.overview(reads, "year", TODAY)
    chart = charting.fairness(found)
    known = {bar.pick: bar.value for bar in chart.bars if bar.pick}
    assert {"existing", "gifts", "hours"} <= set(known)
    meter = found.meter
    existing = picks.picked(reads, "existing", "year", TODAY).clients
    assert len(existing) == pytest.approx(meter.clients.existing, abs=found.clients - meter.clients.total)
    counts = {pick: len(picks.picked(reads, pick, "year", TODAY).clients) for pick in known}
    assert all(counts.values())
    assert found.figures.invested == meter.ratio


def test_an_unknown_pick_is_a_bug(reads: Reader) -> None:
    with pytest.raises(KeyError):
        of(reads, "nonsense:1")
