"""Joining a team hub: its address, who one is, the approval of this desk, and the first load."""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from shiboken6 import isValid

from rmdesk.base.errors import Known, Refused
from rmdesk.base.text import N_, _, sentences
from rmdesk.models.kinds import Topic
from rmdesk.services.settings.policy import policy
from rmdesk.ui.kit.desk import Desk
from rmdesk.ui.kit.form import Form
from rmdesk.ui.kit.stack import Stack
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.kit.widgets import Button, column, label, row
from rmdesk.ui.sync.entrance import Entrance
from rmdesk.ui.unlock.secret import SecretField

if TYPE_CHECKING:
    from rmdesk.services.store.store import Store
    from rmdesk.wire.signing_in import SignedIn, SignInWays

T = TypeVar("T")
ADDRESS, SIGN_IN, WAITING = range(3)
WIDE, HIGH = 520, 390


class JoinDialog(QDialog):
    """One step after another; each that fails says so beside its field, and can be tried again.

    Passwords go to the hub and are kept nowhere. A desk that waits for approval may be closed meanwhile: joining
    again goes on with it.
    """

    def __init__(self, desk: Desk, entrance: Entrance | None = None) -> None:
        super().__init__(theme.window())
        self._desk = desk
        self.entrance = entrance or Entrance()
        self._url = ""
        self.setWindowTitle(_(self.entrance.title))
        self.forms = {ADDRESS: Form(), SIGN_IN: Form()}
        self.address = QLineEdit(policy().hub)
        self.address.setPlaceholderText("https://hub.bank.example")
        self.user, self.secret, self.name = QLineEdit(), SecretField(), QLineEdit(platform.node())
        self.browser = Button(_("Sign in with the browser…"), self.sign_in_browser, icon="user")
        self.waits = label("", "soft", wrap=True)
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.note = label("", "note", wrap=True)
        self.go_on = Button("", self.submit, kind="primary")
        self.go_on.setDefault(True)
        self.back = Button(_("Back"), self.to_address)
        self._steps = Stack()
        for step in (self._ask_address(), self._ask_who(), self._ask_patience()):
            self._steps.addWidget(step)
        foot = row(self.back, None, Button(_("Cancel"), self.reject), self.go_on)
        box = column(
            label(_(self.entrance.title), "title"), self._steps, self.trouble, self.note, foot, gap=14
        )  # fmt: skip
        box.setContentsMargins(24, 24, 24, 24)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.setMinimumWidth(theme.px(WIDE))
        self.resize(theme.px(WIDE), theme.px(HIGH))
        self._show(ADDRESS)

    @property
    def step(self) -> int:
        """Which question is asked."""
        return self._steps.currentIndex()

    def resume(self, waits: dict[str, Any] | None) -> None:
        """Go on with a desk that was registered before and waits for approval."""
        if waits:
            self._url = str(waits.get("url", self._url))
            self.address.setText(self._url)
            self._show(WAITING)

    def begin(self, url: str) -> None:
        """Begin at a hub that is known."""
        self.address.setText(url)
        self._look()

    # Acting.

    def submit(self) -> None:
        """Go on from the step that is shown."""
        {ADDRESS: self._look, SIGN_IN: self._sign_in, WAITING: self._join}[self.step]()

    def to_address(self) -> None:
        """Ask for the address again."""
        self._show(ADDRESS)

    def sign_in_browser(self) -> None:
        """Let the bank's own sign-in do it, in the browser."""
        url = self._url
        self.note.setText(_("Go on in the browser; this window waits for it."))
        self._do(lambda: self.entrance.with_browser(url, _browse), self._signed_in)

    def _look(self) -> None:
        self._url = self.address.text().strip().rstrip("/")
        if not self._url:
            self._failed(Refused(N_("Enter the address of the hub."), field="url", code="url"))
            return
        if "://" not in self._url:
            self._url = f"https://{self._url}"
        url = self._url
        self._do(lambda: self.entrance.ways(url), self._ways)

    def _ways(self, ways: SignInWays) -> None:
        for name in ("user", "password"):
            self.forms[SIGN_IN].fields[name].setVisible(ways.password)
        self.browser.setVisible(ways.oidc)
        self._show(SIGN_IN)
        self.go_on.setVisible(ways.password)
        (self.user if ways.password else self.browser).setFocus()

    def _sign_in(self) -> None:
        user, secret, url = self.user.text().strip(), self.secret.text(), self._url
        for name, given in (("user", user), ("password", secret)):
            if not given:
                self._failed(Refused(N_("Fill this in."), field=name, code="empty"))
                return
        self._do(lambda: self.entrance.with_password(url, user, secret), self._signed_in)

    def _signed_in(self, signed: SignedIn) -> None:
        self.secret.clear()
        url, name = self._url, self.name.text().strip() or platform.node()
        self._do(lambda: self.entrance.register(self._store, url, signed, name), self._registered, writes=True)

    def _registered(self, status: str) -> None:
        if status == "active":
            self._join()
        else:
            self._show(WAITING)

    def _join(self) -> None:
        self._do(lambda: self.entrance.join(self._store), self._joined, writes=True)

    def _joined(self, _told: int) -> None:
        self._desk.heard(frozenset(Topic))
        self._desk.toast(_(self.entrance.done))
        self.accept()
        self._desk.sync_now()

    # Inside.

    @property
    def _store(self) -> Store:
        store = self._desk.tasks.store
        if store is None:
            raise Refused(
                N_("The desk is locked."), do=N_("Unlock it and try again; what was saved is safe."), code="closed"
            )
        return store

    def _do(self, work: Callable[[], T], then: Callable[[T], object], *, writes: bool = False) -> None:
        self._wrong("")
        for form in self.forms.values():
            form.clear_errors()
        self._busy(True)
        tasks = self._desk.tasks
        task = tasks.write(lambda _progress: work()) if writes else tasks.call(work)
        task.done.connect(lambda told: self._went_on(then, told))
        task.failed.connect(lambda error: self._failed(error) if isValid(self) else self._desk.tell(error))

    def _went_on(self, then: Callable[[T], object], told: T) -> None:
        if isValid(self):
            self._busy(False)
            then(told)

    def _failed(self, error: BaseException) -> None:
        self._busy(False)
        if isinstance(error, Known) and error.code == "waiting":
            self._show(WAITING)
            self._wrong(error.said)
            return
        form = self.forms.get(self.step)
        if form is not None and form.refuse(error):
            return
        if isinstance(error, Known):
            self._wrong(sentences(error.said, error.advice))
        else:
            self._desk.tell(error)

    def _wrong(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def _busy(self, on: bool) -> None:
        for part in (self.go_on, self.browser, self.back, *self.findChildren(QLineEdit)):
            part.setEnabled(not on)
        self.go_on.setText(_("One moment…") if on else self._answer())

    def _answer(self) -> str:
        return {ADDRESS: _("Continue"), SIGN_IN: _("Sign in"), WAITING: _("Check again")}[self.step]

    def _show(self, step: int) -> None:
        self._wrong("")
        self._steps.setCurrentIndex(step)
        self.back.setVisible(step != ADDRESS)
        self.go_on.setVisible(True)
        self.go_on.setText(self._answer())
        notes = {
            ADDRESS: _("Your administrator tells you the address. The line is encrypted, and the hub's own key is "
                       "remembered from now on."),
            SIGN_IN: _(self.entrance.about),
            WAITING: _("You may close this and work on; joining again goes on from here."),
        }  # fmt: skip
        self.note.setText(notes[step])
        self.waits.setText(
            _("{desk} is registered and waits for approval by your team lead or administrator.").format(
                desk=self.name.text().strip() or platform.node()
            )
        )
        if step == ADDRESS:
            self.address.setFocus()

    def _ask_address(self) -> QWidget:
        self.forms[ADDRESS].add("url", _("Address of the hub"), self.address, needed=True)
        return _step(self.forms[ADDRESS])

    def _ask_who(self) -> QWidget:
        form = self.forms[SIGN_IN]
        form.add("user", _("User"), self.user, needed=True)
        form.add("password", _("Password"), self.secret, needed=True)
        form.add("name", _("Name of this desk"), self.name, note=_("For whoever approves it and looks after it."))
        form.side_by_side("user", "password")
        return _step(form, row(self.browser, None))

    def _ask_patience(self) -> QWidget:
        return _step(label(_("Waiting for approval"), "heading"), self.waits)


def _step(*parts: Any) -> QWidget:
    made = QWidget()
    made.setLayout(column(*parts, None, gap=12))
    return made


def _browse(url: str) -> None:
    QDesktopServices.openUrl(QUrl(url))
