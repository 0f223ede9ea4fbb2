"""The order of a day, and what does not work out in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rmdesk.models.kinds import ClientId, RecordId
from rmdesk.services.route import rules
from rmdesk.services.route.rules import Stop, Trouble

DISTRICTS = ("青石区", "云川区", "")


def stop(name: str, at: str = "", district: str = "青石区", minutes: int | None = None, *, away: bool = True) -> Stop:
    """A planned visit."""
    return Stop(RecordId(name), ClientId(1), name, district, away, rules.minutes_of(at), minutes)


stops = st.lists(
    st.builds(
        Stop,
        st.uuids().map(lambda one: RecordId(one.hex)),
        st.just(ClientId(1)),
        st.sampled_from("甲乙丙"),
        st.sampled_from(DISTRICTS),
        st.booleans(),
        st.none() | st.integers(0, 24 * 60 - 1),
        st.none() | st.integers(1, 240),
    ),
    max_size=12,
    unique_by=lambda one: one.visit,
)


def order(made: rules.Plan) -> list[tuple[str, list[str]]]:
    """Districts with the names of their visits."""
    return [(leg.district, [one.name for one in leg.stops]) for leg in made.legs]


def test_districts_come_by_their_first_appointment() -> None:
    made = rules.plan(
        [stop("c", "11:00", "云川区"), stop("a", "09:00"), stop("b", "10:00"), stop("d", "14:00", "云川区")]
    )
    assert order(made) == [("青石区", ["a", "b"]), ("云川区", ["c", "d"])]
    assert made.conflicts == ()


def test_what_has_no_time_goes_with_its_district() -> None:
    made = rules.plan(
        [stop("x", "", "云川区"), stop("b", "11:00", "云川区"), stop("a", "09:00"), stop("z", "", "白塔区")]
    )
    assert order(made) == [("青石区", ["a"]), ("云川区", ["b", "x"]), ("白塔区", ["z"])]


def test_the_unknown_district_comes_last_without_an_appointment() -> None:
    assert [leg.district for leg in rules.plan([stop("b", "", ""), stop("a", "", "云川区")]).legs] == ["云川区", ""]


def test_calls_and_meetings_in_the_branch_are_no_district() -> None:
    made = rules.plan([stop("call", "09:00", away=False), stop("a", "10:00")])
    assert [(leg.desk, leg.district) for leg in made.legs] == [(True, ""), (False, "青石区")]


def test_visits_that_overlap_are_flagged_wherever_they_are() -> None:
    (one,) = rules.conflicts([stop("a", "09:00", minutes=60), stop("call", "09:30", away=False)])
    assert (one.kind, one.first.name, one.second.name, one.minutes) == (Trouble.OVERLAP, "a", "call", -30)


def test_an_unplanned_length_is_taken_from_the_rule_book() -> None:
    length = rules.number("visit_minutes")
    assert rules.conflicts([stop("a", "09:00"), stop("b", rules.clock_time(9 * 60 + length))]) == ()
    assert rules.conflicts([stop("a", "09:00"), stop("b", rules.clock_time(9 * 60 + length - 1))])


def test_a_long_visit_overlaps_all_that_begin_in_it() -> None:
    found = rules.conflicts([stop("a", "09:00", minutes=180), stop("b", "10:00", minutes=10), stop("c", "11:00")])
    assert [(one.first.name, one.second.name) for one in found] == [("a", "b"), ("a", "c")]


def test_too_little_time_between_districts_is_flagged_to_the_minute() -> None:
    gap = rules.number("gap_minutes")
    first = stop("a", "09:00", minutes=60)
    enough, short = (stop("b", rules.clock_time(10 * 60 + gap - less), "云川区") for less in (0, 1))
    assert rules.conflicts([first, enough]) == ()
    (one,) = rules.conflicts([first, short])
    assert (one.kind, one.minutes) == (Trouble.TIGHT, gap - 1)
    assert rules.conflicts([first, stop("b", "10:00")]) == ()  # within a district


def test_going_back_to_a_district_is_flagged() -> None:
    found = rules.conflicts([stop("a", "09:00"), stop("b", "11:00", "云川区"), stop("c", "15:00")])
    assert [(one.kind, one.second.name) for one in found] == [(Trouble.RETURN, "c")]


def test_each_conflict_is_said_in_words() -> None:
    told = rules.conflicts([stop("a", "09:00"), stop("b", "09:10"), stop("c", "09:45", "云川区"), stop("d", "12:00")])
    assert {one.kind for one in told} == set(Trouble)
    for one in told:
        assert one.second.name in rules.said(one).said
        assert one.second.at in rules.said(one).said


@given(stops, st.randoms())
def test_the_order_of_the_input_does_not_matter(given_: list[Stop], dice: object) -> None:
    shuffled = list(given_)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rules.plan(shuffled) == rules.plan(given_)


@given(stops)
def test_every_visit_stands_once_in_its_district_and_by_time(given_: list[Stop]) -> None:
    made = rules.plan(given_)
    assert sorted(one.visit for one in made.stops) == sorted(one.visit for one in given_)
    assert len({(leg.desk, leg.district) for leg in made.legs}) == len(made.legs)
    for leg in made.legs:
        assert all(one.district == leg.district for one in leg.stops if one.away)
        times = [one.starts for one in leg.stops if one.starts is not None]
        assert times == sorted(times)
        assert [one.starts is None for one in leg.stops] == sorted(one.starts is None for one in leg.stops)
    firsts = [leg.stops[0].starts for leg in made.legs]
    known = [one for one in firsts if one is not None]
    assert known == sorted(known)
    assert firsts[: len(known)] == known


@given(stops)
def test_two_visits_overlap_if_and_only_if_it_is_said(given_: list[Stop]) -> None:
    said = {frozenset((c.first.visit, c.second.visit)) for c in rules.conflicts(given_) if c.kind is Trouble.OVERLAP}
    timed = [one for one in given_ if one.starts is not None]
    length = rules.number("visit_minutes")
    for at, one in enumerate(timed):
        for other in timed[:at]:
            assert one.starts is not None
            assert other.starts is not None
            ends, ends_other = one.starts + (one.minutes or length), other.starts + (other.minutes or length)
            meet = max(one.starts, other.starts) < min(ends, ends_other)
            assert meet == (frozenset((one.visit, other.visit)) in said)


@given(st.integers(0, 24 * 60 - 1))
def test_times_are_written_and_read_alike(minutes: int) -> None:
    assert rules.minutes_of(rules.clock_time(minutes)) == minutes
