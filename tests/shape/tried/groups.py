"""Commands on group clients."""

from __future__ import annotations

from datetime import date

from rmdesk.base.money import Money
from rmdesk.models.kinds import ExposureKind, RecordId
from rmdesk.services.groups.commands import (
    AddMember,
    EditGroup,
    EditMember,
    MakeGroup,
    Party,
    RemoveGroup,
    RemoveMember,
)
from rmdesk.services.groups.credit import (
    EditExposure,
    NoteExposure,
    NoteGuarantee,
    Owed,
    RemoveExposure,
    RemoveGuarantee,
    SetCapital,
)
from tests.shape.tried.trial import Case, Trial

OWED = Owed(ExposureKind.BILLS, Money(5_000_00, "CNY"), note="贴现")


def _one(trial: Trial, table: str, at: int = 0) -> RecordId:
    return RecordId(trial.one(f"SELECT id FROM {table} ORDER BY id LIMIT 1 OFFSET ?", at))


CASES: dict[str, Case] = {
    "MakeGroup": lambda trial: MakeGroup("锦瑞餐饮", Party(trial.client(5)), "家族企业"),
    "EditGroup": lambda trial: EditGroup(_one(trial, "group_client"), "新名称"),
    "RemoveGroup": lambda trial: RemoveGroup(_one(trial, "group_client")),
    "AddMember": lambda trial: AddMember(_one(trial, "group_client"), Party(name="新设子公司"), share_bp=5_100),
    "EditMember": lambda trial: EditMember(_one(trial, "group_member", 1), None, 3_300, "重组"),
    "RemoveMember": lambda trial: RemoveMember(_one(trial, "group_member")),
    "NoteExposure": lambda trial: NoteExposure(_one(trial, "credit_party"), OWED),
    "EditExposure": lambda trial: EditExposure(_one(trial, "exposure"), OWED),
    "RemoveExposure": lambda trial: RemoveExposure(_one(trial, "exposure")),
    "NoteGuarantee": lambda trial: NoteGuarantee(Party(known=_one(trial, "credit_party")), Party(name="担保公司")),
    "RemoveGuarantee": lambda trial: RemoveGuarantee(_one(trial, "guarantee")),
    "SetCapital": lambda trial: SetCapital(date(2026, 9, 30), Money(1_000_00, "CNY"), None, "公告"),
}
