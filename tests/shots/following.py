"""What is seen of a team hub: a copy of the demo that follows one, with differences, refused and late records."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from rmdesk.app import App
from rmdesk.base import clock
from rmdesk.models.kinds import ClientId
from rmdesk.services.sync.queries import differences
from rmdesk.services.sync.rows import DifferenceRow
from rmdesk.ui.sync.join_dialog import JoinDialog
from rmdesk.ui.sync.page import Inbox, SyncPage
from rmdesk.ui.sync.travelling import TravelCard
from rmdesk.wire.signing_in import SignInWays
from tests.support import build, team

CONTENT = (
    "谈女儿留学首付保证金，需换汇 80 万美元，对汇率时点犹豫；下周三前给出留学金融方案，"
    "约外汇专家同访。客户提到收藏协会理事换届，邀请我行赞助茶会。"
)
OTHER = (
    "谈女儿留学首付保证金，需换汇 60 万美元，对汇率时点犹豫；下周五前给出留学金融方案。"
    "客户提到收藏协会理事换届，邀请我行赞助茶会，并介绍了两位理事。"
)


def follow(app: App) -> None:
    """Join, once, and plant what waits."""
    store = app.parts.tasks.store
    if store is None or store.read(lambda reads: reads.value("SELECT joined FROM sync_control")):
        return
    team.join(store)
    build.perform(store, _plant)
    app.parts.session.following.read()


def _rows(work: Any, table: str, where: str = "1", count: int = 3) -> list[tuple[Any, ...]]:
    sql = f"SELECT id, client_id FROM {table} WHERE client_id IS NOT NULL AND {where} ORDER BY id DESC LIMIT {count}"
    return list(work.rows(sql))


def _plant(work: Any) -> None:
    (visit, one), (second, two), (third, _three), (fourth, _four) = _rows(work, "visit", "state = 'held'", 4)
    work.bulk("UPDATE sync_control SET applying = 1", topics=())
    work.bulk("UPDATE visit SET content = ? WHERE id = ?", (CONTENT, visit), topics=())
    work.bulk("UPDATE sync_control SET applying = 0", topics=())
    gift, owner = _rows(work, "gift", "state = 'given'", 1)[0]
    promise, whom = _rows(work, "promise", count=1)[0]
    for entity, key, client in (
        ("visit", visit, one), ("visit", second, two), ("gift", gift, owner), ("promise", promise, whom),
    ):  # fmt: skip
        team.told(work, entity, key, client)
    team.differ(work, "visit", visit, "content", OTHER, hours=2)
    team.differ(work, "visit", second, "channel", "video", by=team.LEAD, hours=5)
    team.differ(work, "gift", gift, "cost_minor", 42000, hours=26)
    team.differ(work, "promise", promise, "due_on", "2026-12-05", hours=27)
    team.differ(work, "promise", promise, "due_on", "2026-12-15", by=team.LEAD, hours=28)
    work.bulk("UPDATE visit SET place = '贵宾室', mood = 'pleased' WHERE id = ?", (third,), topics=())
    team.refuse(work, "visit", third, "locked", "content")
    work.bulk("UPDATE visit SET purpose = '回访' WHERE id = ?", (fourth,), topics=())
    team.refuse(work, "visit", fourth, "unknown_client")
    team.late(
        work, two, "visit", "f" * 32, client_id=f"{two:032x}", state="held", channel="phone", on="2026-11-18",
        two_way=1, inbound=1, marketing=0, content="客户来电，询问大额存单到期后的安排，答应月底前回复。",
        entered_at="2026-11-18T08:00:00+00:00", next_step="月底前回复到期方案", next_on="2026-11-30",
    )  # fmt: skip
    team.late(work, one, "visit", visit, content=OTHER)
    work.bulk("UPDATE task SET text = text || '（补充）' WHERE id IN (SELECT id FROM task LIMIT 7)", topics=())


def part(name: str) -> Any:
    """A part of the page."""

    def show(app: App) -> None:
        follow(app)
        app.parts.desk.go("sync", part=name)

    return show


def file(app: App) -> None:
    """The file of a client of whom two versions wait."""
    one = _first(app)
    if one is not None:
        app.parts.desk.go("client", client=one.client, tab="visits")


def settle(app: App) -> None:
    """The dialog that settles one record."""
    one = _first(app)
    if one is not None:
        app.parts.desk.ask("difference", entity=one.entity, key=one.entity_id)


def _first(app: App) -> DifferenceRow | None:
    store = app.parts.tasks.store
    rows = store.read(differences) if store is not None else ()
    return next((one for one in rows if one.field == "content"), None)


def shut(app: App) -> None:
    """The key is lost: the owner has to sign in again."""
    follow(app)
    store = app.parts.tasks.store
    if store is not None:
        lost = {"at": clock.now().isoformat(), "error": "desk_key_gone", "next_after": 900}
        build.perform(store, lambda work: team.state(work, "reached", lost))
    app.parts.desk.go("sync", part="differences")
    page = app.window.page()
    if isinstance(page, SyncPage):
        page.reload()


def let_in(app: App) -> None:
    store = app.parts.tasks.store
    if store is not None:
        well = {"at": clock.now().isoformat(), "error": "", "next_after": 900}
        build.perform(store, lambda work: team.state(work, "reached", well))


def last(app: App) -> None:
    """The last of the list, a long text."""
    page = app.window.page()
    if isinstance(page, SyncPage):
        page.list.setCurrentIndex(page.list.model().index(page.list.model().rowCount() - 1, 0))


def first(app: App) -> None:
    """Back to the first."""
    page = app.window.page()
    if isinstance(page, SyncPage):
        page.list.setCurrentIndex(page.list.model().index(0, 0))


def write(app: App) -> None:
    """Begin a text of one's own."""
    last(app)
    page = app.window.page()
    if isinstance(page, SyncPage):
        page.detail.difference.begin_writing()


def stop(app: App) -> None:
    """No more."""
    page = app.window.page()
    if isinstance(page, SyncPage):
        page.detail.difference.stop_writing()
    first(app)


def join(app: App) -> None:
    """The dialog that joins a hub."""
    from rmdesk.ui.sync.dialogs import open_join

    app.parts.desk.go("sync")
    open_join(app.parts.desk)


def _join_dialog() -> JoinDialog | None:
    return next(
        (one for one in QApplication.topLevelWidgets() if isinstance(one, JoinDialog) and one.isVisible()), None
    )


def sign_in(app: App) -> None:
    """The dialog asks who one is."""
    dialog = _join_dialog()
    if dialog is not None:
        dialog._ways(SignInWays("hub", "", password=True, oidc=True))
        dialog.user.setText("liwenjing")
        dialog.secret.setText("long enough 3")


def patience(app: App) -> None:
    """This desk waits for approval."""
    dialog = _join_dialog()
    if dialog is not None:
        dialog._registered("asked")


def nothing(app: App) -> None:
    """A part with nothing in it."""
    page = app.window.page()
    if isinstance(page, SyncPage) and page.inbox.where is not None:
        page.show_inbox(Inbox(page.inbox.where))


def again(app: App) -> None:
    """What is there."""
    page = app.window.page()
    if isinstance(page, SyncPage):
        page.reload()


def travel(app: App) -> None:
    """Who stays on the laptop."""
    page = app.window.page()
    if isinstance(page, SyncPage):
        card = page.findChildren(TravelCard)[0]
        card.ask()
        if card.dialog is not None:
            card.dialog.field.set_client(ClientId(1), "周文敏")
