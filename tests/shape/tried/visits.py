"""Commands on visits, promises, tasks, files and occasions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rmdesk.base import clock
from rmdesk.models.kinds import Calendar, Channel, ClientId, RecordId
from rmdesk.services.calendar.kept import days_of
from rmdesk.services.care.dealt import DealWith
from rmdesk.services.files.commands import AddAttachment, AttachPending, KeepPending, RemoveAttachment
from rmdesk.services.files.with_files import WithFiles
from rmdesk.services.occasions.commands import AddOccasion, EditOccasion, Greet, RemoveOccasion
from rmdesk.services.occasions.details import Details
from rmdesk.services.occasions.queries import named
from rmdesk.services.occasions.template_commands import AddTemplate, EditTemplate, RetireTemplate
from rmdesk.services.visits.commands import (
    CancelVisit,
    EditVisit,
    HoldVisit,
    LogVisit,
    PlanVisit,
    PostponeVisit,
    RemoveVisit,
)
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.promises import AddPromise, EditPromise, HandOverPromise, KeepPromise, WithdrawPromise
from rmdesk.services.visits.rules import Found, Owed
from rmdesk.services.visits.tasks import AddTask, DoneTask, DropTask, EditTask
from tests.shape.tried.trial import Case, Trial

SOON, LATER = timedelta(days=5), timedelta(days=12)
NOTE = "会谈纪要".encode()


def _held(trial: Trial, at: int = 10) -> Entry:
    return Entry(
        trial.client(at), Channel.PHONE, "谈美元存款", found=(Found("换汇"),),
        promises=(Owed("发到期表", clock.today() + SOON),), next_step="再约", next_on=clock.today() + LATER,
    )  # fmt: skip


def _plan(trial: Trial, at: int = 11) -> Entry:
    return Entry(trial.client(at), Channel.BRANCH, on=clock.today() + SOON, purpose="年检")


def _planned(trial: Trial) -> RecordId:
    return trial.do(PlanVisit(_plan(trial)))


def _logged(trial: Trial) -> RecordId:
    """A visit with all that hangs on one."""
    visit = trial.do(LogVisit(_held(trial, 12)))
    trial.do(AddAttachment("visit", visit, trial.client(12), "纪要.txt", NOTE))
    return visit


def _promise(trial: Trial) -> RecordId:
    return trial.do(AddPromise(trial.client(13), "送资料", clock.today() + SOON))


def _task(trial: Trial) -> RecordId:
    return trial.do(AddTask("整理档案", clock.today() + SOON, trial.client(13)))


def _greet(trial: Trial) -> Greet:
    today = clock.today()
    one = next(day for day in trial.store.read(named, today, today + timedelta(30)) if day.greeted is None)
    key = None if one.occasion is None else RecordId(one.occasion)
    return Greet(one.client, one.key, one.on, Channel.CHAT, "祝好", key)


def _occasion(trial: Trial, at: int = 14) -> RecordId:
    return trial.do(AddOccasion(trial.client(at), Details(calendar=Calendar.LUNAR, year=1966, month=3, day=5)))


def _greeted_and_given(trial: Trial) -> RecordId:
    """An occasion to which a greeting is tied."""
    client = trial.client(15)
    today = clock.today()
    key = trial.do(AddOccasion(client, Details(kind="wedding", year=2001, month=today.month, day=today.day)))
    said = next(day for day in trial.store.read(days_of, client) if day.id == key)
    trial.do(Greet(client, said.key, today, Channel.CHAT, "祝好", key))
    return key


def _with_files(trial: Trial) -> WithFiles:
    client = trial.client(18)
    trial.do(KeepPending("log", client, "照片.txt", NOTE))
    return WithFiles(LogVisit(_held(trial, 18)), "log", "visit", client)


def _pending(trial: Trial) -> AttachPending:
    client: ClientId = trial.client(16)
    trial.do(KeepPending("visit", client, "照片说明.txt", NOTE))
    return AttachPending("visit", "client", str(client), client)


CASES: dict[str, Case] = {
    "LogVisit": lambda trial: LogVisit(_held(trial), task=_task(trial)),
    "HoldVisit": lambda trial: HoldVisit(_planned(trial), replace(_held(trial), client=None)),
    "PlanVisit": lambda trial: PlanVisit(_plan(trial)),
    "CancelVisit": lambda trial: CancelVisit(_planned(trial), "客户出差"),
    "PostponeVisit": lambda trial: PostponeVisit(_planned(trial), "客户出差", clock.today() + LATER),
    "EditVisit": lambda trial: EditVisit(
        _logged(trial), replace(_held(trial, 12), content="改记", next_step="", next_on=None)
    ),
    "RemoveVisit": lambda trial: RemoveVisit(_logged(trial)),
    "AddPromise": lambda trial: AddPromise(trial.client(), "送资料", clock.today() + SOON),
    "EditPromise": lambda trial: EditPromise(_promise(trial), "送新资料", clock.today() + LATER),
    "KeepPromise": lambda trial: KeepPromise(_promise(trial), "已送"),
    "WithdrawPromise": lambda trial: WithdrawPromise(_promise(trial), "客户不再需要"),
    "HandOverPromise": lambda trial: HandOverPromise(_promise(trial), "王主管"),
    "AddTask": lambda trial: AddTask("整理档案"),
    "EditTask": lambda trial: EditTask(_task(trial), "整理旧档案", None),
    "DoneTask": lambda trial: DoneTask(_task(trial)),
    "DropTask": lambda trial: DropTask(_task(trial)),
    "AddAttachment": lambda trial: AddAttachment("client", str(trial.client()), trial.client(), "纪要.txt", NOTE),
    "RemoveAttachment": lambda trial: RemoveAttachment(
        trial.do(AddAttachment("client", str(trial.client(1)), trial.client(1), "纪要.txt", NOTE))
    ),
    "AttachPending": _pending,
    "WithFiles": _with_files,
    "DealWith": lambda trial: DealWith(trial.client(19), LogVisit(_held(trial, 19))),
    "AddOccasion": lambda trial: AddOccasion(trial.client(), Details(year=1966, month=3, day=5)),
    "EditOccasion": lambda trial: EditOccasion(_occasion(trial, 17), Details(year=1966, month=3, day=6)),
    "RemoveOccasion": lambda trial: RemoveOccasion(_greeted_and_given(trial)),
    "Greet": _greet,
    "AddTemplate": lambda trial: AddTemplate("birthday", "生日", "生日快乐"),
    "EditTemplate": lambda trial: EditTemplate(
        trial.do(AddTemplate("birthday", "生日", "生日快乐")), "festival", "节日", "节日快乐"
    ),
    "RetireTemplate": lambda trial: RetireTemplate(trial.do(AddTemplate("birthday", "旧", "生日快乐"))),
}
