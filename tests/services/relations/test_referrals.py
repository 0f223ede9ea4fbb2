"""Referrals: noted, confirmed, linked to the client who came of it; only confirmed ones count for the score."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rmdesk.base.errors import Refused
from rmdesk.models.kinds import ClientId
from rmdesk.services.care import portfolio
from rmdesk.services.relations import queries, referrals
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.relations.circle import client, there_and_back

WHO = referrals.Brought("邻居老李", date(2026, 5, 1), note="广场舞认识")


def counted(store: Store, of: ClientId) -> float:
    return float(store.read(portfolio.load, TODAY, [of]).measures["referrals"][0])


def test_a_referral_is_noted_confirmed_linked_and_counts(store: Store) -> None:
    by, new = client(store, "王芳"), client(store, "李雷")
    made = there_and_back(store, referrals.AddReferral(by, WHO))
    assert counted(store, by) == 0
    there_and_back(store, referrals.ConfirmReferral(made))
    assert counted(store, by) == 1
    there_and_back(store, referrals.EditReferral(made, replace(WHO, confirmed=True, new=new)))
    (row,) = store.read(queries.referrals_of, by)
    assert (row.name, row.confirmed, row.new and row.new.name, row.by) == ("邻居老李", True, "李雷", None)
    (row,) = store.read(queries.referrals_of, new)
    assert row.by is not None
    assert row.by.node == by
    there_and_back(store, referrals.EditReferral(made, referrals.Brought("李雷", date(2026, 6, 1), False, new, "")))
    there_and_back(store, referrals.RemoveReferral(made))
    assert store.read(queries.referrals_of, by) == ()


def test_a_linked_referral_takes_the_name_of_the_client(store: Store) -> None:
    by, new = client(store, "王芳"), client(store, "李雷")
    store.perform(referrals.AddReferral(by, referrals.Brought("", TODAY, new=new)))
    (row,) = store.read(queries.referrals_of, by)
    assert row.name == "李雷"


def test_what_is_refused(store: Store) -> None:
    by, other, new = (client(store, name) for name in ("王芳", "李雷", "小明"))
    store.perform(referrals.AddReferral(by, referrals.Brought("小明", TODAY, new=new)))
    for command, field in (
        (referrals.AddReferral(by, referrals.Brought(" ", TODAY)), "name"),
        (referrals.AddReferral(by, referrals.Brought("甲", date(2026, 11, 22))), "on"),
        (referrals.AddReferral(by, referrals.Brought("甲", TODAY, new=by)), "new"),
        (referrals.AddReferral(other, referrals.Brought("甲", TODAY, new=new)), "new"),
        (referrals.AddReferral(ClientId(999), referrals.Brought("甲", TODAY)), "client"),
    ):
        with pytest.raises(Refused) as refused:
            store.perform(command)
        assert refused.value.field == field
