"""Writes how well churn and response are foretold, docs/performance-churn.md, from the real data beside the project."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench import churn, response
from bench.churn import Floats, auc, lift
from bench.measure import ROOT
from rmdesk.services.churn import queries
from rmdesk.services.churn.tables import table
from rmdesk.services.response import rules as response_rules
from rmdesk.services.response.tables import table as response_table
from rmdesk.services.store.store import Store

DATA = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "performance-churn.md"
DRAWS = 1000
SHOWN_SINGLES = 8  # columns shown beside those everybody would try
Lost = npt.NDArray[np.int64]


def page(*, quick: bool) -> str:
    """The whole page; `quick` draws fewer samples and teaches the boosted models less often."""
    draws, rounds = (100, 1) if quick else (DRAWS, 5)
    with _store(DATA / "berka" / churn.STATE) as store:
        one = churn.case(store, DATA / "berka")
    parts = [HEAD, _churn(one, draws, rounds), ABOUT_CHURN, _weights(one), _windows(draws), ABOUT_WINDOWS]
    parts += [_response(draws), TAIL]
    return "\n".join(part.strip() + "\n" for part in parts)


def _churn(one: churn.Case, draws: int, rounds: int) -> str:
    scores: dict[str, Floats] = {"**rmdesk churn**": one.risk, "boosted model": churn.boosted(one, rounds=rounds)}
    alone = churn.singles(one)
    known = ("last balance", "mean / last balance", "months since the last transaction")
    best = sorted((name for name in alone if name not in known), key=lambda name: -auc(one.lost, alone[name]))
    names = {name: f"`{name}` alone" for name in best[:SHOWN_SINGLES]}
    scores |= {f"{name} alone": alone[name] for name in known}
    scores |= {names[name]: alone[name] for name in names}
    return _table(one.lost, scores, draws)


def _table(lost: Lost, scores: Mapping[str, Floats], draws: int) -> str:
    """AUC and lift of each score with the middle 95 % of samples drawn anew, and of the difference to the first."""
    rng = np.random.default_rng(0)
    samples = [rng.integers(0, len(lost), len(lost)) for _ in range(draws)]
    first = next(iter(scores.values()))
    own = np.array([auc(lost[at], first[at]) for at in samples])
    lines = [
        "| order by | AUC | 95 % | first by (95 %) | lift in the first tenth |",
        "| --- | ---: | --- | --- | ---: |",
    ]
    for name, score in scores.items():
        drawn = own if score is first else np.array([auc(lost[at], score[at]) for at in samples])
        ahead = "" if score is first else _span(own - drawn)
        lines.append(f"| {name} | {auc(lost, score):.3f} | {_span(drawn)} | {ahead} | {lift(lost, score):.2f} |")
    return "\n".join(lines)


def _span(drawn: Floats) -> str:
    low, high = np.quantile(drawn, [0.025, 0.975])
    return f"{low:.3f} to {high:.3f}"


def _weights(one: churn.Case) -> str:
    """What the order loses without each signal, and with half or half as much again of its weight."""
    rule = table()
    ours = auc(one.lost, one.risk)
    lines = [
        "| signal | weight | AUC without | with half | with half as much again |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, signal in rule.signals.items():
        others = [auc(one.lost, churn.risk_with(one, {name: signal.weight * times})) for times in (0, 0.5, 1.5)]
        lines.append(f"| {signal.name.en} | {signal.weight} | " + " | ".join(f"{other:.3f}" for other in others) + " |")
    return f"## What each signal is worth\n\nWith all of them {ours:.3f}.\n\n" + "\n".join(lines)


def _windows(draws: int) -> str:
    """Other days of the same bank, from transactions only."""
    folder = DATA / "berka"
    with (folder / "month_end_1993.csv").open(encoding="utf-8", newline="") as file:
        ends = {(row["month_end"], row["account_id"]): float(row["balance"]) for row in csv.DictReader(file)}
    with (folder / churn.STATE).open(encoding="utf-8", newline="") as file:
        years_on = {row["account_id"]: float(row["final_balance"]) for row in csv.DictReader(file)}
    december = {account: balance for (day, account), balance in ends.items() if day == "1993-12-31"}
    lines = ["| known on | lost by | accounts | lost | rmdesk churn | 95 % | last balance | mean / last balance |",
             "| --- | --- | ---: | ---: | ---: | --- | ---: | ---: |"]  # fmt: skip
    rng = np.random.default_rng(0)
    with _store(folder / "transactions_1993.csv.gz") as store:
        for month, until, then in (
            (7, "1993-12-31", december), (8, "1993-12-31", december), (9, "1993-12-31", december),
            (12, churn.DAY.isoformat(), years_on),
        ):  # fmt: skip
            day = date(1993, month, 31 if month != 9 else 30)
            found = store.read(queries.ranking, day)
            risks = {str(one.account): float(risk) for one, risk in zip(found.subjects, found.risks, strict=True)}
            rows = [
                (then[account] < 0.5 * now, risks[account], now, -usual / now)
                for account, now, usual in _settled(ends, day)
                if account in then
            ]
            lost, risk, last, ratio = (np.array(column) for column in zip(*rows, strict=True))
            samples = [rng.integers(0, len(lost), len(lost)) for _ in range(draws)]
            drawn = np.array([auc(lost[at], risk[at]) for at in samples if lost[at].any()])
            lines.append(
                f"| {day} | {until} | {len(lost)} | {int(lost.sum())} | {auc(lost, risk):.3f} | {_span(drawn)} | "
                f"{auc(lost, last):.3f} | {auc(lost, ratio):.3f} |"
            )
    return "## Other days of the same bank\n\n" + "\n".join(lines)


def _settled(ends: Mapping[tuple[str, str], float], day: date) -> Iterator[tuple[str, float, float]]:
    """Accounts with four month ends and something to lose: number, balance, mean of the month ends."""
    by_account: dict[str, list[tuple[str, float]]] = {}
    for (end, account), balance in ends.items():
        if end <= day.isoformat():
            by_account.setdefault(account, []).append((end, balance))
    for account, told in sorted(by_account.items()):
        told.sort()
        if len(told) >= 4 and told[-1][0] == day.isoformat() and told[-1][1] > 1000:
            yield account, told[-1][1], float(np.mean([balance for _end, balance in told]))


def _response(draws: int) -> str:
    found = response.contacts(DATA / "bank_marketing")
    ours = response_rules.total(response_rules.points(found.asked, response_table()))
    scores: dict[str, Floats] = {
        "**the calling order**": ours,
        "boosted model, with the season of the call": response.boosted(found, season=True),
        "boosted model, of the client alone": response.boosted(found, season=False),
    }
    scores |= {f"{name} alone": score for name, score in response.singles(found).items()}
    return "## Whom to call\n\n" + ABOUT_RESPONSE.strip() + "\n\n" + _table(found.yes, scores, min(draws, 200))


@contextmanager
def _store(*paths: Path) -> Iterator[Store]:
    """A portfolio of these files, thrown away afterwards."""
    from rmdesk.services.imports.commands import ApplyImport
    from rmdesk.services.imports.gathering import gathered
    from rmdesk.services.imports.source import open_sources
    from rmdesk.services.imports.terms import Terms
    from rmdesk.services.store import profile

    with (
        tempfile.TemporaryDirectory(prefix="rmdesk-bench-", ignore_cleanup_errors=True) as folder,
        closing(profile.create(Path(folder) / "desk", who="bench", demo=True)) as store,
    ):
        sources = [source for path in paths for source in open_sources(path, currency="CZK")]
        with gathered(sources) as made:
            store.perform(ApplyImport(made, Terms(made.day(), "CZK")))
        yield store


HEAD = """
# How well churn and response are foretold

Written by `python3 dev.py bench --parts churn` from data that real banks have published; nothing here was measured on
invented clients. AUC is the share of pairs (one lost, one kept) that an order puts the right way round: 0.5 is chance,
1 is perfect. Lift is how many times as many are lost in the first tenth of the order as in all. The 95 % are of
samples drawn anew from the same accounts; "first by" is how far the first line of the table is ahead in the same
samples, so a span above zero is a difference that the accounts at hand do not owe to luck.

## Who leaves: a Czech bank at the end of 1996

The state is what the bank's hand-over of 1996-12-31 tells of 2,244 accounts, taken in by `rmdesk import` and ranked by
`rmdesk churn --as-of 1996-12-31`; lost are the 118 whose balance had fallen by half a year later. The boosted model
(gradient boosting on every column of the file, ten-fold: each account is judged by a model that never saw its answer)
stands for what can be learned from these columns at all.
"""

ABOUT_CHURN = """
What changed from the first idea to this rule, and why:

- The signals of the care priority (fall, three months of decline, transfers out) say that a client is leaving *now*.
  A year ahead they say little: an account that has just fallen has less left to lose. They stay where they are, in R;
  here a fall and dormancy weigh .2.
- What tells a year ahead is how firmly the money sits: how far the balance swings, how large a single movement is, how
  large the sum is beside other demand accounts, how far it stands above its own usual level, and whether daily life
  is paid from the account or a standing order binds it.
- The weights are round, in steps of .1, and were chosen by hand on the five days of this page together, not fitted to
  one; the next table shows how little hangs on each. Two things were tried and left out because they told nothing on
  any day: growth in the last three months, and income that stops. What became of accounts after 1997 was not looked at.
  As the answers of 1996 were in view when the weights were chosen, the first line may flatter the rule a little; the
  boosted model never saw the answer it is judged by. How little: no weight changed by half moves it by .015.
- Where the bank tells standing orders, an account without one counts as less bound; the published orders carry no
  date, so they are left out here.
"""

ABOUT_WINDOWS = """
Of 1993 only transactions are known, so what the bank tells of an account as a whole (deviation, mean amount of a
movement) is worked out from its months, by another way than above: a check that the rule does not live on one file.
Accounts are a few months old and few are lost, hence the wide spans. Here the sum alone says as much, and over three
years more: a reason to let it weigh most.
"""

ABOUT_RESPONSE = """
31,648 phone contacts of a Portuguese bank, 3,708 of which sold a term deposit. How long the call lasted is left out:
nobody knows it before the call. The order knows what a desk knows of a client; the season of the call is the
campaign's matter, and the upper reference with it is shown for completeness.
"""

TAIL = """
Points of the calling order are round as well (`resources/rules/response.toml`); a boosted model of the client alone is
hardly better, so there was nothing to hide a model for.
"""
