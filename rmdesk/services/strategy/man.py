"""Reads Money, Authority and Need of a client: answers, the range they leave, hints, and the question that is open."""

from __future__ import annotations

import json
from datetime import date, timedelta
from math import isnan

from rmdesk.base import clock
from rmdesk.base.record import record
from rmdesk.base.text import Phrase
from rmdesk.models.kinds import Answer, ClientId, RelationKind
from rmdesk.services.campaigns.tables import table
from rmdesk.services.care import portfolio
from rmdesk.services.care.frame import Portfolio
from rmdesk.services.occasions import names
from rmdesk.services.occasions.due import due
from rmdesk.services.products import tables as products
from rmdesk.services.profile import queries as profile
from rmdesk.services.profile import rules as asking
from rmdesk.services.segments import assets
from rmdesk.services.store.reads import Reads
from rmdesk.services.strategy import rules
from rmdesk.services.strategy.rules import Known


@record
class Letter:
    """One of the three. `hints` are offers to confirm, never answers."""

    letter: str
    answer: Answer | None
    answered_on: date | None
    hints: tuple[Phrase, ...]
    question: Phrase


@record
class ManFile:
    """The three letters, the difficulty they leave open (1 to 5, easiest and hardest), and what to ask next."""

    letters: tuple[Letter, ...]
    low: int
    high: int
    develop_first: int
    ask: Letter | None
    planned_on: date | None  # of the next planned visit, which the question would go to
    asked: bool  # it stands there, or among the tasks, already
    group: str | None  # of the nine

    @property
    def easy(self) -> bool:
        """Whether the client is developed first."""
        return self.high <= self.develop_first


def man_of(reads: Reads, client: ClientId, product: str | None = None, day: date | None = None) -> ManFile:
    """How a client stands; `product` gives the minimum that free money is held against."""
    today = day or clock.today()
    whole = portfolio.load(reads, today, [client])
    rows = profile.answers_of(reads, client)
    answers = {row.letter: row.answer for row in rows}
    offered = rules.hints(known_of(reads, whole, client, product))
    letters = tuple(
        Letter(row.letter, row.answer, row.answered_on, offered[row.letter], question_of(row.letter)) for row in rows
    )
    open_ = rules.next_question(answers)
    ask = next((one for one in letters if one.letter == open_), None)
    low, high = (int(column[0]) if whole.size else 5 for column in (whole.man_low, whole.man_high))
    group = f"G{whole.group[0]}" if whole.size and whole.group[0] else None
    planned = next_visit(reads, client, today)
    asked = ask is not None and is_asked(reads, client, ask.question.said, today)
    return ManFile(letters, low, high, whole.table.develop_first, ask, planned[1] if planned else None, asked, group)


def question_of(letter: str) -> Phrase:
    """What to ask for a letter, as the profile asks it."""
    found = next(entry.question for entry in asking.weighed(company=False) if entry.name == f"man.{letter}")
    return Phrase("{question}", {"question": found})


def next_visit(reads: Reads, client: ClientId, day: date) -> tuple[str, date] | None:
    """The next planned visit from `day` on: id and day."""
    row = reads.one(
        'SELECT id, "on" FROM visit WHERE client_id = ? AND state = \'planned\' AND "on" >= ?'
        ' ORDER BY "on", id LIMIT 1',
        (client, day.isoformat()),
    )
    return None if row is None else (str(row[0]), date.fromisoformat(row[1]))


def is_asked(reads: Reads, client: ClientId, text: str, day: date) -> bool:
    """Whether a question stands in a planned visit or an open task already."""
    return bool(
        reads.value(
            "SELECT 1 FROM visit WHERE client_id = :client AND state = 'planned' AND \"on\" >= :day"
            " AND instr(coalesce(purpose, ''), :text)"
            " UNION SELECT 1 FROM task WHERE client_id = :client AND state = 'open' AND instr(text, :text)",
            {"client": client, "day": day.isoformat(), "text": text},
        )
    )


def known_of(reads: Reads, whole: Portfolio, client: ClientId, product: str | None = None) -> Known:
    """What the data tell of one client's money, authority and need."""
    table_, measures = whole.table, whole.measures
    figures = reads.one("SELECT demand_minor, idle_minor, aum_minor FROM client_figures WHERE client_id = ?", (client,))
    demand, idle, aum = figures or (None, None, None)
    unit = whole.minor(1.0)
    ahead = float(measures["ahead"][0]) if whole.size else 0.0
    return Known(
        free=None if demand is None else demand / unit,
        maturing=None if isnan(ahead) else ahead,
        elsewhere=_elsewhere(reads, client, whole),
        minimum=_minimum(reads, product, table_.money_minimum, unit),
        idle_share=None if idle is None or not aum else idle / aum,
        idle_least=table_.idle_share,
        decides_for=_decides_for(reads, client),
        alone=_alone(reads, client),
        life=_life(reads, client, whole.day),
        needs=_needs(reads, client, whole.day),
    )


def _minimum(reads: Reads, product: str | None, usual: float, unit: int) -> float:
    told = None
    if product is not None:
        told = reads.value("SELECT minimum_minor FROM product WHERE code = ?", (product,))
    return usual if told is None else told / unit


def _elsewhere(reads: Reads, client: ClientId, whole: Portfolio) -> float | None:
    rates = assets.factors(reads, whole.currency)
    since = whole.day - timedelta(days=products.table().elsewhere_days)
    rows = reads.rows(
        "SELECT amount_minor, currency FROM asset_elsewhere WHERE client_id = ? AND confirmed_on >= ?",
        (client, since.isoformat()),
    )
    told = [amount * rates[coin] for amount, coin in rows if amount is not None and coin in rates]
    return sum(told) / whole.minor(1.0) if told else None


def _decides_for(reads: Reads, client: ClientId) -> tuple[str, ...]:
    rows = reads.rows(
        "SELECT coalesce(c.name, p.name) FROM relationship r LEFT JOIN client c ON c.id = r.to_client_id"
        " LEFT JOIN person p ON p.id = r.to_person_id WHERE r.from_client_id = ? AND r.kind = ? ORDER BY 1 LIMIT 5",
        (client, RelationKind.DECIDER.value),
    )
    return tuple(row[0] for row in rows if row[0])


def _alone(reads: Reads, client: ClientId) -> str:
    texts = [row[0] for row in reads.rows("SELECT text FROM kyc_block WHERE client_id = ?", (client,))]
    return next((word for word in table().alone for text in texts if word in text), "")


def _life(reads: Reads, client: ClientId, day: date) -> tuple[Phrase, ...]:
    span = timedelta(days=table().life_days)
    found = due(reads, day - span, day + span, [client])
    return tuple(names.title(one) for one in found if one.kind in table().life_kinds)


def _needs(reads: Reads, client: ClientId, day: date) -> tuple[str, ...]:
    """Needs that came up in a visit of late whose next step has a day."""
    rows = reads.rows(
        "SELECT found FROM visit WHERE client_id = ? AND state = 'held' AND found IS NOT NULL AND next_on IS NOT NULL"
        ' AND "on" >= ? ORDER BY "on" DESC LIMIT 10',
        (client, (day - timedelta(days=table().need_days)).isoformat()),
    )
    told = [one["text"] for row in rows for one in json.loads(row[0]) if one.get("kind") == "need"]
    return tuple(dict.fromkeys(told))
