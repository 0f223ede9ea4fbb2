"""The audit log in words: what each entry says to a reader."""

from __future__ import annotations

from rmdesk.base.text import N_, _, plural
from rmdesk.services.audit.acts import NAMES, Act
from rmdesk.services.audit.chain import FAULTS, Verdict
from rmdesk.services.rulebook import book, words

FACTS: dict[str, str] = {
    "way": N_("from {value}"),
    "field": N_("field {value}"),
    "rows": N_("{value} records"),
    "records": N_("{value} records"),
    "how": N_("{value}"),
    "form": N_("form {value}"),
    "what": N_("{value}"),
    "sha256": N_("SHA-256 {value}"),
    "tries": N_("try {value}"),
    "back_minutes": N_("{value} minutes back"),
    "ahead_minutes": N_("{value} minutes ahead"),
    "last": N_("ends at {value}"),
    "kept": N_("ended at {value}"),
    "upto": N_("up to {value}"),
    "why": N_("{value}"),
    "code": N_("reason {value}"),
    "backup": N_("backup {value}"),
    "filled": N_("{value} filled in"),
    "dropped": N_("{value} dropped"),
    "hub": N_("hub {value}"),
    "unheard": N_("{value} not sent"),
    "export": N_("No. {value}"),
}
VALUES: dict[str, str] = {
    "window": N_("the window"),
    "command": N_("the command line"),
    "text": N_("written anew"),
    "other": N_("the other version"),
    "late_accepted": N_("late entry accepted"),
    "late_aside": N_("late entry set aside"),
    "encrypted": N_("encrypted"),
    "plain": N_("not encrypted"),
    "clients": N_("clients"),
    "gifts": N_("gift register"),
    "guests": N_("guests of an event"),
    "club_proposals": N_("proposals of a club"),
    "targets": N_("target list"),
    "maturities": N_("maturities"),
    "document": N_("document"),
    "report": N_("report"),
    "copy": N_("copy for the client"),
    "calendar": N_("calendar"),
    "file": N_("kept file"),
    "audit": N_("audit log"),
    "archive": N_("archive"),
    "begun": N_("begun"),
    "ended": N_("ended"),
    "idle": N_("nobody at the desk"),
    "hand": N_("by hand"),
    "key": N_("by hand"),
    "quit": N_("program closed"),
    "lease": N_("lease over"),
    "system": N_("screen locked"),
    "sleep": N_("computer asleep"),
    "lid": N_("lid closed"),
    "pin": N_("PIN"),
    "passphrase": N_("passphrase"),
    "recovery_code": N_("recovery code"),
    "exported": N_("key file exported"),
    "data_key": N_("new data key"),
    "upgrade": N_("before an upgrade"),
    "schedule": N_("by schedule"),
}
IDS = ("sha256", "hash", "hub", "export")  # long, and of no use to a reader but to compare
SHORT = 16  # signs of a hash that are shown; the export has all


def act_said(act: str) -> str:
    """What was done, in the language in use; an act of a newer program is told as its code."""
    return _(NAMES[Act(act)]) if act in set(Act) else act


def entity_said(entity: str) -> str:
    """The name of a kind of record; what is no table stays as it is."""
    table = book("privacy")["tables"].get(entity)
    return words(table["name"]).said if table else entity


def facts_said(facts: dict[str, str | int], *, whole: bool = False) -> str:
    """The facts of an entry in one line; hashes cut short unless `whole`."""
    told = []
    for name, value in facts.items():
        word = _(VALUES[value]) if isinstance(value, str) and value in VALUES else str(value)
        if name == "field":
            word = _field(word)
        if name in IDS and not whole:
            word = word[:SHORT]
        told.append(_(FACTS[name]).format(value=word) if name in FACTS else f"{name} {word}")
    return " · ".join(told)


def _field(known: str) -> str:
    """The name of a field; one of another table than the entry's is told with it."""
    table, _dot, column = known.rpartition(".")
    entry = book("privacy")["labels"].get(column)
    parts = entity_said(table) if table else "", words(entry).said if entry else column
    return " · ".join(part for part in parts if part)


def verdict_said(found: Verdict) -> str:
    """The answer of a look at the whole log, in one sentence."""
    if found.broken is not None:
        text = _("The log does not hold: entry {seq} was {fault}. Tell whoever answers for security at the bank.")
        return text.format(seq=found.broken.seq, fault=_(FAULTS[found.broken.fault]))
    if not found.entries:
        return _("The log is empty.")
    text = plural("{count} entry; the log holds.", "{count} entries; the log holds.", found.entries)
    return text if found.hub is None else f"{text} {_('The hub has it up to entry {seq}.').format(seq=found.hub)}"
