"""The cards of Insights as charts: what is drawn on the page, and in reports, in the language in use."""

from __future__ import annotations

import json
import math

from rmdesk.base import money
from rmdesk.base.text import N_, _
from rmdesk.services.care.words import Compact
from rmdesk.services.charts import Bar, Bars, Cell, Curve, Fields, Heat, Point, Series, Spot, Trend
from rmdesk.services.charts.scale import ticks
from rmdesk.services.churn.words import SIGNALS
from rmdesk.services.insights import picks
from rmdesk.services.insights.periods import month_text
from rmdesk.services.insights.queries import Overview
from rmdesk.services.segments import tables
from rmdesk.services.store.reads import Reads

TOKENS = {5: "occasion", 4: "opportunity", 3: "overdue", 2: "ink3"}  # of the tiers drawn, the highest first
MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"),
    N_("Nov"), N_("Dec"),
)  # fmt: skip


def pareto(found: Overview) -> Curve:
    """The share of the AUM that the wealthiest hold."""
    told = _("Wealthiest {share}% of the clients: {held}% of the AUM")
    points = tuple(
        Point(at / 10, held, told.format(share=10 * at, held=round(100 * held)), picks.tenth(at))
        for at, held in enumerate(found.tenths, start=1)
    )
    cut = None
    if found.top_share is not None:
        said = _("Top {share}% → {held}% of AUM")
        text = said.format(share=round(found.top * 100), held=round(found.top_share * 100))
        cut = Point(found.top, found.top_share, text, picks.TOP)
    return Curve(_("20/80 curve"), points, _("Clients, the wealthiest first"), cut, found.held)


def groups(reads: Reads, found: Overview) -> Fields:
    """The nine groups with their clients as dots."""
    table, dots = tables.table(), found.dots
    names = _names(reads, [int(number) for number in dots.client if number])
    most = float(dots.amount.max(initial=0.0)) or 1.0
    spots = []
    for at in range(len(dots.field)):
        field, client, count = int(dots.field[at]), int(dots.client[at]), int(dots.count[at])
        code, group = tables.GROUPS[field], table.groups[field].name.said
        amount = str(Compact(_minor(float(dots.amount[at]), found.currency), found.currency))
        if client:
            label = _("{name}: {group}, {amount}").format(name=names.get(client, ""), group=group, amount=amount)
            pick = picks.client(client)
        else:
            label = _("{count} clients: {group}, {amount}").format(count=count, group=group, amount=amount)
            pick = picks.dot(int(dots.number[at]), code)
        warned = bool(dots.warned[at])
        spots.append(
            Spot(
                2 - field % 3, 2 - field // 3, float(dots.x[at]), float(dots.y[at]), float(dots.amount[at]) / most,
                _("{what}, churn warning").format(what=label) if warned else label, pick,
                "risk" if warned else "accent", warned,
            )
        )  # fmt: skip
    counts = [int(dots.count[dots.field == field].sum()) for field in range(9)]
    fields = tuple(
        (_group_told(field, counts[field]), picks.group(tables.GROUPS[field]))
        for row in range(3)
        for column in range(3)
        for field in [(2 - row) * 3 + 2 - column]
    )
    columns = tuple(name.said for name in table.class_names)
    return Fields(_("The nine groups"), columns, (_("Low"), _("Middle"), _("High")), tuple(spots), fields)


def _group_told(field: int, count: int) -> str:
    return _("{group}: {count} clients").format(group=tables.table().groups[field].name.said, count=count)


def tiers(found: Overview) -> Trend:
    """What each tier held, month by month; who was in it then."""
    months, table = found.months, tables.table()
    unit = 10 ** money.digits(found.currency)
    series = []
    for tier, token in TOKENS.items():
        code, name = f"T{tier}", table.tier_shorts[tier - 1].said
        values = tuple(None if math.isnan(value) else float(value) / unit for value in months.sums[tier - 1])
        texts = [month_text(month) for month in months.months]
        labels = tuple(
            "" if value is None else _("{tier}, {month}: {amount}").format(
                tier=name, month=text, amount=_amount(value, found.currency)
            )
            for value, text in zip(values, texts, strict=True)
        )  # fmt: skip
        series.append(Series(name, values, token, labels, tuple(picks.tier(code, text) for text in texts)))
    known = [value for one in series for value in one.values if value is not None]
    heights = ticks(0.0, max(known, default=1.0))
    named = tuple(month_text(month) if month % 6 == 0 else "" for month in months.months)
    levels = tuple((value, _amount(value, found.currency)) for value in heights)
    return Trend(_("Tiers over months"), named, tuple(series), levels)


def coverage(found: Overview) -> Heat:
    """Clients met each week against the contacts that the cadences ask for."""
    weeks, table = found.weeks, tables.table()
    told = _("{tier}, week of {day}: {met} clients met of {asked} asked for")
    shown = [tier for tier in TOKENS if weeks.asked[tier - 1].any()]
    cells = tuple(
        tuple(
            Cell(
                min(1.0, float(weeks.met[tier - 1, at]) / asked) if asked else None,
                told.format(
                    tier=table.tier_shorts[tier - 1].said, day=monday.isoformat(), met=int(weeks.met[tier - 1, at]),
                    asked=f"{asked:.1f}",
                ),
                picks.week(f"T{tier}", monday),
            )
            for at, monday in enumerate(weeks.begins)
            for asked in [float(weeks.asked[tier - 1, at])]
        )
        for tier in shown
    )  # fmt: skip
    before = [None, *weeks.begins]
    columns = tuple(
        _(MONTHS[day.month - 1]) if last is None or last.month != day.month else ""
        for day, last in zip(weeks.begins, before, strict=False)
    )
    # The first week's month and the next may be one column apart: then the second name is enough.
    if len(columns) > 1 and columns[1]:
        columns = ("", *columns[1:])
    return Heat(_("Contact coverage"), tuple(table.tier_shorts[tier - 1].said for tier in shown), columns, cells)


def signals(found: Overview) -> Bars:
    """How long before a loss each signal was visible."""
    told = _("{signal}: {days} days before; {missed} of {cases} missed")
    bars = tuple(
        Bar(
            _(SIGNALS[one.signal]), float(one.middle), _("{count} d").format(count=one.middle),
            told.format(signal=_(SIGNALS[one.signal]), days=one.middle, cases=one.cases, missed=one.missed),
            picks.lead(one.signal),
        )
        for one in found.leads
    )  # fmt: skip
    return Bars(_("Days from the first signal to the loss"), bars)


def fairness(found: Overview) -> Bars:
    """The existing clients' share of what there is and of what was spent, one bar each."""
    meter = found.meter
    told = _("{what}: existing clients {existing}%, new clients {new}%")
    parts = (
        (_("Clients"), meter.clients, picks.EXISTING, "ink3"),
        (_("AUM"), meter.aum, picks.EXISTING, "ink3"),
        (_("Gifts"), meter.gifts, "gifts", "value"),
        (_("Events"), meter.events, "events", "value"),
        (_("Benefits"), meter.benefits, "benefits", "value"),
        (_("Hours"), meter.minutes, "hours", "occasion"),
    )
    bars = []
    for name, part, pick, token in parts:
        share = part.existing_share
        if share is None:
            bars.append(Bar(name, 0.0, "–", _("{what}: nothing").format(what=name), "", token))
        else:
            label = told.format(what=name, existing=round(100 * share), new=100 - round(100 * share))
            bars.append(Bar(name, share, f"{round(100 * share)}%", label, pick, token))
    return Bars(_("Share of the existing clients"), tuple(bars), 1.0)


def _amount(value: float, currency: str) -> str:
    return str(Compact(_minor(value, currency), currency))


def _minor(value: float, currency: str) -> int:
    return round(value * 10.0 ** money.digits(currency))


def _names(reads: Reads, clients: list[int]) -> dict[int, str]:
    rows = reads.rows(
        "SELECT id, coalesce(nullif(name, ''), number, '#' || id) FROM client "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(clients),),
    )
    return {row[0]: row[1] for row in rows}
