"""Why the hub did not take a record, in words, and what to do about it. One line a code of the hub's answers."""

from __future__ import annotations

from rmdesk.base.text import N_, Phrase, phrase

# code -> (why, what to do). {field} is the field the hub named.
_WORDS: dict[str, tuple[str, str]] = {
    "sealed": (
        N_("The lead has reviewed this record; it can no longer be changed."),
        N_("Take the team's version, and write what is to be added as an addendum."),
    ),
    "final": (
        N_("This record is written once and never changed."),
        N_("Take the team's version, and write what is to be added as an addendum."),
    ),
    "bank_fact": (
        N_("The bank's own data can't be changed from a desk."),
        N_("Take the team's version, and have the data corrected at the bank."),
    ),
    "not_lead": (N_("Only the team lead may decide this."), N_("Take the team's version, and ask your lead.")),
    "foreign": (
        N_("The client is no longer in your book."),
        N_("Take the team's version; tell the client's new manager what you know."),
    ),
    "too_long": (N_("{field} is longer than the team's records allow."), N_("Open the record and shorten it.")),
    "bad_value": (N_("{field} has a value that can't be kept."), N_("Open the record and correct it.")),
    "missing": (N_("{field} is missing."), N_("Open the record and fill it in.")),
    "parent": (
        N_("What this record belongs to is not known to the team."),
        N_("Send it once more after the next sync."),
    ),
}
_WORDS["locked"], _WORDS["lead_only"] = _WORDS["sealed"], _WORDS["not_lead"]
_UNKNOWN = (
    N_("The team hub did not take this record ({code})."),
    N_("Send it once more, or ask your administrator."),
)
_NO_FIELD = N_("A field")


def words_of(code: str, field: str = "") -> tuple[Phrase, Phrase]:
    """Why, and what to do; `field` is the name of the field the hub named, in the language in use."""
    why, do = _WORDS.get(code, _UNKNOWN)
    return phrase(why, field=field or phrase(_NO_FIELD), code=code or "–"), phrase(do)
