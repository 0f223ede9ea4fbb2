"""What matures as a file, through the one door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rmdesk.base.progress import Silent
from rmdesk.models.kinds import ClientId, RenewalWay
from rmdesk.services.exports.rules import Mark
from rmdesk.services.products import maturity_file
from rmdesk.services.products.planning import PlanRenewal
from rmdesk.services.store.store import Store
from tests.conftest import TODAY
from tests.services.products.test_maturities import people

__all__ = ("people",)
MARK = Mark("7", datetime(2026, 11, 21, tzinfo=UTC), "李文静", "到期安排会议")


def test_a_file_tells_what_matures_and_what_is_planned(store: Store, people: dict[str, ClientId]) -> None:
    store.perform(PlanRenewal("near", RenewalWay.MOVE, "L2", TODAY, "回电话"))
    make = maturity_file.as_made(TODAY, TODAY + timedelta(30), "csv")
    content, count = store.read(lambda reads: make(reads, MARK, Silent()))
    text = content.decode("utf-8-sig")
    assert count == 3
    assert '"near"' in text
    assert '"Move to another product","L2","2026-11-21","回电话"' in text
    assert '"Renewed (bank)"' in text
    assert "李文静" in text  # the mark
