"""What is photographed of relationships: list, network, forms, the way to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QComboBox

from rmdesk.app import App
from rmdesk.models.kinds import RecordId
from rmdesk.ui.relations import dialogs

if TYPE_CHECKING:
    from rmdesk.ui.clients.file_page import ClientPage
    from rmdesk.ui.relations.tab import RelationsTab

MIDDLE, STRANGER = "周文敏", "司马长青"


def _show(app: App, name: str) -> None:
    store = app.parts.tasks.store
    assert store is not None
    number = store.read(lambda reads: reads.value("SELECT id FROM client WHERE name = ?", (name,)))
    app.parts.desk.go("client", client=int(number), tab="relations")


def _tab(app: App) -> RelationsTab:
    return cast("RelationsTab", cast("ClientPage", app.window.page()).tab("relations"))


def middle(app: App) -> None:
    _show(app, MIDDLE)
    _tab(app).show_view(0)


def stranger(app: App) -> None:
    _show(app, STRANGER)


def network(app: App) -> None:
    _tab(app).show_view(1)


def choose(app: App) -> None:
    app.window.activateWindow()
    _tab(app).net.view.setFocus()
    _tab(app).net.view.choose(1)


def as_list(app: App) -> None:
    _tab(app).net.as_list.setChecked(True)


def add(app: App) -> None:
    _tab(app).add()


def no_client(app: App) -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, dialogs.RelationshipDialog):
        who = dialog.form.fields["who"].editor
        assert isinstance(who, QComboBox)
        who.setCurrentIndex(1)


def person(app: App) -> None:
    tab = _tab(app)
    rows = tab.told.relations if tab.told is not None else ()
    found = next(one.other.person for one in rows if one.other.person is not None)
    tab.open_node(RecordId(found))


def household(app: App) -> None:
    told = _tab(app).told
    assert told is not None
    assert told.household is not None
    dialogs.open_household_name(app.parts.desk, told.household)


def referral(app: App) -> None:
    _tab(app).add_referral()


def path(app: App) -> None:
    _tab(app).introduce()
