"""All classes of Qt are made, once somebody asks for it."""

from __future__ import annotations

from rmdesk.ui.tasks import classes


def test_all_are_made_in_the_end() -> None:
    for make in classes.others():
        make()
    assert classes.missing() == []
