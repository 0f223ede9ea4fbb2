"""Commands on clients, their profile, segments, views, settings, imports."""

from __future__ import annotations

from datetime import date

from rmdesk.base import clock
from rmdesk.models.kinds import Answer, Channel, ClientId, ClientStatus, ConsentKind, Familiarity, Taste
from rmdesk.services.care.commands import MarkDone, Snooze
from rmdesk.services.clients.commands import (
    AddProspect,
    CorrectReading,
    EditProspect,
    RemoveProspect,
    SetConsent,
    SetNote,
    SetStatus,
)
from rmdesk.services.clients.reach import SetReach
from rmdesk.services.clients.rules import Details
from rmdesk.services.imports.commands import ApplyImport, ForgetLayout, KeepLayout
from rmdesk.services.imports.gathering import gather
from rmdesk.services.imports.layout import Layout
from rmdesk.services.imports.merges import MergeClients
from rmdesk.services.imports.source import open_sources
from rmdesk.services.imports.terms import Terms
from rmdesk.services.profile.commands import ConfirmPreferences, NoteConsent, SetPreferences
from rmdesk.services.segments.commands import AnswerMan, ConfirmKycBlock, OverrideFamiliarity
from rmdesk.services.settings.commands import ChangeSetting, DeleteView, RenameView, SaveView
from rmdesk.services.store.several import Several
from tests.shape.tried.trial import Case, Trial
from tests.walk import handover

PROSPECT = Details("欧阳试", phone="13900001111")
LATER = date(2027, 3, 1)


def _import(trial: Trial) -> ApplyImport:
    day, file = clock.today(), trial.folder / "core_export.csv"
    handover.write(file, trial.store.read(handover.largest, 20), day)
    return ApplyImport(gather(open_sources(file)), Terms(day))


def _taste(trial: Trial) -> ConfirmPreferences:
    """Likes that were noted before today."""
    return ConfirmPreferences(
        ClientId(
            trial.one("SELECT client_id FROM preference WHERE taste = 'like' AND noted_on < '2026-11-01' LIMIT 1")
        ),
        Taste.LIKE,
    )


CASES: dict[str, Case] = {
    "AddProspect": lambda trial: AddProspect(PROSPECT),
    "EditProspect": lambda trial: EditProspect(trial.do(AddProspect(PROSPECT)), Details("欧阳试", phone="13900002222")),
    "RemoveProspect": lambda trial: RemoveProspect(trial.do(AddProspect(Details("司马试")))),
    "SetStatus": lambda trial: SetStatus((trial.client(), trial.client(1)), ClientStatus.DO_NOT_CONTACT),
    "SetConsent": lambda trial: SetConsent((trial.client(), trial.client(1)), consent=False),
    "SetNote": lambda trial: SetNote(trial.client(), "爱喝白茶"),
    "CorrectReading": lambda trial: CorrectReading(trial.client(), "shàn xióng xìn"),
    "SetReach": lambda trial: SetReach(trial.client(), Channel.VIDEO, "晚上八点后", "高新区", "wx_test"),
    "MarkDone": lambda trial: MarkDone(trial.client(5)),
    "Snooze": lambda trial: Snooze(trial.client(6), LATER, "出国探亲"),
    "ApplyImport": _import,
    "KeepLayout": lambda trial: KeepLayout("试", Layout("试", ())),
    "ForgetLayout": lambda trial: ForgetLayout(_layout(trial)),
    "MergeClients": lambda trial: MergeClients(trial.client(7), trial.client(8)),
    "SetPreferences": lambda trial: SetPreferences(trial.client(), Taste.TABOO, ("菊花", "钟表")),
    "ConfirmPreferences": _taste,
    "NoteConsent": lambda trial: NoteConsent(trial.client(1), ConsentKind.MARKETING, given=False),
    "OverrideFamiliarity": lambda trial: OverrideFamiliarity(trial.client(), Familiarity.FAMILIAR, "同学"),
    "ConfirmKycBlock": lambda trial: ConfirmKycBlock(trial.client(), "family", "present", "两个孩子"),
    "AnswerMan": lambda trial: AnswerMan(trial.client(2), "M", Answer.YES),
    "ChangeSetting": lambda trial: ChangeSetting("general.role", "lead"),
    "SaveView": lambda trial: SaveView("clients", "重点", {"tier": ["T5"]}),
    "RenameView": lambda trial: RenameView(trial.do(SaveView("clients", "甲", {})), "乙"),
    "DeleteView": lambda trial: DeleteView(trial.do(SaveView("clients", "丙", {}))),
    "Several": lambda trial: Several((MarkDone(trial.client(9)), SetNote(trial.client(9), "多步"))),
}


def _layout(trial: Trial) -> str:
    trial.do(KeepLayout("旧", Layout("旧", ())))
    return "旧"
