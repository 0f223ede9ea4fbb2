"""What is put on record in the audit log, and how each act is called."""

from __future__ import annotations

from enum import StrEnum

from rmdesk.base.text import N_


class Act(StrEnum):
    """One kind of act; the value is what is kept."""

    UNLOCK = "unlock"
    UNLOCK_FAILED = "unlock_failed"
    LOCK = "lock"
    VIEW = "view"  # a client's file was opened; at most once in a while for each client
    REVEAL = "reveal"  # a masked value was shown
    COPY = "copy"  # the client was given a copy, or a value went to the clipboard
    CORRECT = "correct"  # an addendum to a record, above all to one that a lead has sealed
    EXPORT = "export"
    PRINT = "print"
    SETTLE = "settle"  # a difference with the hub
    PURGE = "purge"  # a client left this desk
    ERASE = "erase"
    RETENTION = "retention"  # what was kept long enough went
    TRAVEL = "travel"
    BACKUP = "backup"
    RESTORE = "restore"
    CLOCK = "clock"  # the computer's clock jumped
    RULES = "rules"  # a setting that decides what is allowed was changed
    KEYS = "keys"
    JOIN = "join"
    LEAVE = "leave"
    TRIM = "trim"  # the oldest entries went, their time being over
    BREAK = "break"  # the log did not end as it was left


NAMES: dict[Act, str] = {
    Act.UNLOCK: N_("Unlocked"),
    Act.UNLOCK_FAILED: N_("Unlocking failed"),
    Act.LOCK: N_("Locked"),
    Act.VIEW: N_("Client file opened"),
    Act.REVEAL: N_("Masked value shown"),
    Act.COPY: N_("Copied"),
    Act.CORRECT: N_("Corrected by an addendum"),
    Act.EXPORT: N_("Exported"),
    Act.PRINT: N_("Printed"),
    Act.SETTLE: N_("Difference settled"),
    Act.PURGE: N_("Client left this desk"),
    Act.ERASE: N_("Client data erased"),
    Act.RETENTION: N_("Retention applied"),
    Act.TRAVEL: N_("Travel mode"),
    Act.BACKUP: N_("Backed up"),
    Act.RESTORE: N_("Restored from a backup"),
    Act.CLOCK: N_("Clock jumped"),
    Act.RULES: N_("Rules changed"),
    Act.KEYS: N_("Keys changed"),
    Act.JOIN: N_("Joined a team hub"),
    Act.LEAVE: N_("Left the team hub"),
    Act.TRIM: N_("Oldest entries removed"),
    Act.BREAK: N_("Log found broken"),
}
