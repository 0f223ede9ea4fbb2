"""What records, fields and coded values are called when a difference is shown; resources/rules/records.toml."""

from __future__ import annotations

from collections.abc import Callable

from rmdesk.base.text import N_, _
from rmdesk.models.kinds import (
    Answer,
    ApprovalState,
    Calendar,
    CardOutcome,
    CareMarkKind,
    CaseState,
    Channel,
    ClientKind,
    ClientStatus,
    ComplaintState,
    ConsentKind,
    DayPolicy,
    LeapPolicy,
    Mood,
    PromiseState,
    TaskState,
    Taste,
    VisitState,
)
from rmdesk.services.campaigns.words import OUTCOMES as TOUCH_OUTCOMES
from rmdesk.services.campaigns.words import STATES as CAMPAIGN_STATES
from rmdesk.services.churn.words import LOSSES, OUTCOMES, SIGNALS
from rmdesk.services.clubs.words import DECISIONS, PROPOSALS
from rmdesk.services.clubs.words import STATES as TERM_STATES
from rmdesk.services.complaints.words import FEEDBACK, VERDICTS
from rmdesk.services.gatherings.words import REPLIES
from rmdesk.services.gatherings.words import STATES as EVENT_STATES
from rmdesk.services.gifts.words import LIKINGS, TIES
from rmdesk.services.gifts.words import STATES as GIFT_STATES
from rmdesk.services.occasions.names import KINDS as OCCASIONS
from rmdesk.services.products.words import WAYS
from rmdesk.services.profile import privacy
from rmdesk.services.rulebook import Words, book, words
from rmdesk.services.specialists.words import STATES as REQUEST_STATES

CHANNELS: dict[str, str] = {
    Channel.AT_CLIENT: N_("At client's"),
    Channel.BRANCH: N_("Branch"),
    Channel.PHONE: N_("Phone"),
    Channel.CHAT: N_("WeChat"),
    Channel.VIDEO: N_("Video"),
    Channel.EVENT: N_("Event"),
}
# The names of coded values by record and field; ("", field) holds for every record with such a field.
CODES: dict[tuple[str, str], dict[str, str]] = {
    ("", "channel"): CHANNELS,
    ("client", "preferred_channel"): CHANNELS,
    ("", "sex"): {"F": N_("female"), "M": N_("male")},
    ("client", "kind"): {ClientKind.PERSON: N_("Person"), ClientKind.COMPANY: N_("Company")},
    ("client", "status"): {
        ClientStatus.ACTIVE: N_("Active"),
        ClientStatus.CLOSED: N_("Closed"),
        ClientStatus.DECEASED: N_("Deceased"),
        ClientStatus.DO_NOT_CONTACT: N_("Do not contact"),
    },
    ("preference", "taste"): {Taste.LIKE: N_("Likes"), Taste.TABOO: N_("Taboos")},
    ("consent", "kind"): {
        ConsentKind.MARKETING: N_("Marketing"),
        ConsentKind.PROFILING: N_("Profiling"),
        ConsentKind.SPECIALIST: N_("Passing on to specialists"),
        ConsentKind.CHILD: N_("Data on a child under 14"),
    },
    ("man_answer", "letter"): {"M": N_("Money"), "A": N_("Authority"), "N": N_("Need")},
    ("man_answer", "answer"): {Answer.YES: N_("Yes"), Answer.NO: N_("No")},
    ("visit", "state"): {
        VisitState.PLANNED: N_("Planned"),
        VisitState.HELD: N_("Held"),
        VisitState.CANCELLED: N_("Cancelled"),
        VisitState.POSTPONED: N_("Postponed"),
    },
    ("visit", "mood"): {Mood.UNHAPPY: N_("Unhappy"), Mood.CALM: N_("Calm"), Mood.PLEASED: N_("Pleased")},
    ("promise", "state"): {
        PromiseState.OPEN: N_("Pending"),
        PromiseState.KEPT: N_("Kept"),
        PromiseState.WITHDRAWN: N_("Withdrawn"),
        PromiseState.HANDED_OVER: N_("Handed over"),
    },
    ("task", "state"): {TaskState.OPEN: N_("Pending"), TaskState.DONE: N_("Done"), TaskState.DROPPED: N_("Dropped")},
    ("occasion", "kind"): {str(kind): text for kind, text in OCCASIONS.items()},
    ("occasion", "calendar"): {Calendar.SOLAR: N_("Solar"), Calendar.LUNAR: N_("Lunar")},
    ("occasion", "leap_policy"): {
        LeapPolicy.SAME: N_("in the month of the same number"),
        LeapPolicy.NEXT: N_("in the month after it"),
    },
    ("occasion", "day_policy"): {
        DayPolicy.LAST: N_("on the last day of the month"),
        DayPolicy.NEXT: N_("on the first day of the next month"),
    },
    ("feedback", "kind"): {str(kind): text for kind, text in FEEDBACK.items()},
    ("gift", "state"): {str(state): text for state, text in GIFT_STATES.items()},
    ("gift", "tied_to"): {str(kind): text for kind, text in TIES.items()},
    ("gift", "liking"): {str(number): text for number, text in LIKINGS.items()},
    ("gift_approval", "state"): {
        ApprovalState.ASKED: N_("With the lead"),
        ApprovalState.APPROVED: N_("Approved"),
        ApprovalState.REFUSED: N_("Refused"),
        ApprovalState.REVOKED: N_("Taken back"),
    },
    ("complaint", "state"): {ComplaintState.OPEN: N_("Pending"), ComplaintState.CLOSED: N_("Case closed")},
    ("complaint", "verdict"): {str(verdict): text for verdict, text in VERDICTS.items()},
    ("churn_case", "state"): {CaseState.OPEN: N_("Pending"), CaseState.CLOSED: N_("Case closed")},
    ("churn_case", "reason"): {code.value: name for code, name in LOSSES.items()},
    ("churn_case", "outcome"): {code.value: name for code, name in OUTCOMES.items()},
    ("churn_case", "signal"): SIGNALS,
    ("campaign", "state"): CAMPAIGN_STATES,
    ("campaign_touch", "outcome"): TOUCH_OUTCOMES,
    ("specialist_request", "state"): REQUEST_STATES,
    ("renewal_plan", "way"): WAYS,
    ("agreed_cadence", "state"): {
        "proposed": N_("Proposed"),
        "declined": N_("Turned down"),
        "agreed": N_("Agreed"),
        "ended": N_("Ended"),
    },
    ("gathering", "state"): EVENT_STATES,
    ("invitation", "reply"): REPLIES,
    ("club_term", "state"): {code.value: name for code, name in TERM_STATES.items()},
    ("club_term", "proposal"): {code.value: name for code, name in PROPOSALS.items()},
    ("club_term", "decision"): {code.value: name for code, name in DECISIONS.items()},
    ("care_mark", "kind"): {CareMarkKind.DONE: N_("Done"), CareMarkKind.SNOOZED: N_("Put off")},
    ("citation", "outcome"): {
        CardOutcome.WORKED: N_("Worked"),
        CardOutcome.PARTLY: N_("Partly"),
        CardOutcome.NOT: N_("Did not work"),
    },
    ("review", "verdict"): {"approved": N_("Approved"), "returned": N_("Returned")},
}


def record_name(entity: str) -> Words:
    """What one record of a kind is called."""
    return words(book("records")[entity]["name"])


def about(entity: str) -> tuple[str, ...]:
    """The fields that tell one record from another to a reader, the most telling first."""
    return tuple(book("records")[entity]["about"])


def field_label(entity: str, field: str) -> str:
    """What a field is called, in the language in use."""
    own = book("records").get(entity, {}).get("fields", {}).get(field)
    return words(own).said if own else privacy.label(field)


def code_name(entity: str, field: str, code: object) -> str | None:
    """The name of a coded value; None for fields that hold no codes."""
    if (entity, field) in _TABLES:
        return _TABLES[entity, field](str(code))
    names = CODES.get((entity, field)) or CODES.get(("", field))
    return None if names is None else _(names.get(str(code), "")) or str(code)


def _area(code: str) -> str:
    return _grid("areas", code)


def _tense(code: str) -> str:
    return _grid("tenses", code)


def _grid(side: str, code: str) -> str:
    told = book("profile")["grid"][side]
    return words(told[code]).said if code in told else code


def _gift_category(code: str) -> str:
    from rmdesk.services.gifts.tables import categories

    return categories()[code].said if code in categories() else code


def _listed(book_name: str, table: str) -> Callable[[str], str]:
    """The names of the entries of a table of a rule book, by their code."""

    def named(code: str) -> str:
        found = next((entry for entry in book(book_name)[table] if entry["code"] == code), None)
        return code if found is None else words(found["name"]).said

    return named


def _relation(code: str) -> str:
    from rmdesk.services.relations.tables import role_of

    first, second = (role_of(code, first=side).called.anyone.said for side in (True, False))
    return first if first == second else f"{first} → {second}"


def _cause(code: str) -> str:
    from rmdesk.services.churn import case_rules

    causes = case_rules.table().causes
    return causes[code].said if code in causes else code


def _severity(code: str) -> str:
    from rmdesk.services.complaints.rules import severity_name

    return severity_name(int(code)).said


def _familiarity(code: str) -> str:
    from rmdesk.services.segments import tables

    known = [str(one) for one in tables.CLASSES]
    return tables.table().class_names[known.index(code)].said if code in known else code


def _method(code: str) -> str:
    from rmdesk.services.journals.rules import methods

    return methods()[code].said if code in methods() else code


def _purpose(code: str) -> str:
    from rmdesk.models.kinds import Purpose
    from rmdesk.services.campaigns.tables import table

    return table().purposes[Purpose(code)].name.said if code in set(Purpose) else code


def _field_of_specialists(code: str) -> str:
    from rmdesk.services.specialists.tables import field_name

    return field_name(code)


def _asset_kind(code: str) -> str:
    from rmdesk.services.products.tables import kind_name

    return kind_name(code)


def _exposure_kind(code: str) -> str:
    from rmdesk.services.groups.tables import kind_name

    return kind_name(code)


_TABLES = {
    ("campaign", "purpose"): _purpose,
    ("specialist", "field"): _field_of_specialists,
    ("specialist_request", "field"): _field_of_specialists,
    ("kyc_block", "area"): _area,
    ("kyc_block", "tense"): _tense,
    ("gift", "category"): _gift_category,
    ("gift_idea", "category"): _gift_category,
    ("relationship", "kind"): _relation,
    ("complaint", "severity"): _severity,
    ("churn_case", "cause"): _cause,
    ("familiarity_override", "familiarity"): _familiarity,
    ("journal", "method"): _method,
    ("playbook_card", "method"): _method,
    ("asset_elsewhere", "kind"): _asset_kind,
    ("exposure", "kind"): _exposure_kind,
    ("gathering", "kind"): _listed("gatherings", "kind"),
    ("gathering", "club"): _listed("clubs", "club"),
    ("club_term", "club"): _listed("clubs", "club"),
    ("benefit_use", "benefit"): _listed("benefits", "benefit"),
    ("points_entry", "rule"): _listed("points", "earn"),
}
