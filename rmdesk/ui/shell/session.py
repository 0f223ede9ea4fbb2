"""While the data is open: looks from the settings, who works here, counts in the frame, the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from rmdesk.base import text
from rmdesk.base.text import _
from rmdesk.models.kinds import Topic
from rmdesk.ui.kit.theme import Scheme, theme
from rmdesk.ui.shell import looks
from rmdesk.ui.shell.audited import Audited
from rmdesk.ui.shell.desk import WindowDesk
from rmdesk.ui.shell.following import Following
from rmdesk.ui.shell.keeping import Keeping
from rmdesk.ui.shell.leased import Leased
from rmdesk.ui.shell.losses import Losses
from rmdesk.ui.shell.reporting import Reporting
from rmdesk.ui.shell.retaining import Retaining
from rmdesk.ui.shell.searching import Searching
from rmdesk.ui.shell.shield import Shield
from rmdesk.ui.shell.syncing import Syncing
from rmdesk.ui.shell.touring import Touring
from rmdesk.ui.unlock.reasons import Reason

if TYPE_CHECKING:
    from rmdesk.services.clients.total import Total
    from rmdesk.services.desk_user import DeskUser
    from rmdesk.services.store.reads import Reads
    from rmdesk.services.store.store import Store

COUNT_MS = 400  # the page is painted by then; looked at again while it asks
COUNTED = frozenset({Topic.CLIENTS, Topic.HOLDINGS, Topic.IMPORTS, Topic.SEGMENTS, Topic.SETTINGS})
WAITING = frozenset({Topic.VISITS, Topic.GIFTS, Topic.CLIENTS, Topic.COMPLAINTS, Topic.TEAM, Topic.SYNC})


class Session(QObject):
    """`minutes` tells how long the desk may lie idle; `relabelled` that the language is another one now;
    `locking` that the desk is to be locked, and why (a Reason).
    """

    minutes = Signal(int)
    relabelled = Signal()
    locking = Signal(object)

    def __init__(self, desk: WindowDesk, language: str = "") -> None:
        super().__init__()
        self.desk = desk
        self._language = language  # asked for on the command line: wins until one chooses another
        self._kept = ""
        self._who = ""
        self._open = False
        self._branch = ""
        self._looks = desk.tasks.line(self)
        self._users = desk.tasks.line(self)
        self._totals = desk.tasks.line(self)
        self._count = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._count.timeout.connect(self._read_counts)
        self._waits = desk.tasks.line(self)
        self.searching = Searching(desk)
        self.following = Following(desk)
        self.leased = Leased(desk)
        self.leased.language_wanted.connect(self.switch_language)
        self.leased.over.connect(lambda: self.lock(Reason.LEASE))
        self.syncing = Syncing(desk)
        self.audited = Audited(desk)
        self.retaining = Retaining(desk)
        self.shield = Shield(desk.window)
        self.losses = Losses(desk)
        self.reporting = Reporting(desk)
        self.keeping = Keeping(desk)
        self.touring = Touring(desk)
        desk.changed.connect(self._changed)

    def began(self, store: Store, *, demo: bool) -> None:
        """The store is open."""
        self._open = True
        self.leased.began()
        self._who = store.who
        self.desk.window.status.show_demo(demo)
        self._read()
        self._count.start()
        self.shield.began(store.who)
        self.searching.began()
        self.following.began()
        self.syncing.began()
        self.audited.began(store)
        self.retaining.began()
        self.losses.began()
        self.reporting.began()
        self.keeping.began(store, demo=demo)
        self.touring.began(demo=demo)

    def ended(self, why: str = "quit") -> None:
        """It is being closed; `why` goes into the audit log."""
        self._open = False
        self._looks.drop()
        self._users.drop()
        self._count.stop()
        self._totals.drop()
        self._waits.drop()
        self.shield.ended()
        self.searching.ended()
        self.following.ended()
        self.leased.ended()
        self.syncing.ended()
        self.audited.ended(why)
        self.retaining.ended()
        self.losses.ended()
        self.reporting.ended()
        self.keeping.ended()
        self.touring.ended()
        self.desk.window.nav.show_user("", "")
        self.desk.window.nav.show_lead(False)
        self.desk.window.status.lock_after(0)

    def lock(self, reason: Reason) -> None:
        """Close everything and ask for the key again; nothing when that has been done."""
        if self._open:
            self.locking.emit(reason)

    def switch_language(self) -> None:
        """The other language; kept as a setting when the data is open."""
        self._language = ""
        other = "en" if text.language() == "zh_CN" else "zh_CN"
        if self._open:
            self._change("general.language", other)
        else:
            looks.use_language(other)
            looks.keep(self.desk.state)
            self.desk.window.retranslate()
            self.relabelled.emit()

    def switch_theme(self) -> None:
        """Light or dark."""
        scheme = Scheme.LIGHT if theme.dark else Scheme.DARK
        if self._open:
            self._change("general.theme", str(scheme))
        else:
            theme.use(scheme, theme.percent)
            looks.keep(self.desk.state)

    def resize_text(self, step: int) -> None:
        """One step larger or smaller."""
        size = max(100, min(150, theme.percent + 10 * step))
        if self._open:
            self._change("general.text_size", size)
        else:
            theme.use(theme.scheme, size)
            looks.keep(self.desk.state)

    def _rename(self, who: str) -> None:
        """The name that greets before unlocking lies in the key file."""
        self._who = who
        if self.desk.tasks.store is not None:
            self.desk.tasks.call(_renamed, self.desk.tasks.store, who)

    def _change(self, key: str, value: Any) -> None:
        from rmdesk.services.settings.commands import ChangeSetting

        # Read even when nothing was written: what was asked for on the command line may have covered the setting.
        self.desk.tasks.perform(ChangeSetting(key, value)).done.connect(lambda _outcome: self._read())

    def _changed(self, topics: frozenset[Topic]) -> None:
        if Topic.SETTINGS in topics:
            self._read()
        elif Topic.SYNC in topics:
            self._read_user()

        if topics & COUNTED:
            self._read_total()
        if topics & WAITING:
            self._read_waiting()
        self.losses.changed(topics)
        self.reporting.changed(topics)

    def _read_counts(self) -> None:
        """At the start, once the page has what it asked for."""
        page = self.desk.window.page()
        if page is None or page.stale or self.desk.tasks.running:
            self._count.start()
            return
        self._read_total()
        self._read_waiting()

    def _read_total(self) -> None:
        self._totals.fetch(_total).done.connect(self._show_total)

    def _read_waiting(self) -> None:
        self._waits.fetch(_waiting).done.connect(self._show_waiting)

    def _show_waiting(self, counts: dict[str, int]) -> None:
        for page, count in counts.items():
            self.desk.badge(page, count or None)

    def _show_total(self, total: Total) -> None:
        status = self.desk.window.status
        status.show_portfolio(total.clients, total.aum_minor, total.currency, total.statuses)
        status.show_as_of(total.as_of)
        self.desk.badge("clients", total.clients or None)

    def _read(self) -> None:
        self._looks.fetch(looks.chosen).done.connect(self._dress)

    def _read_user(self) -> None:
        self._users.fetch(_user).done.connect(self._show_user)

    def _show_user(self, user: DeskUser) -> None:
        role = _("Team lead") if user.lead else _("Relationship manager")
        if user.name and user.name != self._who:
            self._rename(user.name)
        self.desk.window.nav.show_user(self._who, f"{role} · {self._branch}" if self._branch else role)
        self.desk.window.nav.show_lead(user.lead)

    def _dress(self, chosen: looks.Chosen) -> None:
        if self._kept and chosen.language != self._kept:
            self._language = ""
        self._kept = chosen.language
        changed = looks.apply(self.desk.state, chosen, language=self._language)
        if changed:
            self.desk.rebuild()
        self._branch = chosen.branch
        self._read_user()
        self.desk.window.status.lock_after(chosen.auto_lock)
        self.minutes.emit(chosen.auto_lock)
        self.shield.use(chosen.hidden, chosen.marked)


def _user(reads: Reads) -> DeskUser:
    from rmdesk.services.desk_user import desk_user

    return desk_user(reads)


def _total(reads: Reads) -> Total:
    from rmdesk.services.clients.total import total

    return total(reads)


def _waiting(reads: Reads) -> dict[str, int]:
    """What waits, by the page that shows it."""
    from rmdesk.services.desk_user import desk_user
    from rmdesk.services.gifts.waiting import to_do
    from rmdesk.services.visits.queries import waiting

    counts = {"visits": waiting(reads).all, "gifts": to_do(reads)}
    if desk_user(reads).lead:
        from rmdesk.services.team.queries import waiting as to_review

        counts["team"] = to_review(reads)
    return counts


def _renamed(store: Store, who: str) -> None:
    from rmdesk.services.store.access import rename

    rename(store, who)
