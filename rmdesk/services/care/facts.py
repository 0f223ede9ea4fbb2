"""Reads what the care list needs, a handful of queries for the whole portfolio, into columns.

Days are counted from the day of the list: `..._days` is how long ago something was, NaN when it is not known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record
from rmdesk.models.kinds import ClientStatus
from rmdesk.services.care import owed
from rmdesk.services.rulebook import book
from rmdesk.services.segments.assets import asset_kinds
from rmdesk.services.store.reads import Reads

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

UNTOLD = -(2**63)
MONTHS = 24
STATUSES = tuple(ClientStatus)


@record
class Scope:
    """Whose facts are read, on which day: all clients, or those in `clients`."""

    reads: Reads
    day: date
    clients: tuple[int, ...] | None = None

    def rows(self, sql: str, key: str = "client_id", **params: Any) -> Iterator[list[tuple[Any, ...]]]:
        """Pages of a query; `{some}` in it becomes a condition on the client, whose column is `key`."""
        some = "" if self.clients is None else f"AND {key} IN (SELECT value FROM json_each(:clients))"
        given = {"day": self.day.isoformat(), "clients": json.dumps(self.clients or ()), **params}
        return self.reads.pages(sql.replace("{some}", some), given)


@record
class Columns:
    """A table of numbers with a client in each row, and the places of these clients in the portfolio."""

    names: tuple[str, ...]
    values: Floats
    at: Ints

    def column(self, name: str) -> Floats:
        """One column, a value for each row."""
        return self.values[:, self.names.index(name)]

    def spread(self, name: str, size: int, missing: float = np.nan) -> Floats:
        """One column for the whole portfolio; clients without a row get `missing`."""
        whole = np.full(size, missing)
        whole[self.at] = self.column(name)
        return whole

    def summed(self, amounts: Floats, size: int) -> Floats:
        """A value of each row, added up by client."""
        whole = np.zeros(size)
        np.add.at(whole, self.at, amounts)
        return whole

    def highest(self, amounts: Floats, size: int) -> Floats:
        """The highest value of each client's rows; 0 without a row."""
        whole = np.zeros(size)
        np.maximum.at(whole, self.at, amounts)
        return whole


def read(scope: Scope, clients: Ints, names: Sequence[str], sql: str, **params: Any) -> Columns:
    """A query whose first column is the client and whose others are numbers, called `names`."""
    pages = [np.array(page, dtype=np.float64) for page in scope.rows(sql, **params)]
    return _columns(np.concatenate(pages) if pages else np.empty((0, len(names) + 1)), clients, names)


def _columns(rows: Any, clients: Ints, names: Sequence[str]) -> Columns:
    table = np.array(rows, dtype=np.float64).reshape(len(rows), len(names) + 1)
    ids = table[:, 0].astype(np.int64)
    at = np.searchsorted(clients, ids)
    known = np.isin(ids, clients)
    return Columns(tuple(names), table[known, 1:], at[known])


def ago(column: str) -> str:
    """SQL of the days since a date column."""
    return f"julianday(:day) - julianday({column})"


CLIENT = (
    *("status", "consent", "manager_days", "opened_days", "aum", "aum_days", "demand", "idle"),
    *("month_before", "quarter_before", "peak", "falling", "out", "active"),
    *("dormant_days", "kinds", "since_days", "last_month"),
)

_CLIENTS = f"""
SELECT c.id, CASE c.status {" ".join(f"WHEN '{status}' THEN {at}" for at, status in enumerate(STATUSES))} END,
       c.marketing_consent, {ago("c.manager_since")}, {ago("c.opened_on")},
       f.aum_minor, {ago("f.aum_on")}, f.demand_minor, f.idle_minor, f.month_before_minor, f.quarter_before_minor,
       f.peak_minor, f.falling_months, f.out_minor, f.active_months,
       julianday(min(:day, coalesce(f.aum_on, :day))) - julianday(f.last_own_on),
       f.product_kinds, {ago("coalesce(f.since, c.opened_on)")}, f.last_month, f.averages
FROM client c LEFT JOIN client_figures f ON f.client_id = c.id
WHERE c.merged_into IS NULL {{some}} ORDER BY c.id
"""


def clients(scope: Scope) -> tuple[Ints, dict[str, Floats], Floats]:
    """Ids in ascending order, the columns CLIENT, and the series of monthly averages (clients, 24) in minor units."""
    pages, blobs, none = [], [], np.full(MONTHS, UNTOLD, dtype="<i8").tobytes()
    for page in scope.rows(_CLIENTS, key="c.id"):
        blobs.append(b"".join([row[-1] or none for row in page]))
        pages.append(np.array([row[:-1] for row in page], dtype=np.float64))
    table = np.concatenate(pages) if pages else np.empty((0, len(CLIENT) + 1))
    kept = np.frombuffer(b"".join(blobs), dtype="<i8").reshape(len(table), MONTHS)
    series = np.where(kept == UNTOLD, np.nan, kept)
    # Copies: one column that the portfolio keeps would keep the whole table.
    return table[:, 0].astype(np.int64), {name: table[:, at].copy() for at, name in enumerate(CLIENT, start=1)}, series


def ties(scope: Scope, ids: Ints) -> Ints:
    """Each client's place by the bank's number, then by name, for ties: ids follow the order of a file, numbers do not.

    A shorter number comes before a longer one, so that 9 stands before 10; clients without a number come last.
    """
    numbered = "SELECT id, length(number) FROM client WHERE number IS NOT NULL {some} ORDER BY number"
    nameless = "SELECT id, 0 FROM client WHERE number IS NULL AND merged_into IS NULL {some} ORDER BY name, id"
    found = [
        np.concatenate([np.empty((0, 2), np.int64), *(np.array(page, np.int64) for page in scope.rows(sql, key="id"))])
        for sql in (numbered, nameless)
    ]
    by_length = found[0][np.argsort(found[0][:, 1], kind="stable"), 0]
    order = np.concatenate((by_length, found[1][:, 0]))
    places = np.empty(len(ids), dtype=np.int64)
    order = order[np.isin(order, ids)]  # others were merged
    places[np.searchsorted(ids, order)] = np.arange(len(order))
    return places


CONTACTS = ("gap", "ours_days", "inbound_days", "q", "marketing", "cancelled")


def contacts(scope: Scope, ids: Ints, **rules: Any) -> Columns:
    """Days since the last two-way contact, since the last one from us and from them; the contact index q; marketing
    touches; cancelled or postponed meetings, at once when they are called off. An unanswered message is no contact."""
    return read(
        scope,
        ids,
        CONTACTS,
        f"""
        SELECT client_id,
               min(CASE WHEN held AND two_way THEN days END),
               min(CASE WHEN held AND two_way AND NOT inbound THEN days END),
               min(CASE WHEN held AND inbound THEN days END),
               coalesce(sum(CASE WHEN held AND two_way AND days < :window THEN
                   CASE WHEN channel IN (SELECT value FROM json_each(:face)) THEN :visit ELSE :call END END), 0),
               coalesce(sum(held AND marketing AND days < :touch_days), 0),
               coalesce(sum(state IN ('cancelled', 'postponed') AND days < :cancel_days), 0)
        FROM (SELECT client_id, state, state = 'held' AS held, two_way, inbound, marketing, channel,
                     {ago('"on"')} AS days
              FROM visit WHERE state <> 'planned' AND ("on" <= :day OR state IN ('cancelled', 'postponed')) {{some}})
        GROUP BY client_id
        """,
        **{**rules, "face": json.dumps(rules["face"])},
    )


def records_began(reads: Reads, day: date) -> float:
    """Days since the first contact was entered on this desk; NaN when none ever was."""
    first = reads.value("SELECT min(entered_at) FROM visit WHERE state = 'held'")  # by its index
    return np.nan if first is None else float((day - date.fromisoformat(first[:10])).days)


def knowledge(scope: Scope, ids: Ints, fresh_days: int) -> Columns:
    """KYC blocks confirmed in the last `fresh_days`."""
    sql = f"""
        SELECT client_id, sum(confirmed_on IS NOT NULL AND {ago("confirmed_on")} BETWEEN 0 AND :fresh)
        FROM kyc_block WHERE TRUE {{some}} GROUP BY client_id
    """
    return read(scope, ids, ("k",), sql, fresh=fresh_days)


def overrides(scope: Scope, ids: Ints) -> Columns:
    """The manager's word on the familiarity (0, 1, 2) and how many days ago it was given."""
    sql = f"""
        SELECT client_id, CASE familiarity WHEN 'familiar' THEN 2 WHEN 'acquainted' THEN 1 ELSE 0 END, {ago("set_on")}
        FROM familiarity_override WHERE TRUE {{some}}
    """
    return read(scope, ids, ("class", "days"), sql)


def man_answers(scope: Scope, ids: Ints) -> Columns:
    """The answers to Money, Authority, Need: 1 yes, 0 no."""
    letters = ", ".join(f"max(CASE WHEN letter = '{letter}' THEN answer = 'yes' END)" for letter in "MAN")
    return read(
        scope,
        ids,
        ("M", "A", "N"),
        f"SELECT client_id, {letters} FROM man_answer WHERE TRUE {{some}} GROUP BY client_id",
    )


def referrals(scope: Scope, ids: Ints, recent_days: int) -> Columns:
    """Confirmed referrals, ever and of late."""
    sql = f"""
        SELECT client_id, count(*), sum({ago('"on"')} <= :recent)
        FROM referral WHERE confirmed AND "on" <= :day {{some}} GROUP BY client_id
    """
    return read(scope, ids, ("ever", "recent"), sql, recent=recent_days)


MATURITIES = ("days", "amount", "lapsed")


def maturities(scope: Scope, ids: Ints, *, back: int, ahead: int, lapsed: int, rates: dict[str, float]) -> Columns:
    """Asset holdings that mature from `back` days ago to `ahead` days: days, amount, whether they count as lapsed.

    A renewed one does not appear. Lapsed: matured `lapsed` days ago or longer, and the bank says it was not renewed
    or still shows it open that long after.
    """
    sql = """
        SELECT client_id, days, amount_minor * rate.value,
               days <= -:lapsed AND (renewed = 0 OR
                   (renewed IS NULL AND ended_on IS NULL AND julianday(as_of) - julianday(matures_on) >= :lapsed))
        FROM (SELECT *, julianday(matures_on) - julianday(:day) AS days FROM holding
              WHERE matures_on BETWEEN date(:day, :back) AND date(:day, :ahead) {some}) h
        JOIN json_each(:rates) rate ON rate.key = h.currency
        WHERE amount_minor > 0 AND renewed IS NOT 1 AND kind IN (SELECT value FROM json_each(:assets))
          AND (days <= -:lapsed OR ended_on IS NULL OR ended_on > :day)
    """
    return read(
        scope,
        ids,
        MATURITIES,
        sql,
        back=f"-{back} days",
        ahead=f"+{ahead} days",
        lapsed=lapsed,
        rates=json.dumps(rates),
        assets=json.dumps(asset_kinds()),
    )


def elsewhere(scope: Scope, ids: Ints) -> Columns:
    """Who was lately confirmed to hold something elsewhere (rules/products.toml): money there is, if not with us."""
    sql = """
        SELECT DISTINCT client_id, 1 FROM asset_elsewhere
        WHERE confirmed_on BETWEEN date(:day, :since) AND :day {some}
    """
    days = int(book("products")["elsewhere"]["days"]["value"])
    return read(scope, ids, ("held",), sql, since=f"-{days} days")


def complaints(scope: Scope, ids: Ints) -> Columns:
    """Open ones with severity, days gone and allowed as the legal clock counts them (working days), and how many
    days ahead their last day is."""
    sql = """
        SELECT client_id, severity / 1000.0, received_on, allowed_days
        FROM complaint WHERE state = 'open' AND received_on <= :day {some}
    """
    rows = []
    for page in scope.rows(sql):
        for client, severity, received_on, allowed in page:
            one = owed.complaint(date.fromisoformat(received_on), allowed, scope.day)
            rows.append((client, severity, one.used, one.allowed, (one.due - scope.day).days))
    return _columns(rows, ids, ("severity", "elapsed", "allowed", "ahead"))


def unfavourable(scope: Scope, ids: Ints) -> Columns:
    """Complaints that were closed unfavourably: days since."""
    sql = f"""
        SELECT client_id, {ago("closed_on")}
        FROM complaint WHERE state = 'closed' AND verdict = 'unfavourable' AND closed_on <= :day {{some}}
    """
    return read(scope, ids, ("days",), sql)


def promises(scope: Scope, ids: Ints) -> Columns:
    """Open promises that are due: days since the due date, 0 today."""
    sql = f"SELECT client_id, {ago('due_on')} FROM promise WHERE state = 'open' AND due_on <= :day {{some}}"
    return read(scope, ids, ("late",), sql)


def marks(scope: Scope, ids: Ints) -> Columns:
    """The last word on each client's row: days since it was marked done, or days until it comes back."""
    sql = f"""
        SELECT client_id, CASE kind WHEN 'done' THEN {ago('"on"')} END,
               CASE kind WHEN 'snoozed' THEN julianday(until) - julianday(:day) END
        FROM (SELECT client_id, kind, "on", until, max(id) FROM care_mark
              WHERE "on" <= :day {{some}} GROUP BY client_id)
    """
    return read(scope, ids, ("done_days", "snoozed_for"), sql)
