"""One gettext domain for services and ui: `_()` where a text is shown, `N_()` where it is declared.

Source strings are English. `zh_CN` is the first language; `en` needs no catalogue; `pseudo` stretches every
text by two fifths in brackets, so that clipped and untranslated texts show in pictures.
"""

from __future__ import annotations

import gettext
from contextlib import suppress
from typing import Any

from rmdesk.base import paths
from rmdesk.base.catalogue import Catalogue
from rmdesk.base.record import record

DOMAIN = "rmdesk"
LANGUAGES = ("zh_CN", "en")

_language = "en"
_catalogue: gettext.NullTranslations | Catalogue = gettext.NullTranslations()


def use(language: str) -> None:
    """Choose the language of all texts from now on; an unknown one falls back to English."""
    global _language, _catalogue
    _language = language
    _catalogue = gettext.NullTranslations()
    if language not in ("en", "pseudo"):
        with suppress(OSError, ValueError):
            _catalogue = Catalogue.at(paths.resource("locale", language, "LC_MESSAGES", f"{DOMAIN}.mo"))


def language() -> str:
    """The language in use: zh_CN, en or pseudo."""
    return _language


def _(message: str) -> str:
    """The text of a message in the language in use."""
    if not message:
        return ""
    return _stretched(message) if _language == "pseudo" else _catalogue.gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """The form of a message for `count`, with `{count}` filled in."""
    text = _stretched(one if count == 1 else many) if _language == "pseudo" else _catalogue.ngettext(one, many, count)
    return text.format(count=f"{count:,}")


def N_(message: str) -> str:
    """Marks a constant for the catalogue; it is translated where it is shown."""
    return message


def _stretched(message: str) -> str:
    padding = "·" * max(1, round(len(message) * 0.4) - 2)
    return f"[{message}{padding}]"


def sentences(*said: str) -> str:
    """Sentences one after the other, empty ones left out; none but the full-width ones are parted by a blank."""
    whole = ""
    for one in filter(None, said):
        whole += f" {one}" if whole and whole[-1] not in "。！？：；）”…" else one
    return whole


@record
class Phrase:
    """A text of the services with its parameters, translated where it is shown; a parameter may be a Phrase too."""

    message: str
    params: dict[str, Any]

    def __hash__(self) -> int:
        return hash(self.message)

    @property
    def said(self) -> str:
        """The text in the language in use."""
        return _(self.message).format(**{key: _spoken(value) for key, value in self.params.items()})

    def __str__(self) -> str:
        return self.said


def phrase(message: str, **params: Any) -> Phrase:
    """A Phrase, with the message marked for the catalogue (Babel reads calls of `phrase`)."""
    return Phrase(message, params)


def _spoken(value: Any) -> Any:
    return value.said if isinstance(value, Phrase) else value
