"""Language, theme and text size: as kept from the last start, then as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from rmdesk.base import text
from rmdesk.ui.kit.state import State
from rmdesk.ui.kit.theme import Scheme, theme

if TYPE_CHECKING:
    from rmdesk.services.store.reads import Reads

_translator: QTranslator | None = None


def dress(state: State, language: str = "") -> None:
    """At the start, before any setting can be read: as the window was left; `language` wins over what was kept."""
    use_language(language or str(state.value("looks/language", "") or text.language()))
    theme.use(_scheme(state.value("looks/theme", "system")), int(state.value("looks/size", 100)))


def use_language(language: str) -> None:
    """Choose the language of rmdesk's and of Qt's own texts."""
    global _translator
    text.use(language)
    if _translator is not None:
        QCoreApplication.removeTranslator(_translator)
        _translator = None
    if language == "zh_CN":
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        fresh = QTranslator()
        if fresh.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            QCoreApplication.installTranslator(fresh)
            _translator = fresh
    else:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def keep(state: State) -> None:
    """Remember for the next start, which paints before the settings can be read."""
    state.keep("looks/language", text.language())
    state.keep("looks/theme", str(theme.scheme))
    state.keep("looks/size", theme.percent)


def _scheme(name: object) -> Scheme:
    try:
        return Scheme(str(name))
    except ValueError:
        return Scheme.SYSTEM


class Chosen:
    """What the settings say about the frame."""

    __slots__ = ("auto_lock", "branch", "currency", "hidden", "language", "marked", "size", "theme", "who")

    def __init__(
        self, language: str, scheme: str, size: int, who: str, branch: str, lock: int, currency: str,
        hidden: bool, marked: bool,
    ) -> None:  # fmt: skip
        self.language, self.theme, self.size = language, scheme, size
        self.who, self.branch, self.auto_lock, self.currency = who, branch, lock, currency
        self.hidden, self.marked = hidden, marked


def chosen(reads: Reads) -> Chosen:
    """The settings of the frame, in one read, as strict as the bank's policy asks for."""
    from rmdesk.services.settings import general, value
    from rmdesk.services.settings.policy import policy

    bank = policy()
    return Chosen(
        value(reads, general.LANGUAGE),
        value(reads, general.THEME),
        value(reads, general.TEXT_SIZE),
        value(reads, general.USER_NAME),
        value(reads, general.BRANCH),
        bank.at_most(value(reads, general.AUTO_LOCK)),
        value(reads, general.CURRENCY),
        bank.hide or value(reads, general.HIDE_FROM_CAPTURE),
        bank.watermark or value(reads, general.WATERMARK),
    )


def apply(state: State, to: Chosen, *, language: str = "") -> bool:
    """Dress the window as chosen; True when the language is another one now. `language` wins over the setting."""
    before = text.language()
    wanted = language or to.language
    if wanted != before:
        use_language(wanted)
    if (_scheme(to.theme), to.size) != (theme.scheme, theme.percent):
        theme.use(_scheme(to.theme), to.size)
    keep(state)
    return wanted != before
