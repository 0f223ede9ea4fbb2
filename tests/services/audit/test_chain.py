"""Case 43: an entry of the audit log edited, deleted, reordered, cut off or replayed is named, the first of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmdesk.base.record import replace
from rmdesk.services.audit.chain import START, Broken, End, Entry, Fault, Verdict, hash_of, verify

ACTS = ("unlock", "view", "export", "lock", "purge")


def chain(length: int, *, first: int = 1, before: str = START) -> list[Entry]:
    """A whole chain of entries."""
    made: list[Entry] = []
    for seq in range(first, first + length):
        one = Entry(
            seq, f"2026-11-21T08:{seq % 60:02}", "李经理", ACTS[seq % 5], "client", str(seq % 7), "{}", before, ""
        )
        made.append(replace(one, hash=hash_of(one)))
        before = made[-1].hash
    return made


def end_of(entries: list[Entry]) -> End:
    return End(entries[-1].seq, entries[-1].hash)


def look(entries: list[Entry], whole: list[Entry]) -> Broken | None:
    return verify(entries, end_of(whole)).broken


lengths = st.integers(2, 30)


@given(st.integers(1, 40))
def test_an_untouched_chain_holds(length: int) -> None:
    whole = chain(length)
    assert verify(whole, end_of(whole)) == Verdict(length, 1, end_of(whole), None)


@given(st.data(), lengths)
def test_case_43_an_edited_entry_is_named(data: st.DataObject, length: int) -> None:
    whole = chain(length)
    at = data.draw(st.integers(0, length - 1))
    field = data.draw(st.sampled_from(["at", "who", "act", "entity", "entity_id", "facts", "hash"]))
    bad = [*whole]
    bad[at] = replace(bad[at], **{field: getattr(bad[at], field) + "x"})
    assert look(bad, whole) == Broken(at + 1, Fault.EDITED)


@given(st.data(), lengths)
def test_case_43_an_entry_edited_with_its_hash_is_named(data: st.DataObject, length: int) -> None:
    whole = chain(length)
    at = data.draw(st.integers(0, length - 1))
    one = replace(whole[at], act="lock", facts='{"x": 1}')
    bad = [*whole]
    bad[at] = replace(one, hash=hash_of(one))
    assert look(bad, whole) == Broken(at + 1, Fault.EDITED if at < length - 1 else Fault.REWRITTEN)


@given(st.data(), lengths)
def test_case_43_deleted_entries_are_named(data: st.DataObject, length: int) -> None:
    whole = chain(length)
    gone = data.draw(st.sets(st.integers(0, length - 1), min_size=1))
    left = [one for at, one in enumerate(whole) if at not in gone]
    only_the_end = min(gone) == length - len(gone)
    assert look(left, whole) == Broken(min(gone) + 1, Fault.CUT if only_the_end else Fault.GONE)


@given(st.data(), lengths)
def test_case_43_reordered_entries_are_named(data: st.DataObject, length: int) -> None:
    whole = chain(length)
    one, other = sorted(data.draw(st.lists(st.integers(0, length - 1), min_size=2, max_size=2, unique=True)))
    bad = [*whole]
    bad[one], bad[other] = replace(whole[other], seq=one + 1), replace(whole[one], seq=other + 1)
    assert look(bad, whole) == Broken(one + 1, Fault.EDITED)


@given(st.data(), lengths)
def test_case_43_a_chain_written_anew_does_not_end_as_it_did(data: st.DataObject, length: int) -> None:
    whole = chain(length)
    at = data.draw(st.integers(0, length - 1))
    bad, before = whole[:at], whole[at - 1].hash if at else START
    for one in whole[at:]:
        forged = replace(one, who="nobody", prev=before)
        bad.append(replace(forged, hash=hash_of(forged)))
        before = bad[-1].hash
    assert look(bad, whole) == Broken(length, Fault.REWRITTEN)


@given(st.data(), lengths)
def test_case_43_an_older_file_is_replayed(data: st.DataObject, length: int) -> None:
    """Written on after it was put back, too: the end that was kept is not among its entries."""
    whole = chain(length)
    old = data.draw(st.integers(1, length - 1))
    assert look(whole[:old], whole) == Broken(old + 1, Fault.CUT)
    on = whole[:old]
    for seq in range(old + 1, length + 3):
        one = Entry(seq, "2026-11-22T09:00", "李经理", "view", "client", "9", "{}", on[-1].hash, "")
        on.append(replace(one, hash=hash_of(one)))
    assert look(on, whole) == Broken(length, Fault.REWRITTEN)


def test_without_what_is_kept_outside_nobody_knows_how_it_ended() -> None:
    whole = chain(5)
    assert verify(whole, None).broken == Broken(5, Fault.UNWITNESSED)
    assert verify([], None) == Verdict(0, 0, None, None)
    assert verify([], End(3, "x")).broken == Broken(1, Fault.CUT)


@pytest.mark.parametrize("cut", [1, 7, 19])
def test_trimmed_entries_are_not_missed_others_are(cut: int) -> None:
    whole = chain(20)
    trimmed = End(cut, whole[cut - 1].hash)
    assert verify(whole[cut:], end_of(whole), trimmed) == Verdict(20 - cut, cut + 1, end_of(whole), None)
    assert verify(whole[cut + 1 :], end_of(whole), trimmed).broken is not None
    assert verify(whole[cut:], end_of(whole)).broken == Broken(1, Fault.GONE)


def test_what_the_program_found_broken_stays_broken() -> None:
    whole = chain(3)
    one = Entry(4, "2026-11-22T09:00", "李经理", "break", "", "", "{}", whole[-1].hash, "")
    whole.append(replace(one, hash=hash_of(one)))
    whole += chain(2, first=5, before=whole[-1].hash)
    assert verify(whole, end_of(whole)).broken == Broken(4, Fault.NOTED)
