"""The records that travel of what turns segments into insight: campaigns, clubs, events, products, group clients.

Part of the table in `wire/registry.py`, which says how it is read.
"""

from __future__ import annotations

from rmdesk.wire.shapes import Home, Type
from rmdesk.wire.shapes import fields as _fields

_BOOK, _OWN, _TEAM = Home.BOOK, Home.OWN, Home.TEAM
_CLIENT = ("client_id",)

INSIGHT: tuple[Type, ...] = (
    # An event is the team's; who was invited belongs to the client's book.
    Type(
        "gathering",
        _TEAM,
        _fields(
            "kind title on:day at minutes:int place club seats:int state:machine=planned<cancelled<held cost_minor:int "
            "currency guests:int note lesson reason entered_at:instant"
        ),
        since=2,
    ),
    Type(
        "invitation",
        _BOOK,
        _fields(
            "client_id:client gathering_id:>gathering title on:day invited_on:day channel reply replied_on:day "
            "companions:int came:flag visit_id:>visit task_id:>task note"
        ),
        client=_CLIENT,
        natural=("client_id", "gathering_id"),
        since=2,
    ),
    Type(
        "club_term",
        _BOOK,
        _fields(
            "client_id:client club half proposal facts:json decision reason circles decided_on:day decided_by "
            "starts_on:day ends_on:day state:machine=asked<approved<refused+ lead_on:day+ lead_by+ comment!"
        ),
        client=_CLIENT,
        natural=("client_id", "club", "half"),
        since=2,
    ),
    Type(
        "benefit_use",
        _BOOK,
        _fields(
            "client_id:client benefit year:int turn:int on:day place note cost_minor:int currency entered_at:instant"
        ),
        client=_CLIENT,
        natural=("client_id", "benefit", "year", "turn"),  # a second use of one right is a difference to settle
        since=2,
    ),
    Type(
        "points_entry",
        _BOOK,
        _fields("client_id:client on:day kind rule points:int basis_minor:int currency source note expires_on:day"),
        client=_CLIENT,
        natural=("client_id", "kind", "rule", "source"),
        final=True,
        since=2,
    ),
    Type(
        "campaign",
        _OWN,
        _fields(
            "name purpose product state:machine=draft<running<closed starts_on:day ends_on:day filter:json "
            "with_open:flag script margin_bp:int note made_on:day"
        ),
        since=2,
    ),
    Type(
        "campaign_target",
        _OWN,
        _fields("campaign_id:>campaign client_id:client added_on:day out_on:day out_why"),
        key=("campaign_id", "client_id"),
        natural=("campaign_id", "client_id"),
        parent="campaign_id",
        since=2,
    ),
    Type(
        "campaign_touch",
        _OWN,
        _fields(
            "campaign_id:>campaign client_id:client on:day channel outcome amount_minor:int currency note "
            "visit_id:>visit entered_at:instant"
        ),
        parent="campaign_id",
        since=2,
    ),
    Type("specialist", _TEAM, _fields("name field unit phone note retired_on:day"), since=2),
    Type(
        "specialist_request",
        _BOOK,
        _fields(
            "client_id:client specialist_id:>specialist field campaign_id:>campaign visit_id:>visit question "
            "asked_on:day due_on:day state:machine=open<withdrawn<answered<closed reply replied_on:day task_id:>task "
            "closed_on:day"
        ),
        client=_CLIENT,
        since=2,
    ),
    Type(
        "renewal_plan",
        _BOOK,
        _fields("client_id:client holding_key way product_code on:day note planned_on:day"),
        client=_CLIENT,
        natural=("client_id", "holding_key"),
        since=2,
    ),
    Type(
        "asset_elsewhere",
        _BOOK,
        _fields("client_id:client place kind amount_minor:int currency confirmed_on:day matures_on:day note"),
        client=_CLIENT,
        since=2,
    ),
    Type("credit_party", _BOOK, _fields("client_id:client name note"), client=_CLIENT, since=2),
    Type("group_client", _BOOK, _fields("name note made_on:day"), since=2),
    Type(
        "group_member",
        _BOOK,
        _fields("group_id:>group_client party_id:>credit_party under_id:>credit_party share_bp:int note"),
        parent="group_id",
        since=2,
    ),
    Type(
        "exposure",
        _BOOK,
        _fields("party_id:>credit_party kind amount_minor:int currency draft:flag as_of:day note"),
        parent="party_id",
        since=2,
    ),
    Type(
        "guarantee",
        _BOOK,
        _fields("guarantor_id:>credit_party debtor_id:>credit_party amount_minor:int currency as_of:day note"),
        parent="guarantor_id",
        since=2,
    ),
    Type(
        "capital_figure",
        _TEAM,
        _fields("on:day net_minor:int tier1_minor:int currency source"),
        natural=("on",),
        since=2,
    ),
    Type("product_card", _TEAM, _fields("code facts suits talk written_on:day"), natural=("code",), since=2),
)
