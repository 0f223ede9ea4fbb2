"""A client about whom there is far more to say than fits on a page."""

from __future__ import annotations

from datetime import timedelta

from rmdesk.models.kinds import Channel, ClientId, ConsentKind, Taste
from rmdesk.services.clients.commands import AddProspect, SetNote
from rmdesk.services.clients.rules import Details
from rmdesk.services.complaints.commands import Details as Complained
from rmdesk.services.complaints.commands import RegisterComplaint
from rmdesk.services.profile.commands import NoteConsent, SetPreferences
from rmdesk.services.store.store import Store
from rmdesk.services.visits.commands import LogVisit
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.rules import Owed
from tests.conftest import TODAY

LONG = (
    "客户谈到女儿出国留学的费用与换汇安排，希望了解分批购汇的办法，同时对目前理财产品的净值波动有些担心，请专人说明。"
    * 3
)


def plain_client(store: Store, name: str = "周文敏") -> ClientId:
    """A client of whom nothing but the name is known."""
    return store.perform(AddProspect(Details(name))).result


def rich_client(store: Store) -> ClientId:
    """A client with more of everything than a page holds."""
    details = Details("周文敏", phone="13800136620", occupation="财务主管", district="青石区", birth_date="1976-11-25")
    client = store.perform(AddProspect(details)).result
    for number in range(12):
        store.perform(
            LogVisit(
                Entry(
                    client,
                    Channel.PHONE,
                    f"第 {number} 次：{LONG}",
                    on=TODAY - timedelta(30 + number),
                    promises=(Owed(f"承诺 {number}：{LONG[:60]}", TODAY + timedelta(1 + number)),),
                    next_step=f"下一步 {number}",
                    next_on=TODAY + timedelta(2 + number),
                )
            )
        )
    for number in range(6):
        store.perform(RegisterComplaint(client, Complained(f"投诉 {number}：{LONG}", 500, TODAY - timedelta(number))))
    for taste, topic in ((Taste.LIKE, "龙泉青瓷"), (Taste.TABOO, "忌谈股票")):
        store.perform(SetPreferences(client, taste, tuple(f"{topic} {number}" for number in range(20))))
    store.perform(SetNote(client, LONG))
    store.perform(NoteConsent(client, ConsentKind.MARKETING, given=True))
    return client
