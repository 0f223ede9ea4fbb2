"""The chain: whoever edits, takes out, reorders or cuts off reviews is found out, and the first bad entry is named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.record import replace
from rmdesk.services.team import seal
from rmdesk.services.team.seal import Entry, Fault


def chain(length: int, *, client: int = 1, by: str = "lead", start: int = 0) -> list[Entry]:
    """So many reviews of one lead about one client."""
    made: list[Entry] = []
    for number in range(start, start + length):
        one = Entry(
            (client, by), f"{client}-{by}-{number:03d}", "visit", f"v{number}", "approved", f"好 {number}", None, by,
            f"2026-11-21T08:00:00.{number:03d}+00:00", 0, "c" * 64, made[-1].hash if made else None, "",
        )  # fmt: skip
        made.append(replace(one, hash=seal.hash_of(one)))
    return made


@given(st.integers(0, 12), st.integers(0, 12))
def test_chains_of_two_clients_hold_in_any_order(one: int, other: int) -> None:
    told = [*chain(one), *chain(other, client=2)]
    assert seal.verify(told, [entry.id for entry in told]) is None
    assert seal.verify(told[::-1]) is None


@given(st.data())
def test_an_edited_entry_is_named(data: st.DataObject) -> None:
    told = chain(data.draw(st.integers(1, 10)))
    at = data.draw(st.integers(0, len(told) - 1))
    name, value = data.draw(
        st.sampled_from(
            [("verdict", "returned"), ("comment", None), ("tag", "x"), ("entity_id", "v99"), ("content_hash", "d" * 64),
             ("by", "else"), ("at", "2026-11-21T08:00:00.500+00:00"), ("rev_reviewed", 7)]
        )
    )  # fmt: skip
    told[at] = replace(told[at], **{name: value})
    broken = seal.verify(told)
    assert broken is not None
    if name != "at":
        assert broken == seal.Broken(told[at].id, Fault.EDITED)


@given(st.data())
def test_a_deleted_entry_is_missed_by_the_next(data: st.DataObject) -> None:
    told = chain(data.draw(st.integers(2, 10)))
    at = data.draw(st.integers(0, len(told) - 2))
    left = [*told[:at], *told[at + 1 :]]
    assert seal.verify(left) == seal.Broken(told[at + 1].id, Fault.CUT)


@given(st.data())
def test_entries_that_change_places_are_named(data: st.DataObject) -> None:
    told = chain(data.draw(st.integers(2, 10)))
    at = data.draw(st.integers(0, len(told) - 2))
    one, other = told[at], told[at + 1]
    told[at], told[at + 1] = replace(other, at=one.at), replace(one, at=other.at)
    assert seal.verify(told) == seal.Broken(told[at].id, Fault.EDITED)


def test_entries_written_again_in_another_order_are_named() -> None:
    first, second, third = chain(3)
    moved = replace(second, at="2026-11-21T07:00:00.000+00:00")
    moved = replace(moved, hash=seal.hash_of(moved))
    assert seal.verify([first, moved, third]) == seal.Broken(moved.id, Fault.ORDER)


@given(st.integers(1, 10), st.data())
def test_an_end_that_was_cut_off_is_missed_by_who_wrote_it(length: int, data: st.DataObject) -> None:
    told = chain(length)
    kept = data.draw(st.integers(0, length - 1))
    assert seal.verify(told[:kept], [one.id for one in told]) == seal.Broken(told[kept].id, Fault.GONE)


def test_two_desks_of_one_lead_make_two_ends_and_no_fault() -> None:
    told = chain(2)
    other = replace(told[1], id="z", entity_id="v9")
    other = replace(other, hash=seal.hash_of(other))
    assert seal.verify([*told, other]) is None
    assert set(seal.ends([*told, other])[1, "lead"]) == {told[1].hash, other.hash}


def test_another_lead_does_not_go_on_with_a_chain() -> None:
    first, second = chain(2)
    taken = replace(second, by="else")
    taken = replace(taken, hash=seal.hash_of(taken))
    assert seal.verify([first, taken]) == seal.Broken(taken.id, Fault.CUT)


def test_an_entry_twice_is_named() -> None:
    (one,) = chain(1)
    assert seal.verify([one, one]) == seal.Broken(one.id, Fault.TWICE)
