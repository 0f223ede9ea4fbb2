"""The target list as a file: through the one door, without phone numbers."""

from __future__ import annotations

from datetime import UTC, datetime

from rmdesk.base.progress import Silent
from rmdesk.models.kinds import TouchOutcome
from rmdesk.services.campaigns import list_file
from rmdesk.services.exports.rules import Mark
from rmdesk.services.store.store import Store
from tests.services.campaigns.arrange import people
from tests.services.campaigns.test_commands import running, touch


def test_the_list_goes_out_in_the_order_to_call_without_numbers_to_call(store: Store) -> None:
    known = people(store)
    campaign = running(store)
    touch(store, campaign, known["easy"], TouchOutcome.BOUGHT, amount_minor=20_000_000)
    mark = Mark(id="1", at=datetime(2026, 11, 21, tzinfo=UTC), who="李慧", reason="x")
    content, rows = store.read(list_file.as_made(campaign, "csv"), mark, Silent())
    text = content.decode("utf-8-sig")
    assert rows == 3
    assert all(name in text for name in ("easy", "bold", "sure", "200000"))
    assert "13800138000" not in text
