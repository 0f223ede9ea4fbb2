"""What is kept until anything changes."""

from __future__ import annotations

from pathlib import Path

from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import copying, kept
from rmdesk.services.store.store import Store


def of(store: Store, *given: object) -> str:
    return store.read(kept.made_of, *given)


def recalled(store: Store, name: str, made_of: str) -> str | None:
    return store.read(kept.recall, name, made_of)


def count(store: Store) -> int:
    return int(store.read(lambda reads: reads.value("SELECT count(*) FROM kept WHERE name <> 'revision'")))


def test_what_is_kept_is_recalled_for_the_very_same_only(store: Store) -> None:
    made = of(store, "2026-11-23")
    kept.keep(store.path, store.key, "list", made, "one")
    assert recalled(store, "list", made) == "one"
    assert recalled(store, "list", of(store, "2026-11-24")) is None
    assert recalled(store, "other", made) is None
    kept.keep(store.path, store.key, "list", made, "two")
    assert recalled(store, "list", made) == "two"


def test_every_commit_forgets_it(store: Store) -> None:
    before = of(store)
    kept.keep(store.path, store.key, "list", before, "one")
    outcome = store.perform(ChangeSetting("general.text_size", 120))
    assert of(store) != before
    assert count(store) == 0
    assert outcome.inverse is not None
    store.perform(outcome.inverse)
    assert of(store) != before


def test_what_was_made_of_older_data_is_not_kept(store: Store) -> None:
    before = of(store)
    store.perform(ChangeSetting("general.text_size", 120))
    kept.keep(store.path, store.key, "list", before, "one")
    assert count(store) == 0
    kept.keep(store.path, store.key, "list", of(store), "two")
    assert count(store) == 1


def test_a_copy_knows_of_which_state_it_is(store: Store, tmp_path: Path) -> None:
    store.perform(ChangeSetting("general.text_size", 120))
    made = of(store)
    kept.keep(store.path, store.key, "list", made, "one")
    copying.copy(store.path, store.key, tmp_path / "copy.db")
    restored = Store(tmp_path / "copy.db", store.key, store.who)
    assert recalled(restored, "list", of(restored)) == "one"
    restored.close()


def test_another_rule_book_or_version_is_another_basis(store: Store) -> None:
    made = of(store)
    assert "scoring.toml" in made
    assert "0.1.0" in made.split("\n")
