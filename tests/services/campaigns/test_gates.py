"""The gates of a purpose: who passes, who falls out where, and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmdesk.models.kinds import Purpose
from rmdesk.services.campaigns import barred
from rmdesk.services.campaigns.conditions import KINDS, Condition
from rmdesk.services.campaigns.gates import Pipeline, pipeline
from rmdesk.services.store.store import Store
from tests.services.campaigns.arrange import RISKY, SAFE, People, people
from tests.services.care.arrange import TODAY
from tests.support import build


@pytest.fixture(scope="module")
def made(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, People]]:
    from rmdesk.base import clock

    with closing(build.store_from(template, tmp_path_factory.mktemp("gates"))) as store:
        clock.fix(TODAY)
        yield store, people(store)


def fell(found: Pipeline, known: People) -> dict[str, dict[str, set[str]]]:
    return {step.name: {fall.code: known.names(fall.clients) for fall in step.fell} for step in found.steps}


def test_selling_goes_through_segments_man_and_soft_service_and_counts_each_gate(made: tuple[Store, People]) -> None:
    store, known = made
    found = store.read(pipeline, Purpose.SELL, RISKY)
    assert [step.name for step in found.steps] == ["all", "reach", "segments", "product", "man", "soft"]
    assert known.names(found.clients) == {"easy", "bold", "sure"}
    assert fell(found, known) == {
        "all": {},
        "reach": {"deceased": {"dead"}, "do_not_contact": {"shy"}, "no_consent": {"withdrawn"}},
        "segments": {"group": {"stranger"}, "no_tier": {"poor"}},
        "product": {"too_risky": {"careful"}},
        "man": {"man_hard": {"hard"}, "man_open": {"open"}},
        "soft": {"complaint": {"angry"}, "promise": {"waiting"}, "touches": {"touched"}},
    }
    counts = [step.count for step in found.steps]
    assert counts == [14, 11, 9, 8, 6, 3]
    for before, after in zip(found.steps, found.steps[1:], strict=False):  # nobody is lost between two gates
        gone = [client for fall in after.fell for client in fall.clients]
        assert sorted([*after.clients, *gone]) == sorted(before.clients)
        assert all(fall.why.said for fall in after.fell)


def test_an_open_man_is_asked_first_and_neither_passes_nor_fails(made: tuple[Store, People]) -> None:
    store, known = made
    found = store.read(pipeline, Purpose.SELL, SAFE)
    assert known.names(found.asking) == {"open"}
    assert not set(found.asking) & set(found.clients)
    [fall] = [fall for step in found.steps for fall in step.fell if fall.code == "man_open"]
    assert fall.open


def test_waking_leaves_out_man_and_the_cap_and_keeps_only_sleepers(made: tuple[Store, People]) -> None:
    store, known = made
    found = store.read(pipeline, Purpose.WAKE)
    assert [step.name for step in found.steps] == ["all", "reach", "segments", "soft"]
    assert found.clients == ()  # all were met 40 days ago
    soon = store.read(pipeline, Purpose.WAKE, day=TODAY + timedelta(days=2))
    assert known.names(soon.clients) == {"stranger"}  # not met for twice a cadence of 21 days
    assert "easy" in fell(found, known)["segments"]["awake"]
    assert fell(found, known)["reach"]["no_consent"] == {"withdrawn"}  # nobody asked for a campaign
    later = store.read(pipeline, Purpose.WAKE, day=TODAY + timedelta(days=150))
    assert known.names(later.clients) == {
        "easy", "bold", "sure", "stranger", "careful", "hard", "open", "touched",
    }  # fmt: skip
    assert fell(later, known)["soft"].keys() == {"complaint", "promise"}


def test_without_a_product_nobody_is_held_against_its_risk(made: tuple[Store, People]) -> None:
    store, known = made
    found = store.read(pipeline, Purpose.SELL)
    assert [step.name for step in found.steps] == ["all", "reach", "segments", "man", "soft"]
    assert known.names(found.clients) == {"easy", "bold", "sure", "careful"}


def test_a_filter_comes_before_the_gates(made: tuple[Store, People]) -> None:
    store, known = made
    found = store.read(pipeline, Purpose.SELL, SAFE, (Condition("man", ("hard", "open")),))
    assert [step.name for step in found.steps][:2] == ["all", "filter"]
    assert known.names(found.steps[1].clients) == {"hard", "open"}
    assert found.clients == ()


def test_two_touches_in_thirty_days_are_the_most_and_planned_ones_count(made: tuple[Store, People]) -> None:
    store, known = made
    assert known.names(tuple(store.read(barred.touched_out, TODAY))) == {"touched"}
    assert store.read(barred.touched_out, TODAY + timedelta(days=17)) == {known["touched"]}
    assert store.read(barred.touched_out, TODAY + timedelta(days=18)) == frozenset()
    assert store.read(barred.touched_out, TODAY, (known["easy"],)) == frozenset()


chips = st.sampled_from(sorted(KINDS)).flatmap(
    lambda what: st.builds(
        Condition, st.just(what), st.sampled_from(KINDS[what].values).map(lambda value: (value,)), st.booleans()
    )
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(Purpose), st.sampled_from((None, SAFE, RISKY)), st.lists(chips, max_size=2))
def test_whatever_is_asked_the_counts_of_neighbouring_gates_add_up(
    made: tuple[Store, People], purpose: Purpose, product: str | None, asked: list[Condition]
) -> None:
    found = made[0].read(pipeline, purpose, product, tuple(asked))
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        if after.name == "filter":
            assert set(after.clients) <= set(before.clients)
            continue
        parts = [*after.clients, *(client for fall in after.fell for client in fall.clients)]
        assert sorted(parts) == list(before.clients)
    assert set(found.clients) | set(found.asking) <= set(found.steps[0].clients)
    assert not set(found.clients) & set(found.asking)
