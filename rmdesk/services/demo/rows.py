"""Collects the rows of the demo portfolio and writes them table by table."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmdesk.models.kinds import Topic
from rmdesk.services.store.work import UnitOfWork

# In this order every row finds what it points to.
TABLES = {
    "batch": Topic.IMPORTS,
    "batch_file": Topic.IMPORTS,
    "branch": Topic.CLIENTS,
    "product": Topic.HOLDINGS,
    "client": Topic.CLIENTS,
    "account": Topic.HOLDINGS,
    "holding": Topic.HOLDINGS,
    "month_fact": Topic.HOLDINGS,
    "person": Topic.RELATIONS,
    "relationship": Topic.RELATIONS,
    "household": Topic.RELATIONS,
    "household_member": Topic.RELATIONS,
    "consent": Topic.PROFILE,
    "visit": Topic.VISITS,
    "promise": Topic.VISITS,
    "task": Topic.VISITS,
    "occasion": Topic.OCCASIONS,
    "greeting": Topic.OCCASIONS,
    "template": Topic.OCCASIONS,
    "complaint": Topic.COMPLAINTS,
    "complaint_step": Topic.COMPLAINTS,
    "feedback": Topic.COMPLAINTS,
    "satisfaction": Topic.COMPLAINTS,
    "referral": Topic.RELATIONS,
    "kyc_block": Topic.SEGMENTS,
    "man_answer": Topic.SEGMENTS,
    "journal": Topic.JOURNALS,
    "journal_client": Topic.JOURNALS,
    "journal_visit": Topic.JOURNALS,
    "playbook_card": Topic.JOURNALS,
    "citation": Topic.JOURNALS,
    "preference": Topic.PROFILE,
    "capital_figure": Topic.GROUPS,
    "group_client": Topic.GROUPS,
    "credit_party": Topic.GROUPS,
    "group_member": Topic.GROUPS,
    "exposure": Topic.GROUPS,
    "guarantee": Topic.GROUPS,
    "product_card": Topic.PRODUCTS,
    "renewal_plan": Topic.PRODUCTS,
    "asset_elsewhere": Topic.PRODUCTS,
    "gathering": Topic.GATHERINGS,
    "invitation": Topic.GATHERINGS,
    "gift": Topic.GIFTS,
    "gift_approval": Topic.GIFTS,
    "attachment": Topic.VISITS,
    "attachment_content": Topic.VISITS,
    "review": Topic.TEAM,
    "addendum": Topic.TEAM,
    "setting": Topic.SETTINGS,
}


class Rows:
    """Rows by table and set of columns, in the order in which they came."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = {}

    def add(self, table: str, **columns: Any) -> None:
        """One row; dates, and true and false, are kept as the models keep them."""
        rows = self._rows.setdefault((table, tuple(columns)), [])
        rows.append(tuple(_plain(value) for value in columns.values()))

    def take(self, table: str) -> list[dict[str, Any]]:
        """The rows of one table, taken out, to be added again with more."""
        taken = self.of(table)
        for key in [key for key in self._rows if key[0] == table]:
            del self._rows[key]
        return taken

    def of(self, table: str) -> list[dict[str, Any]]:
        """The rows of one table, as written."""
        return [
            dict(zip(columns, row, strict=True))
            for (name, columns), rows in self._rows.items()
            if name == table
            for row in rows
        ]

    def write(self, work: UnitOfWork) -> None:
        """Insert everything."""
        for table, topic in TABLES.items():
            for (name, columns), rows in self._rows.items():
                if name == table:
                    names = ", ".join(f'"{column}"' for column in columns)
                    marks = ", ".join("?" * len(columns))
                    work.bulk(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows, topics={topic})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
