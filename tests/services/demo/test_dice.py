"""Chance that never changes: these very values must come out on every machine and version."""

from __future__ import annotations

from rmdesk.services.demo.dice import Dice


def test_the_stream_is_fixed() -> None:
    dice = Dice(486, "test")
    assert [dice.between(1, 1000) for _ in range(6)] == [25, 773, 369, 576, 256, 915]


def test_weights_are_kept() -> None:
    dice = Dice(1, "weights")
    found = [dice.weigh((("a", 9.0), ("b", 1.0))) for _ in range(1000)]
    assert 850 < found.count("a") < 950


def test_some_are_different_ones() -> None:
    assert sorted(Dice(1, "some").some(range(10), 20)) == list(range(10))


def test_ids_look_like_record_ids() -> None:
    dice = Dice(1, "ids")
    ids = {dice.id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(one) == 32 and one[12] == "7" and int(one, 16) for one in ids)
