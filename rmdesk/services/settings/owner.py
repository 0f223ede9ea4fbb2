"""Who wrote the policy of a Windows computer: there every user may put a file into %ProgramData%.

What is not an administrator's prescribes nothing; else one user could offer "updates" of their own to the others.
On Linux and macOS the folder itself is the administrators'.
"""

from __future__ import annotations

import sys
from pathlib import Path

# The owners that a file has when Windows, an administrator or an installer with their rights has written it.
ADMINISTRATORS = frozenset(
    (
        "S-1-5-18",  # the system
        "S-1-5-32-544",  # administrators
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",  # what installs Windows' own parts
    )
)


def may_prescribe(path: Path) -> bool:
    """Whether this file is the administrators' word; a file that is not there says nothing anyway."""
    return sys.platform != "win32" or _owner(path) in ADMINISTRATORS


def _owner(path: Path) -> str:
    """The owner of a file as Windows writes it (a SID); empty when it does not tell."""
    import ctypes
    from ctypes import byref, c_void_p, c_wchar_p

    api, kernel = ctypes.windll.advapi32, ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    owner, descriptor, text = c_void_p(), c_void_p(), c_wchar_p()
    file, owners = 1, 1  # SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION
    asked = (c_wchar_p(str(path)), file, owners, byref(owner), None, None, None, byref(descriptor))
    if api.GetNamedSecurityInfoW(*asked):
        return ""
    try:
        told = api.ConvertSidToStringSidW(owner, byref(text))
        return (text.value or "") if told else ""
    finally:
        kernel.LocalFree(text)
        kernel.LocalFree(descriptor)
