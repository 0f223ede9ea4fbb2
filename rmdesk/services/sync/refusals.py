"""Why the hub did not take a record, in words, and what to do about it. One line a code of the hub's answers."""

from __future__ import annotations

from rmdesk.base.text import N_, Phrase, phrase

# code -> (why, what to do). {field} is the field the hub named.
_TAKE = N_("Take the team's version.")
_ADD = N_("Take the team's version, and write what is to be added as an addendum.")
_CORRECT = N_("Open the record and correct it.")
_WORDS: dict[str, tuple[str, str]] = {
    "sealed": (N_("The lead has reviewed this record; it can no longer be changed."), _ADD),
    "final": (N_("This record is written once and never changed."), _ADD),
    "bank_only": (
        N_("The bank's own data can't be changed from a desk."),
        N_("Take the team's version, and have the data corrected at the bank."),
    ),
    "hub_only": (N_("Only the team hub writes this."), _TAKE),
    "lead_only": (N_("Only the team lead may decide this."), N_("Take the team's version, and ask your lead.")),
    "read_only": (N_("You may read this, but not change it."), N_("Take the team's version, and ask its manager.")),
    "not_yours": (N_("Nobody can sign for somebody else."), _TAKE),
    "unknown_client": (
        N_("The client is no longer in your book."),
        N_("Take the team's version; tell the client's new manager what you know."),
    ),
    "other_book": (
        N_("The client is in another manager's book."),
        N_("Take the team's version; tell the client's manager what you know."),
    ),
    "no_book": (N_("You keep no book in this team."), N_("Ask your administrator for a book, then send it once more.")),
    "unknown_record": (N_("This record is no longer open to you."), _TAKE),
    "no_parent": (
        N_("What this record belongs to has not reached the team yet."),
        N_("Nothing needs to be done: it is sent again by itself. You may also send it once more."),
    ),
    "incomplete": (
        N_("The team hub has no longer the record that this belongs to."),
        N_("Nothing needs to be done: it is sent again by itself. You may also send it once more."),
    ),
    "open_difference": (
        N_("Two versions of this gift are open; what was approved would not be clear."),
        N_("Settle the difference, then send this once more."),
    ),
    "many_deletions": (
        N_("Many records are to be removed at once; this waits for your word."),
        N_("Allow it above, if that is what you want."),
    ),
    "too_long": (N_("{field} is longer than the team's records allow."), N_("Open the record and shorten it.")),
    "too_large": (N_("The file is larger than the team's records allow."), N_("Attach a smaller one.")),
    "kind": (N_("{field} has a value that can't be kept."), _CORRECT),
    "state": (N_("{field} has a value that can't be kept."), _CORRECT),
    "text": (N_("{field} holds signs that can't be kept."), _CORRECT),
    "at": (
        N_("The clock of this computer is set wrongly."),
        N_("Set it, change the record, and send it again."),
    ),
    "unknown_type": (
        N_("The team hub is older than this program and does not know such records."),
        N_("It stays here; send it once more when the hub has been renewed."),
    ),
    "unknown_field": (
        N_("The team hub is older than this program and does not know {field}."),
        N_("It stays here; send it once more when the hub has been renewed."),
    ),
}
_WORDS["locked"] = _WORDS["sealed"]
_UNKNOWN = (
    N_("The team hub did not take this record ({code})."),
    N_("Send it once more, or ask your administrator."),
)
_NO_FIELD = N_("A field")


def words_of(code: str, field: str = "") -> tuple[Phrase, Phrase]:
    """Why, and what to do; `field` is the name of the field the hub named, in the language in use."""
    why, do = _WORDS.get(code, _UNKNOWN)
    return phrase(why, field=field or phrase(_NO_FIELD), code=code or "–"), phrase(do)
