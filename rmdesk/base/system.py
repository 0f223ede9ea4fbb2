"""Why the system refused something, in the language in use: its own words come in the language of the computer."""

from __future__ import annotations

import errno

from rmdesk.base.text import N_, _

_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("there is no permission"),
    errno.EPERM: N_("there is no permission"),
    errno.EEXIST: N_("it is there already"),
    errno.EISDIR: N_("this is a folder"),
    errno.ENOTDIR: N_("this is no folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EROFS: N_("it can only be read"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EBUSY: N_("it is in use"),
    errno.EIO: N_("the disk has a fault"),
    errno.EMFILE: N_("too many files are open"),
}


def reason_of(error: OSError) -> str:
    """The reason as a few words; an error without words of ours by its name, as in ELOOP."""
    words = _REASONS.get(error.errno or 0)
    return _(words) if words else errno.errorcode.get(error.errno or 0, type(error).__name__)
