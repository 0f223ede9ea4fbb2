"""What is photographed: every page of the navigation, the client file, the search, the palette and the gates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from rmdesk.app import App
from rmdesk.ui.kit.theme import theme
from rmdesk.ui.shell.routes import ROUTES
from tests.shots import (
    campaigns,
    days,
    events,
    following,
    gift_moments,
    insights,
    losses,
    moments,
    papers,
    relations,
    reports,
    safe,
    shelf,
    small,
    team,
    today_done,
    touring,
    updates,
    visits,
)

SEARCHED = "w"
FORMS = ("journal", "complaint", "feedback", "satisfaction", "consent", "task")


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: `steps` bring it about, each after the one before has come to rest; `clear` takes it away."""

    name: str
    steps: tuple[Callable[[App], object], ...]
    clear: Callable[[App], object] = lambda app: None


def picture(app: App) -> QPixmap:
    """The window as it is, with the dialogs and lists that stand over it."""
    taken = app.window.grab()
    painter = QPainter(taken)
    on_top = QApplication.activeModalWidget()
    for widget in sorted(QApplication.topLevelWidgets(), key=lambda one: one is on_top):
        if widget.isVisible() and widget is not app.window:
            place = app.window.mapFromGlobal(widget.mapToGlobal(widget.rect().topLeft()))
            painter.fillRect(QRect(place, widget.size()).adjusted(-1, -1, 1, 1), theme.colour("line_strong"))
            painter.drawPixmap(place, widget.grab())
    painter.end()
    return taken


def scenes(client: int, files: list[Path]) -> list[Scene]:
    """All scenes; `client` is whose file is opened, `files` what is imported instead of a file about the demo."""
    pages = [_page(route.name, client) for route in ROUTES]
    take = moments.taking(files) if files else moments.take_file
    return [
        *pages,
        _tab("profile", client),
        _tab("gifts", client),
        Scene("privacy", (lambda app: _privacy(app, client),), _leave_privacy),
        _tab("journals", client),
        _tab("complaints", client),
        _tab("occasions", client),
        _tab("holdings", client),
        _tab("churn", client),
        _tab("history", client),
        _tab("relations", client),
        *_relations(),
        *_visits(client),
        *losses.scenes(Scene),
        *events.scenes(Scene, client),
        *campaigns.scenes(Scene, client),
        *insights.scenes(Scene),
        *shelf.scenes(Scene),
        *_team(),
        *_reports(),
        *_small(client),
        *touring.scenes(Scene),
        *updates.scenes(Scene),
        *(_form(name, client) for name in FORMS),
        Scene("receipt", (moments.today, moments.receipt), _rebuild),
        Scene("today-keys", (moments.today, moments.step_down), _rebuild),
        Scene("today-later", (moments.today, moments.put_off), moments.close_dialogs),
        Scene("today-done", (moments.today, moments.mark_done), moments.undo),
        Scene("today-log", (moments.today, today_done.log), moments.today),
        Scene("today-settle", (moments.today, today_done.settle), moments.close_dialogs),
        Scene("today-keep", (moments.today, today_done.keep), moments.close_dialogs),
        Scene("today-kept", (moments.today, today_done.keep, today_done.save), moments.undo),
        Scene(
            "today-put-off",
            (moments.today, today_done.put_off, today_done.show_put_off, today_done.to_the_end),
            today_done.undo_twice,
        ),
        Scene("today-error", (moments.today, moments.fail), _rebuild),
        Scene("clients-several", (moments.clients, moments.select), moments.find_all),
        Scene("clients-nobody", (moments.clients, moments.find_nobody), moments.find_all),
        Scene("imports-look", (moments.imports, take)),
        Scene("imports-check", (moments.imports, moments.check_file)),
        Scene("imports-done", (moments.imports, moments.apply_file), _take_import_back),
        Scene("imports-refused", (moments.imports, moments.take_what_is_none), moments.start_again),
        Scene("duplicates", (moments.imports, moments.find_duplicates), moments.close_dialogs),
        Scene("merge", (moments.imports, moments.compare_two), moments.close_dialogs),
        Scene("gifts-one", (gift_moments.page, gift_moments.select)),
        Scene("gifts-value", (gift_moments.page, gift_moments.value), gift_moments.back),
        Scene("gifts-ideas", (gift_moments.page, gift_moments.library), gift_moments.back),
        Scene("gift-plan", (gift_moments.plan, gift_moments.fill), moments.close_dialogs),
        Scene("gift-blocked", (gift_moments.plan, gift_moments.cash), moments.close_dialogs),
        Scene("gift-decide", (gift_moments.page, gift_moments.decide), moments.close_dialogs),
        Scene("brief", (moments.today, papers.brief), moments.close_dialogs),
        Scene("export", (moments.today, papers.brief, papers.ask_export), moments.close_dialogs),
        Scene("export-suggested", (papers.brief, papers.ask_export, papers.suggest), moments.close_dialogs),
        Scene("export-refused", (papers.brief, papers.ask_export, papers.refuse), moments.close_dialogs),
        Scene("print", (moments.today, papers.brief, papers.ask_print), moments.close_dialogs),
        Scene("audit", (moments.audit, moments.verify)),
        Scene("export-clients", (moments.clients, moments.export), moments.close_dialogs),
        Scene("client-file", (moments.today, papers.client_file), moments.close_dialogs),
        Scene("care-list", (moments.today, papers.care_list), moments.close_dialogs),
        Scene("route", (moments.today, papers.route), moments.close_dialogs),
        Scene("files", (moments.today, papers.strip), moments.close_dialogs),
        Scene("viewer", (moments.today, papers.viewer), moments.close_dialogs),
        Scene("search", (moments.today, _search), _forget_search),
        Scene("search-nothing", (moments.today, _search_in_vain), _forget_search),
        Scene("palette", (moments.today, lambda app: app.parts.commands.palette()), moments.close_dialogs),
        Scene("keys", (moments.today, lambda app: app.parts.commands.help()), moments.close_dialogs),
        Scene("calendar-week", (days.week,), days.month_again),
        Scene("calendar-list", (days.as_list,), days.month_again),
        Scene("calendar-holidays", (days.holidays,), days.month_again),
        Scene("calendar-export", (days.export,), moments.close_dialogs),
        Scene("occasion", (moments.today, days.add_day), moments.close_dialogs),
        Scene("occasion-refused", (moments.today, days.refused_day, days.submit), moments.close_dialogs),
        Scene("greet", (moments.today, days.greet), moments.close_dialogs),
        Scene("greet-edited", (moments.today, days.greet, days.write), moments.close_dialogs),
        Scene("templates", (moments.today, days.templates), moments.close_dialogs),
        Scene("sync-join", (following.join,), moments.close_dialogs),
        Scene("sync-sign-in", (following.join, following.sign_in), moments.close_dialogs),
        Scene("sync-approval", (following.join, following.patience), moments.close_dialogs),
        *(Scene(f"sync-{name}", (following.part(name),)) for name in ("differences", "refused", "late", "hub")),
        Scene("sync-shut", (following.shut,), following.let_in),
        Scene("sync-travel", (following.part("hub"), following.travel), moments.close_dialogs),
        Scene("sync-nothing", (following.part("differences"), following.nothing), following.again),
        Scene("sync-banner", (following.follow, following.file), _first_tab),
        Scene("sync-dialog", (following.follow, following.file, following.settle), moments.close_dialogs),
        Scene("sync-long", (following.part("differences"), following.last), following.first),
        Scene("sync-writing", (following.part("differences"), following.write), following.stop),
        Scene("first-run", (_first_run,), lambda app: app.window.show_frame()),
        Scene("unlock", (_unlock,), lambda app: app.window.show_frame()),
        Scene("locked", (_locked,), lambda app: app.window.show_frame()),
        Scene("watermark", (_watermark,), lambda app: app.parts.session.shield.use(True, False)),
        *_safe(),
    ]


def _safe() -> list[Scene]:
    """What is about keys."""
    gates = ("first_pin", "first_passphrase", "code", "drill", "unlock_pin", "recover")
    card = (safe.card, safe.to_card)
    return [
        *(
            Scene(f"keys-{name.replace('_', '-')}", (getattr(safe, name),), lambda app: app.window.show_frame())
            for name in gates
        ),
        Scene("keys-card", card),
        *(
            Scene(f"keys-{name.replace('_', '-')}", (*card, safe.dialog(getattr(safe, name))), moments.close_dialogs)
            for name in ("new_pin", "new_code", "new_key", "export")
        ),
    ]


def _visits(client: int) -> list[Scene]:
    return [
        *(Scene(f"visits-{name}", (visits.segment(name),)) for name in ("log", "promises", "tasks", "coverage")),
        Scene("log-filled", (visits.filled(client),), visits.forget),
        Scene("log-refused", (visits.filled(client), visits.refused), visits.forget),
        Scene("visits-plan", (visits.segment("planned"), visits.plan(client)), moments.close_dialogs),
        Scene("visits-promise", (visits.segment("promises"), visits.promise), moments.close_dialogs),
        _tab("visits", client),
    ]


def _reports() -> list[Scene]:
    """Reports beside the weekly one, which the page begins with."""
    return [
        Scene("reports-monthly", (reports.monthly,), moments.today),
        Scene("reports-book", (reports.book,), moments.today),
        Scene("reports-ready", (reports.keep, reports.ready), reports.throw_away),
        Scene("today-ready", (reports.keep, moments.today), reports.throw_away),
        Scene("reports-export", (reports.weekly, reports.export), moments.close_dialogs),
    ]


def _team() -> list[Scene]:
    """Of a lead's desk."""
    queue = (team.join, team.show)
    return [
        Scene("team-queue", queue, team.leave),
        Scene("team-word", (*queue, team.second, team.write), team.leave_filtered),
        Scene("team-request", (*queue, team.request), team.leave_filtered),
        Scene("team-coverage", (*queue, team.coverage), team.leave),
        Scene("team-insights", (*queue, team.agree, team.insights), team.leave),
        Scene("team-said", (*queue, team.said), team.leave),
        Scene("record", (moments.today, team.record), moments.close_dialogs),
        Scene("team-report", (*queue, team.report), team.leave_report),
    ]


def _relations() -> list[Scene]:
    """Of the client in the demo with the largest family and network."""
    return [
        Scene("relations-list", (relations.middle,), _first_tab),
        Scene("relations-network", (relations.middle, relations.network), _first_tab),
        Scene("relations-network-chosen", (relations.middle, relations.network, relations.choose), _first_tab),
        Scene("relations-network-list", (relations.middle, relations.network, relations.as_list), _rebuild),
        Scene("relations-add", (relations.middle, relations.add), moments.close_dialogs),
        Scene("relations-add-person", (relations.middle, relations.add, relations.no_client), moments.close_dialogs),
        Scene("relations-person", (relations.middle, relations.person), moments.close_dialogs),
        Scene("relations-household", (relations.middle, relations.household), moments.close_dialogs),
        Scene("relations-referral", (relations.middle, relations.referral), moments.close_dialogs),
        Scene("relations-path", (relations.stranger, relations.path), moments.close_dialogs),
    ]


def _small(client: int) -> list[Scene]:
    profile = partial(_show_tab, name="profile", client=client)
    steps = (
        Scene(f"gift-{step}", (gift_moments.page, small.gift_step(step)), moments.close_dialogs) for step in small.STEPS
    )
    return [
        Scene("household", (moments.today, small.household), moments.close_dialogs),
        Scene("complaint-extend", (moments.today, small.extend), moments.close_dialogs),
        Scene("complaint-close", (moments.today, small.close), moments.close_dialogs),
        Scene("feedback-reply", (moments.today, small.reply), moments.close_dialogs),
        Scene("client-reach", (profile, small.reach), _leave_privacy),
        Scene("client-block", (profile, small.block), _leave_privacy),
        *steps,
    ]


def _form(name: str, client: int) -> Scene:
    """A form that any page may open, with the client filled in."""
    ask = partial(_ask, name=name, client=client)
    return Scene(f"form-{name}", (moments.today, ask), moments.close_dialogs)


def _ask(app: App, name: str, client: int) -> None:
    app.parts.desk.ask(name, client=client)


def _privacy(app: App, client: int) -> None:
    app.parts.desk.go("client", client=client, tab="profile")
    app.parts.desk.ask("privacy", client=client, name="周文敏")


def _leave_privacy(app: App) -> None:
    moments.close_dialogs(app)
    _first_tab(app)


def _tab(name: str, client: int) -> Scene:
    return Scene(f"client-{name}", (partial(_show_tab, name=name, client=client),), _first_tab)


def _show_tab(app: App, name: str, client: int) -> None:
    app.parts.desk.go("client", client=client, tab=name)


def _first_tab(app: App) -> None:
    app.parts.desk.go("client", tab="overview")


def _rebuild(app: App) -> None:
    app.parts.desk.rebuild()


def _take_import_back(app: App) -> None:
    moments.undo(app)
    moments.start_again(app)


def _page(name: str, client: int) -> Scene:
    def show(app: App) -> None:
        if name == "client":
            app.parts.desk.go(name, client=client)
        else:
            app.parts.desk.go(name)

    return Scene(name, (show,))


def _search(app: App) -> None:
    app.parts.commands.search()
    app.window.topbar.search.setText(SEARCHED)


def _search_in_vain(app: App) -> None:
    app.parts.commands.search()
    app.window.topbar.search.setText("qqqq")


def _forget_search(app: App) -> None:
    app.window.topbar.search.clear()


def _first_run(app: App) -> None:
    from rmdesk.ui.unlock.first_run import FirstRunGate

    app.window.show_gate(FirstRunGate())


def _locked(app: App) -> None:
    """After five idle minutes, with something that waits for the hub, on a desk that has a PIN."""
    from rmdesk.base import clock
    from rmdesk.base.record import replace
    from rmdesk.ui.unlock.gate import Locked
    from rmdesk.ui.unlock.reasons import Reason
    from rmdesk.ui.unlock.unlock import UnlockGate

    info = app.parts.start.info
    assert info is not None
    gate = UnlockGate(replace(info, demo=False, has_pin=True, recovery_of="1"))
    gate.tell_locked(Locked(Reason.IDLE, clock.now(), 5, 3))
    app.window.show_gate(gate)


def _watermark(app: App) -> None:
    app.parts.desk.go("clients")
    app.parts.session.shield.use(True, True)


def _unlock(app: App) -> None:
    from rmdesk.ui.unlock.unlock import UnlockGate

    app.window.show_gate(UnlockGate(app.parts.start.info))
