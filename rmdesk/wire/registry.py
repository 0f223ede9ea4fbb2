"""Which records travel between desk and hub: their fields, who owns them, and what happens when two people differ.

One table for both sides. The desk's triggers (services/sync/tracking) and the hub's validation follow it; tests hold it
against the models: each table of the desk is listed here or among `LOCAL`, with the reason.
A value travels as SQLite stores it: text, whole number or nothing; days as YYYY-MM-DD, instants as ISO 8601 in UTC,
flags as 0 or 1, JSON as its text with sorted keys. Links to clients travel as the client's wire id (`wire/ids.py`).
"""

from __future__ import annotations

from rmdesk.wire.insight import INSIGHT
from rmdesk.wire.shapes import Field, Home, Kind, Rule, Type
from rmdesk.wire.shapes import fields as _fields
from rmdesk.wire.shapes import latest as _latest

__all__ = ("BANK_COLUMNS", "BANK_TABLES", "BY_NAME", "LEAD_ONLY", "LOCAL", "LOCAL_SETTINGS", "TYPES", "Field", "Home",
           "Kind", "Rule", "Type")  # fmt: skip

_BOOK, _OWN, _TEAM = Home.BOOK, Home.OWN, Home.TEAM
_CLIENT = ("client_id",)

TYPES: tuple[Type, ...] = (
    Type(
        "client",
        _BOOK,
        _fields(
            "origin kind status name pinyin initials pinyin_also sex birth_date id_kind id_number phone other_phones "
            "email wechat address district occupation employer note marketing_consent:flag preferred_channel "
            "preferred_hours merged_into:client"
        )
        + _latest("kept:json"),  # which of these were set at a desk: says nothing that two people could differ in
        client=("id",),
        sparse=True,
    ),
    Type(
        "person",
        _BOOK,
        _fields("name pinyin initials sex birth_date phone occupation employer note official:flag"),
    ),
    Type("household", _BOOK, _fields("name note")),
    Type(
        "household_member",
        _BOOK,
        _fields("household_id:>household client_id:client person_id:>person"),
        client=_CLIENT,
        parent="household_id",
    ),
    Type(
        "relationship",
        _BOOK,
        _fields(
            "kind from_client_id:client from_person_id:>person to_client_id:client to_person_id:>person "
            "noted_on:day note"
        ),
        client=("from_client_id", "to_client_id"),
        natural=("kind", "from_client_id", "from_person_id", "to_client_id", "to_person_id"),
    ),
    Type(
        "referral",
        _BOOK,
        _fields("client_id:client name on:day confirmed:flag new_client_id:client note"),
        client=_CLIENT,
    ),
    Type("preference", _BOOK, _fields("client_id:client taste text noted_on:day source"), client=_CLIENT),
    Type(
        "consent",
        _BOOK,
        _fields("client_id:client person_id:>person kind given:flag on:day how by"),
        client=_CLIENT,
    ),
    Type(
        "kyc_block",
        _BOOK,
        _fields("client_id:client area tense text confirmed_on:day"),
        key=("client_id", "area", "tense"),
        natural=("client_id", "area", "tense"),
        client=_CLIENT,
    ),
    Type(
        "man_answer",
        _BOOK,
        _fields("client_id:client letter answer answered_on:day"),
        key=("client_id", "letter"),
        natural=("client_id", "letter"),
        client=_CLIENT,
    ),
    Type(
        "familiarity_override",
        _BOOK,
        _fields("client_id:client familiarity reason set_on:day"),
        key=("client_id",),
        natural=("client_id",),
        client=_CLIENT,
    ),
    Type(
        "visit",
        _BOOK,
        _fields(
            "client_id:client state:machine=planned<postponed<cancelled<held channel on:day at minutes:int "
            "two_way:flag inbound:flag marketing:flag purpose content entered_at:instant participants place district "
            "found:json mood next_step next_on:day reason"
        ),
        client=_CLIENT,
    ),
    Type(
        "promise",
        _BOOK,
        _fields(
            "client_id:client visit_id:>visit text made_on:day due_on:day "
            "state:machine=open<handed_over<withdrawn<kept closed_on:day outcome"
        ),
        client=_CLIENT,
    ),
    Type(
        "task",
        _BOOK,
        _fields(
            "client_id:client visit_id:>visit text made_on:day due_on:day state:machine=open<dropped<done closed_on:day"
        ),
        client=_CLIENT,
    ),
    Type(
        "occasion",
        _BOOK,
        _fields(
            "client_id:client kind calendar year:int month:int day:int leap:flag once:flag leap_policy day_policy "
            "both:flag person title person_id:>person lead_days:int note"
        ),
        client=_CLIENT,
    ),
    Type(
        "greeting",
        _BOOK,
        _fields("client_id:client occasion_id:>occasion name for_day:day on:day channel text"),
        natural=("client_id", "name", "for_day"),
        client=_CLIENT,
    ),
    Type(
        "feedback",
        _BOOK,
        _fields("client_id:client kind channel text received_on:day reply replied_on:day valued:flag"),
        client=_CLIENT,
    ),
    Type(
        "gift",
        _BOOK,
        _fields(
            "client_id:client to_client_id:client to_person_id:>person state title category cost_minor:int currency "
            "why occasion_id:>occasion occasion tied_to planned_for:day bought_on:day given_on:day returned_on:day "
            "dropped_why reaction liking:int breach feedback_id:>feedback entered_at:instant"
        ),
        client=_CLIENT,
    ),
    Type(
        "gift_approval",
        _BOOK,
        _fields(
            "gift_id:>gift state:machine=asked<approved<refused<revoked+ asked_on:day asked_by reason cost_minor:int "
            "gates:json decided_on:day+ decided_by+ comment!"
        ),
        parent="gift_id",
    ),
    Type(
        "complaint",
        _BOOK,
        _fields(
            "client_id:client text severity:int received_on:day allowed_days:int state:machine=open<closed "
            "closed_on:day verdict channel owner hard:flag extended_on:day extended_by solution"
        ),
        client=_CLIENT,
    ),
    Type(
        "complaint_step",
        _BOOK,
        _fields("complaint_id:>complaint on:day who text"),
        parent="complaint_id",
    ),
    Type(
        "churn_case",
        _BOOK,
        _fields(
            "client_id:client reason lost_on:day opened_on:day peak_minor:int left_minor:int currency "
            "state:machine=open<closed cause signal signal_on:day note outcome closed_on:day"
        ),
        client=_CLIENT,
        natural=("client_id", "lost_on"),  # two desks find the same loss
        since=2,
    ),
    Type("churn_step", _BOOK, _fields("case_id:>churn_case on:day who text"), parent="case_id", since=2),
    *INSIGHT,
    Type(
        "satisfaction",
        _BOOK,
        _fields("client_id:client on:day csat:int nps:int channel note"),
        client=_CLIENT,
    ),
    Type(
        "care_mark",
        _BOOK,
        _fields("client_id:client on:day kind until:day reason score:int"),
        client=_CLIENT,
    ),
    Type(
        "attachment",
        _BOOK,
        _fields("client_id:client entity entity_id name media_type size:int sha256 added_at:instant"),
        client=_CLIENT,
    ),
    # What a lead says of a record, and what is said after it was sealed.
    Type(
        "review",
        _BOOK,
        _fields(
            "client_id:client entity entity_id verdict comment tag by at:instant rev_reviewed:int content_hash "
            "before_hash hash"
        ),
        client=_CLIENT,
        final=True,
        lead=True,
    ),
    Type(
        "addendum",
        _BOOK,
        _fields("client_id:client entity entity_id text by at:instant"),
        client=_CLIENT,
        final=True,
    ),
    Type(
        "agreed_cadence",
        _TEAM,
        _fields(
            "book tier group days:int note state:machine=proposed<declined<agreed<ended proposed_by proposed_on:day "
            "agreed_by agreed_on:day ended_on:day"
        ),
        since=2,
    ),
    # What somebody wrote offline about a client who had moved to another book by then; made by the hub.
    Type(
        "late_edit",
        _BOOK,
        _fields(
            "client_id:client entity entity_id item:json by at:instant state:machine=open<kept<accepted+ settled_by+"
        ),
        client=_CLIENT,
    ),
    Type(
        "journal",
        _OWN,
        _fields("on:day content method insight reflection purpose group entered_at:instant"),
    ),
    Type(
        "journal_client",
        _OWN,
        _fields("journal_id:>journal client_id:client"),
        key=("journal_id", "client_id"),
        natural=("journal_id", "client_id"),
        parent="journal_id",
    ),
    Type(
        "journal_visit",
        _OWN,
        _fields("journal_id:>journal visit_id:>visit"),
        key=("journal_id", "visit_id"),
        natural=("journal_id", "visit_id"),
        parent="journal_id",
    ),
    Type(
        "playbook_card",
        _TEAM,
        _fields("journal_id:>journal title text method group made_on:day retired_on:day"),
    ),
    Type(
        "citation",
        _OWN,
        _fields("journal_id:>journal card_id:>playbook_card outcome"),
        key=("journal_id", "card_id"),
        natural=("journal_id", "card_id"),
        parent="journal_id",
    ),
    Type("template", _OWN, _fields("purpose title text retired_on:day")),
    Type("gift_idea", _OWN, _fields("title category cost_minor:int currency suits note retired_on:day")),
    Type("setting", _OWN, _latest("key value:json"), key=("key",), natural=("key",)),
    Type("saved_view", _OWN, _latest("page name spec:json")),
)

BY_NAME = {one.name: one for one in TYPES}

# Values that only a team lead may give, in fields that the manager writes as well: who asks does not decide.
LEAD_ONLY = {
    ("gift_approval", "state"): ("approved", "refused"),
    ("club_term", "state"): ("approved", "refused"),
}

# What the bank tells: written by the hub's load, read-only on every desk that follows a hub. The columns of `client`
# are those of the bank's clients; a prospect is the manager's own in every column.
BANK_TABLES = ("branch", "product", "account", "holding", "month_fact")
_BANK_COLUMNS = (
    "number kind name sex birth_date id_kind id_number phone other_phones email address occupation employer manager "
    "manager_since risk_level risk_on opened_on aum_minor currency aum_on branch_id extra origin"
)
BANK_COLUMNS = tuple(_BANK_COLUMNS.split())

# Tables of the desk that never travel, and why.
LOCAL = {
    "client_figures": "worked out from the bank's facts",
    "batch": "hand-overs taken in at this desk",
    "batch_file": "hand-overs taken in at this desk",
    "batch_before": "hand-overs taken in at this desk",
    "layout": "how this desk reads the bank's files",
    "change": "this desk's own record of who did what",
    "export_record": "this desk's own record of what was given out",
    "audit_entry": "told to the hub as a chain of its own, entry by entry",
    "kept": "results worked out before",
    "made_report": "a desk's own papers; any desk makes them anew",
    "search_text": "worked out for the search",
    "search_change": "worked out for the search",
    "draft": "not yet said: nobody else's business",
    "attachment_content": "travels in pieces, by its hash",
    "sync_control": "the state of following the hub",
    "sync_state": "the state of following the hub",
    "sync_record": "the state of following the hub",
    "sync_scope": "the state of following the hub",
    "sync_batch": "the state of following the hub",
    "sync_client": "the state of following the hub",
    "sync_waiting": "the state of following the hub",
    "colleague": "told by the hub, never by a desk",
}
# Settings that are this desk's own.
LOCAL_SETTINGS = ("general.role", "general.language", "general.theme", "general.text_size")
