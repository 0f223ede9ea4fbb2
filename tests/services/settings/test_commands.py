"""Changing a setting or a view is a command like any other: recorded, undoable, refused in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.clients import Client
from rmdesk.models.holdings import Account
from rmdesk.models.kinds import Topic
from rmdesk.services import settings
from rmdesk.services.segments import figures
from rmdesk.services.settings import general, queries
from rmdesk.services.settings.commands import ChangeSetting, DeleteView, RenameView, SaveView
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from tests.support.build import perform


def kept(store: Store) -> list[Any]:
    return store.read(lambda reads: reads.rows("SELECT key, value FROM setting"))


def test_a_changed_value_is_in_force_and_its_inverse_brings_the_default_back(store: Store) -> None:
    outcome = store.perform(ChangeSetting("general.text_size", 130))
    assert outcome.topics == {Topic.SETTINGS}
    assert store.read(settings.value, general.TEXT_SIZE) == outcome.result == 130
    assert outcome.inverse is not None
    store.perform(outcome.inverse)
    assert store.read(settings.value, general.TEXT_SIZE) == 100
    assert kept(store) == []


def test_the_same_value_changes_nothing_and_leaves_nothing_to_undo(store: Store) -> None:
    store.perform(ChangeSetting("general.text_size", 130))
    outcome = store.perform(ChangeSetting("general.text_size", 130))
    assert (outcome.inverse, outcome.topics) == (None, frozenset())


def test_a_bad_value_is_refused_and_nothing_is_kept(store: Store) -> None:
    for key, value in (("general.text_size", 90), ("general.none", 1)):
        with pytest.raises(Refused):
            store.perform(ChangeSetting(key, value))
    assert kept(store) == []


def test_a_kept_value_that_is_no_longer_allowed_gives_way_to_the_default(store: Store) -> None:
    for text in ("999", '"big"', "null"):
        perform(
            store,
            lambda work, text=text: work.bulk(
                "INSERT OR REPLACE INTO setting VALUES ('general.text_size', ?)", (text,), topics=()
            ),
        )
        assert store.read(settings.value, general.TEXT_SIZE) == 100
    store.perform(ChangeSetting("general.text_size", 110))
    assert store.read(settings.value, general.TEXT_SIZE) == 110


def test_all_values_show_what_differs_from_the_default(store: Store) -> None:
    store.perform(ChangeSetting("general.fx_rates", {"USD": "7.10"}))
    rows = {row.key: row for row in store.read(queries.all_values)}
    assert rows["general.fx_rates"].changed
    assert rows["general.fx_rates"].value == {"USD": Decimal("7.10")}
    assert not rows["general.language"].changed
    assert rows["general.text_size"].most == 150


def test_a_view_is_saved_replaced_renamed_and_deleted(store: Store) -> None:
    first = store.perform(SaveView("clients", " 重点 ", {"a": 1})).result
    assert store.perform(SaveView("clients", "重点", {"a": 2})).result == first
    second = store.perform(SaveView("clients", "其他", {})).result
    store.perform(SaveView("today", "重点", {}))
    assert [(view.name, view.spec) for view in store.read(queries.views_of, "clients")] == [
        ("其他", {}),
        ("重点", {"a": 2}),
    ]
    with pytest.raises(Refused, match="already"):
        store.perform(RenameView(second, "重点"))
    store.perform(RenameView(second, "第二"))
    store.perform(DeleteView(first))
    assert [view.name for view in store.read(queries.views_of, "clients")] == ["第二"]


@pytest.mark.parametrize("command", [SaveView("clients", " ", {}), RenameView("x", "")])
def test_a_view_needs_a_name(store: Store, command: Any) -> None:
    with pytest.raises(Refused, match="needs a name") as refused:
        store.perform(command)
    assert refused.value.field == "name"


def test_reading_settings_needs_no_sqlalchemy() -> None:
    import subprocess
    import sys

    code = "import sys, rmdesk.services.settings, rmdesk.services.settings.registry; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment())
    assert done.stdout.strip() == "False"


def _environment() -> dict[str, str]:
    import os
    import sys

    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def test_a_new_currency_counts_the_money_anew_and_undo_counts_it_back(store: Store) -> None:
    def arrange(work: UnitOfWork) -> None:
        client = Client(number="C1", name="王小明")
        work.add(client)
        work.flush()
        work.add(
            Account(number="A1", client_id=client.id, currency="USD", balance_minor=10_000, as_of=date(2026, 11, 1))
        )
        figures.refresh(work)

    def aum() -> Any:
        return store.read(lambda reads: reads.value("SELECT aum_minor FROM client_figures"))

    perform(store, arrange)
    store.perform(ChangeSetting("general.currency", "EUR"))
    assert aum() is None
    outcome = store.perform(ChangeSetting("general.fx_rates", {"USD": "0.9"}))
    assert aum() == 9_000
    assert outcome.inverse is not None
    store.perform(outcome.inverse)
    assert aum() is None
