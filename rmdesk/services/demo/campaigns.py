"""Campaigns of the invented manager, and what specialists were asked. Touches are what visits that took place say, so
that nobody is in contact twice."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from rmdesk.models.kinds import CampaignState, Purpose, RequestState, TaskState, Topic, TouchOutcome
from rmdesk.services.campaigns import barred, choosing, conditions, gates
from rmdesk.services.care import portfolio
from rmdesk.services.demo.cast import shipped
from rmdesk.services.demo.dice import Dice

if TYPE_CHECKING:
    from rmdesk.services.store.work import UnitOfWork

PAUSE = 18  # days between two touches of one client
_OVER = (TouchOutcome.DECLINED, TouchOutcome.BOUGHT)
_CAMPAIGN = (
    "INSERT INTO campaign (id, name, purpose, product, state, starts_on, ends_on, filter, with_open, script, margin_bp,"
    " note, made_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_TARGET = "INSERT INTO campaign_target (campaign_id, client_id, added_on) VALUES (?, ?, ?)"
_TOUCH = (
    'INSERT INTO campaign_touch (id, campaign_id, client_id, "on", channel, outcome, amount_minor, currency, note,'
    " visit_id, entered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SPECIALIST = "INSERT INTO specialist (id, name, field, unit) VALUES (?, ?, ?, ?)"
_REQUEST = (
    "INSERT INTO specialist_request (id, client_id, specialist_id, field, question, asked_on, due_on, state, reply,"
    " replied_on, task_id, closed_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_TASK = "INSERT INTO task (id, client_id, text, made_on, due_on, state, closed_on) VALUES (?, ?, ?, ?, ?, ?, ?)"
_VISITS = """
SELECT client_id, id, "on", channel, two_way, entered_at FROM visit
WHERE state = 'held' AND "on" BETWEEN ? AND ?
  AND NOT EXISTS (SELECT 1 FROM campaign_touch t WHERE t.visit_id = visit.id)
ORDER BY client_id, "on", id
"""


def write(work: UnitOfWork, day: date, seed: int) -> None:
    """Everything about campaigns and specialists; needs the clients' figures and their visits."""
    dice, texts = Dice(seed, "campaigns"), shipped("texts")
    for told in texts["campaigns"]:
        _campaign(work, told, day, dice)
    _requests(work, texts, day, dice)


def _campaign(work: UnitOfWork, told: dict[str, Any], day: date, dice: Dice) -> None:
    key, starts = dice.id(), day + timedelta(told["starts"])
    ends = day + timedelta(told["ends"])
    asked = conditions.read(told["filter"])
    row = (
        key, told["name"], told["purpose"], told.get("product"), told["state"], starts.isoformat(), ends.isoformat(),
        json.dumps(conditions.plain(asked), ensure_ascii=False, sort_keys=True), int(told.get("with_open", False)),
        told["script"], told.get("margin_bp"), told.get("note"), min(day, starts).isoformat(),
    )  # fmt: skip
    work.bulk(_CAMPAIGN, row, topics={Topic.CAMPAIGNS})
    if told["state"] == CampaignState.DRAFT:
        return
    found = gates.pipeline(work, Purpose(told["purpose"]), told.get("product"), asked, key, day)
    clients = sorted({*found.clients, *(found.asking if told.get("with_open") else ())})
    listed = [one for one in clients if told["state"] == CampaignState.RUNNING or dice.chance(0.5)]
    work.bulk(_TARGET, [(key, one, starts.isoformat()) for one in listed], topics={Topic.CAMPAIGNS})
    touches = _touches(work, told, key, set(listed), (starts, min(day, ends)), dice)
    if touches:
        work.bulk(_TOUCH, touches, topics={Topic.CAMPAIGNS})


def _touches(
    work: UnitOfWork, told: dict[str, Any], key: str, listed: set[int], span: tuple[date, date], dice: Dice
) -> list[tuple[Any, ...]]:
    """One touch for each visit of those who were approached, until they said yes or no."""
    rows: list[tuple[Any, ...]] = []
    over: set[int] = set()
    last: dict[int, date] = {}
    approached = {one for one in sorted(listed) if dice.chance(told["share"])}
    for client, visit, on, channel, two_way, entered in work.rows(_VISITS, tuple(one.isoformat() for one in span)):
        day = date.fromisoformat(on)
        if client not in approached or client in over or (client in last and (day - last[client]).days < PAUSE):
            continue
        last[client] = day
        weights = [(TouchOutcome(name), float(weight)) for name, weight in told["results"].items()]
        spoken = [one for one in weights if one[0] is not TouchOutcome.NOT_REACHED]
        outcome = dice.weigh(spoken) if two_way else TouchOutcome.NOT_REACHED
        amount = dice.pick(told["amounts"]) * 100 if outcome is TouchOutcome.BOUGHT else None
        rows.append(
            (
                dice.id(),
                key,
                client,
                on,
                channel,
                outcome.value,
                amount,
                "CNY" if amount else None,
                None,
                visit,
                entered,
            )
        )
        if outcome in _OVER:
            over.add(client)
    return rows


def _requests(work: UnitOfWork, texts: dict[str, Any], day: date, dice: Dice) -> None:
    specialists = {one["field"]: (dice.id(), one) for one in texts["specialists"]}
    rows = [(key, one["name"], field, one["unit"]) for field, (key, one) in specialists.items()]
    work.bulk(_SPECIALIST, rows, topics={Topic.SPECIALISTS})
    whole = portfolio.load(work, day)
    active = choosing.ids(work, "SELECT id FROM client WHERE status = 'active' AND kind = 'person' ORDER BY id")
    wealthy = whole.client[(whole.tier >= 4) & choosing.in_clients(whole, active)].tolist()
    stopped = set(barred.with_complaints(work))
    clients = dice.some([one for one in wealthy if one not in stopped], len(texts["requests"]))
    for client, told in zip(clients, texts["requests"], strict=False):
        _request(work, int(client), told, specialists[told["field"]][0], day, dice)


def _request(work: UnitOfWork, client: int, told: dict[str, Any], who: str, day: date, dice: Dice) -> None:
    asked, due = (day + timedelta(told[name]) for name in ("asked", "due"))
    replied = min(day, due - timedelta(1)) if "reply" in told else None
    state, task, closed = RequestState.OPEN, None, None
    if replied is not None:
        state = RequestState.CLOSED if told.get("closed") else RequestState.ANSWERED
        closed = replied + timedelta(5) if told.get("closed") else None
        task = dice.id()
        done = None if closed is None else closed.isoformat()
        follow = (
            task, client, told["follow"], replied.isoformat(), (closed or day + timedelta(2)).isoformat(),
            (TaskState.DONE if done else TaskState.OPEN).value, done,
        )  # fmt: skip
        work.bulk(_TASK, follow, topics={Topic.VISITS})
    row = (
        dice.id(), client, who, told["field"], told["question"], asked.isoformat(), due.isoformat(), state.value,
        told.get("reply"), replied and replied.isoformat(), task, closed and closed.isoformat(),
    )  # fmt: skip
    work.bulk(_REQUEST, row, topics={Topic.SPECIALISTS})
