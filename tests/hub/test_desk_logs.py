"""Case 43, at the hub: the audit log of a desk goes on from what was told before, or that is put on record."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from rmdesk.hub import inspecting, migrate
from rmdesk.wire import messages
from rmdesk.wire.messages import Head, Log, Welcome
from tests.hub.desks import Desk
from tests.support.hub import HubUnderTest

LINE = "e" * 64


def head(seq: int, mark: str = "") -> Head:
    return Head(seq, hashlib.sha256(f"{seq}{mark}".encode()).hexdigest())


def heads(first: int, last: int, mark: str = "") -> list[Head]:
    return [head(seq, mark) for seq in range(first, last + 1)]


def tell(desk: Desk, log: Log | None) -> list[Head] | None:
    hello = messages.Hello(desk.person.device, messages.SCHEMA, 1, "test", "", log)
    answer = desk.post("/v1/hello", hello)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Welcome).log


def broken(hub: HubUnderTest) -> list[tuple[str, int, str]]:
    assert inspecting.flaws(hub.core)[1] == []
    return [(one.action, one.seq, one.why) for one in inspecting.desk_breaks(hub.core)]


def test_a_log_goes_on_from_what_the_hub_has(hub: HubUnderTest, wang: Desk) -> None:
    assert tell(wang, Log(0, 0, [])) == []
    assert tell(wang, Log(4, 0, heads(1, 4))) == [head(4)]
    assert tell(wang, Log(4, 4, [head(4)])) == [head(4)]
    assert tell(wang, Log(9, 4, heads(4, 9))) == [head(9)]
    assert tell(wang, Log(9, 9, [])) is None  # nothing new: nothing is said
    assert tell(wang, Log(9, 0, heads(1, 9))) == [head(9)]  # a desk that lost the answer tells it again
    assert broken(hub) == []


@pytest.mark.parametrize(
    ("log", "answer", "found"),
    [
        (Log(6, 4, [head(4, "x"), head(5, "x")]), heads(1, 4), ("desk_log_broken", 4, "changed")),
        (Log(6, 0, [*heads(1, 2), *heads(3, 6, "x")]), heads(1, 4), ("desk_log_broken", 3, "changed")),
        (Log(2, 4, [head(2)]), heads(1, 4), ("desk_log_broken", 3, "cut")),
        (Log(0, 4, []), heads(1, 4), ("desk_log_broken", 1, "cut")),
        (Log(7, 4, [head(4), head(5), head(7)]), [head(7)], ("desk_log_broken", 6, "missing")),
        (Log(7, 4, [head(6), head(7)]), [head(7)], ("desk_log_broken", 4, "missing")),
    ],
)
def test_case_43_a_break_is_put_on_record_once(
    hub: HubUnderTest, wang: Desk, log: Log, answer: list[Head], found: tuple[str, int, str]
) -> None:
    tell(wang, Log(4, 0, heads(1, 4)))
    assert tell(wang, log) == answer
    tell(wang, log)
    assert broken(hub) == [found]


def test_a_hub_that_went_back_hears_the_rest_again(hub: HubUnderTest, wang: Desk) -> None:
    tell(wang, Log(4, 0, heads(1, 4)))
    assert tell(wang, Log(8, 8, [])) == [head(4)]
    assert tell(wang, Log(9, 8, heads(8, 9))) == [head(4)]
    assert tell(wang, Log(9, 4, heads(4, 9))) == [head(9)]
    assert broken(hub) == []


def test_a_restore_begins_a_new_line_and_is_no_break(hub: HubUnderTest, wang: Desk) -> None:
    tell(wang, Log(4, 0, heads(1, 4)))
    again = [*heads(1, 2), *heads(3, 5, "x")]
    assert tell(wang, Log(5, 0, again, LINE)) == [again[-1]]
    assert tell(wang, Log(5, 5, again[-1:], LINE)) == [again[-1]]
    assert broken(hub) == [("desk_log_restored", 1, "")]


def test_a_new_desk_begins_where_its_log_is(hub: HubUnderTest, wang: Desk) -> None:
    assert tell(wang, Log(901, 0, heads(400, 899), LINE)) == [head(899)]
    assert tell(Desk(hub, hub.people.li), Log(1, 0, heads(1, 1, "y"))) == [head(1, "y")]
    assert broken(hub) == []


def test_an_older_desk_is_told_nothing(hub: HubUnderTest, wang: Desk) -> None:
    tell(wang, Log(4, 0, heads(1, 4)))
    assert tell(wang, None) is None
    assert broken(hub) == []


def test_a_greeting_with_too_much_or_wrong_is_refused(hub: HubUnderTest, wang: Desk) -> None:
    for log in (Log(501, 0, heads(1, 501)), Log(1, 0, [Head(1, "x")]), Log(1, 0, [], "x"), Log(1, 0, [Head(0, LINE)])):
        hello = messages.Hello(wang.person.device, messages.SCHEMA, 1, "test", "", log)
        assert wang.post("/v1/hello", hello).status_code == 422


def test_a_hub_of_the_first_schema_is_brought_up(hub: HubUnderTest) -> None:
    import psycopg

    with psycopg.connect(hub.owner_dsn) as owner:
        owner.execute("DROP TABLE desk_log")
        owner.execute("UPDATE alembic_version SET version_num = '0001'")
    assert not migrate.is_current(hub.app_dsn)
    migrate.bring_up(hub.owner_dsn, hub.settings.key("signing key"), partitions=4)
    assert migrate.is_current(hub.app_dsn)
    assert tell(Desk(hub, hub.people.wang), Log(1, 0, heads(1, 1))) == [head(1)]
