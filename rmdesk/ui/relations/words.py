"""Chips and names of relationships, as every view shows them."""

from __future__ import annotations

from rmdesk.base.text import _
from rmdesk.services.relations import tables
from rmdesk.services.relations.rows import Party

GROUP_KINDS = {"family": "value", "influence": "opportunity", "business": "overdue", "social": "plain"}


def group(name: str) -> str:
    """The name of a group of relationships."""
    return tables.groups()[name].said


def sort_of(party: Party) -> str:
    """What somebody is to the bank: client, company, or no client."""
    if party.client is None:
        return _("no client")
    return _("company") if party.company else _("client")
