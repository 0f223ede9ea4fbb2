"""What a manager may do, drawn by dice: every command with an inverse, for tests of whole sequences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from rmdesk.base.money import Money
from rmdesk.models.kinds import (
    Answer,
    AssetKind,
    CardOutcome,
    Channel,
    ClientId,
    ClientStatus,
    ConsentKind,
    ExposureKind,
    Familiarity,
    FeedbackKind,
    Purpose,
    RecordId,
    RenewalWay,
    Taste,
    Verdict,
    Word,
)
from rmdesk.services.care import commands as care
from rmdesk.services.clients import commands as clients
from rmdesk.services.clients.reach import SetReach
from rmdesk.services.clients.rules import Details as Prospect
from rmdesk.services.complaints import commands as complaints
from rmdesk.services.complaints import feedback
from rmdesk.services.complaints import rules as complaint_rules
from rmdesk.services.files import commands as files
from rmdesk.services.gifts import commands as gifts
from rmdesk.services.gifts import ideas
from rmdesk.services.gifts.keeping import RemoveGift
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.groups import commands as groups
from rmdesk.services.groups import credit
from rmdesk.services.imports.merges import MergeClients
from rmdesk.services.insights import commands as insights
from rmdesk.services.journals import cards
from rmdesk.services.journals import commands as journals
from rmdesk.services.journals import rules as journal_rules
from rmdesk.services.occasions import commands as occasions
from rmdesk.services.occasions import template_commands as templates
from rmdesk.services.occasions.details import Details as Day
from rmdesk.services.products import commands as products
from rmdesk.services.products import noting, planning
from rmdesk.services.profile import commands as profile
from rmdesk.services.relations import commands as relations
from rmdesk.services.relations import households, persons, referrals
from rmdesk.services.relations import tables as roles
from rmdesk.services.relations.becoming import LinkPersonToClient
from rmdesk.services.relations.rows import Details as Somebody
from rmdesk.services.satisfaction import commands as satisfaction
from rmdesk.services.segments import commands as segments
from rmdesk.services.store.command import Command
from rmdesk.services.store.store import Store
from rmdesk.services.team import agreeing
from rmdesk.services.team import commands as team
from rmdesk.services.visits import commands as visits
from rmdesk.services.visits import promises, tasks
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.rules import Found, Owed
from tests.conftest import TODAY
from tests.services import campaign_moves
from tests.services.insight_moves import INSIGHT_MOVES

NAMES = ("周文敏", "王小明", "欧阳娜娜", "解晓东", "Anna Müller")
TEXTS = ("谈到孩子留学", "likes tea", "下周再约\n带上资料", "家人住院，先问候")
GIFTS = ("生日当天的报纸", "刻字镇纸", "木制玩具", "龙井茶")


class Dice:
    """Draws what a command needs out of what is there; the same seed draws the same."""

    def __init__(self, store: Store, seed: int) -> None:
        self._store = store
        self._random = Random(seed)

    def row(self, table: str, column: str = "id", where: str = "1") -> Any:
        found = self._store.read(
            lambda reads: reads.rows(f"SELECT {column} FROM {table} WHERE {where} ORDER BY {column}")
        )
        if not found:
            raise LookupError(table)
        return self._random.choice(found)[0]

    def maybe(self, draw: Callable[[], Any]) -> Any:
        try:
            return draw() if self._random.random() < 0.5 else None
        except LookupError:
            return None

    def client(self) -> ClientId:
        return ClientId(self.row("client", where="merged_into IS NULL"))

    def key(self, table: str) -> RecordId:
        return RecordId(self.row(table))

    def node(self) -> ClientId | RecordId:
        return self.maybe(lambda: self.key("person")) or self.client()

    def of(self, *choices: Any) -> Any:
        return self._random.choice(choices)

    def text(self) -> str:
        return str(self.of(*TEXTS))

    def back(self) -> date:
        return TODAY - timedelta(days=self._random.randrange(60))

    def ahead(self) -> date:
        return TODAY + timedelta(days=self._random.randrange(1, 60))


def _entry(dice: Dice, *, plan: bool = False) -> Entry:
    return Entry(
        dice.client(),
        dice.of(*Channel).value,
        dice.text(),
        on=dice.ahead() if plan else dice.back(),
        at=dice.of(None, "09:30"),
        marketing=dice.of(True, False),
        two_way=dice.of(True, False),
        purpose=dice.of("", "问候"),
        found=dice.of((), (Found("留学", "need"),)),
        mood=dice.of(None, "calm"),
        promises=() if plan else dice.of((), (Owed("送资料", dice.ahead()),)),
        next_step="" if plan else dice.of("", "寄资料"),
    )


def _prospect(dice: Dice) -> Prospect:
    return Prospect(dice.of(*NAMES), phone=dice.of(None, "13800138000"), note=dice.of(None, "老客户介绍"))


def _gift(dice: Dice) -> Draft:
    return Draft(
        dice.client(),
        dice.of(*GIFTS),
        to_client=dice.maybe(dice.client),
        to_person=dice.maybe(lambda: dice.key("person")),
        cost_minor=dice.of(None, 8_000, 19_900),
        why="生日",
        occasion_id=dice.maybe(lambda: dice.key("occasion")),
        feedback_id=dice.maybe(lambda: dice.key("feedback")),
    )


def _journal(dice: Dice) -> journals.Entry:
    pick = [dice.maybe(lambda table=table: dice.key(table)) for table in ("visit", "playbook_card")]
    return journals.Entry(
        dice.back(),
        dice.text(),
        dice.of(*journal_rules.methods()),
        insight=dice.of("", "先听后说"),
        clients=tuple(filter(None, (dice.client(), dice.maybe(dice.client)))),
        visits=tuple(filter(None, pick[:1])),
        cards=tuple(filter(None, pick[1:])),
    )


def _complaint(dice: Dice) -> complaints.Details:
    return complaints.Details(
        dice.text(), dice.of(*complaint_rules.severities()), dice.back(), dice.of(None, *Channel), dice.of(True, False)
    )


def _day(dice: Dice) -> Day:
    return dice.of(
        Day(month=11, day=21),
        Day(calendar="lunar", month=10, day=13),
        Day("relative_birthday", month=11, day=22, person="妻子"),
        Day("festival", title="spring"),
        Day("custom", title="搬家", month=12, day=31, lead_days=dice.of(None, 3)),
    )


def _somebody(dice: Dice) -> Somebody:
    return Somebody(dice.of(*NAMES), sex=dice.of("", "F"), birth_date=dice.of("", "1980-02-29"), note=dice.of("", "x"))


def _greet(dice: Dice) -> Command[Any]:
    occasion = dice.key("occasion")
    client = ClientId(dice.row("occasion", "client_id", f"id = '{occasion}'"))
    return occasions.Greet(
        client, "birthday", dice.of(TODAY, TODAY + timedelta(days=1)), Channel.CHAT, "问候", occasion=occasion
    )


def _attach(dice: Dice) -> Command[Any]:
    table = dice.of("visit", "journal", "gift", "complaint")
    key = dice.key(table)
    content = f"note {dice.of(1, 2, 3)}".encode()
    return files.AddAttachment(table, key, dice.client(), "说明.txt", content)


def _record(dice: Dice) -> tuple[str, RecordId]:
    table = dice.of("visit", "gift", "complaint")
    return table, dice.key(table)


def _outcome(dice: Dice) -> Command[Any]:
    journal = RecordId(dice.row("citation", "journal_id"))
    card = RecordId(dice.row("citation", "card_id", f"journal_id = '{journal}'"))
    return cards.NoteOutcome(journal, card, dice.of(None, *CardOutcome))


def _party(dice: Dice) -> groups.Party:
    return groups.Party(dice.maybe(dice.client), dice.of("甲公司", "乙公司"))


def _owed(dice: Dice) -> credit.Owed:
    return credit.Owed(dice.of(*ExposureKind), dice.of(None, Money(500_00, "CNY")), draft=dice.of(True, False))


def _elsewhere(dice: Dice) -> noting.Elsewhere:
    return noting.Elsewhere(dice.of("招商银行", "券商"), AssetKind.TIME, dice.of(None, Money(500_00, "CNY")))


MOVES: dict[type[Any], Callable[[Dice], Command[Any]]] = {
    **INSIGHT_MOVES,
    **campaign_moves.MOVES,
    care.MarkDone: lambda d: care.MarkDone(d.client(), 31.5, d.of(None, d.text())),
    care.Snooze: lambda d: care.Snooze(d.client(), d.ahead(), d.text()),
    insights.ChangeWeights: lambda d: insights.ChangeWeights(
        d.of(*Purpose), {"C": d.of(0.0, 12.5, 40.0), "S": d.of(0.0, 7.5, 20.0)}, d.text()
    ),
    care.Unmark: lambda d: care.Unmark(d.key("care_mark")),
    products.WriteCard: lambda d: products.WriteCard(d.row("product", "code"), d.text(), d.of("", d.text())),
    products.RemoveCard: lambda d: products.RemoveCard(d.row("product_card", "code")),
    groups.MakeGroup: lambda d: groups.MakeGroup(d.of(*NAMES), _party(d)),
    groups.EditGroup: lambda d: groups.EditGroup(d.key("group_client"), d.of(*NAMES), d.text()),
    groups.RemoveGroup: lambda d: groups.RemoveGroup(d.key("group_client")),
    groups.AddMember: lambda d: groups.AddMember(
        d.key("group_client"), _party(d), d.maybe(lambda: d.key("credit_party"))
    ),
    groups.EditMember: lambda d: groups.EditMember(
        d.key("group_member"), d.maybe(lambda: d.key("credit_party")), 5_000
    ),
    groups.RemoveMember: lambda d: groups.RemoveMember(d.key("group_member")),
    credit.NoteExposure: lambda d: credit.NoteExposure(d.key("credit_party"), _owed(d)),
    credit.EditExposure: lambda d: credit.EditExposure(d.key("exposure"), _owed(d)),
    credit.RemoveExposure: lambda d: credit.RemoveExposure(d.key("exposure")),
    credit.NoteGuarantee: lambda d: credit.NoteGuarantee(_party(d), _party(d)),
    credit.RemoveGuarantee: lambda d: credit.RemoveGuarantee(d.key("guarantee")),
    credit.SetCapital: lambda d: credit.SetCapital(d.back(), Money(9_00, "CNY"), None, d.text()),
    planning.PlanRenewal: lambda d: planning.PlanRenewal(
        d.row("holding", "key"), d.of(*RenewalWay), d.of(None, d.row("product", "code")), d.of(None, TODAY), d.text()
    ),
    planning.DropRenewalPlan: lambda d: planning.DropRenewalPlan(d.key("renewal_plan")),
    noting.NoteElsewhere: lambda d: noting.NoteElsewhere(d.client(), _elsewhere(d)),
    noting.EditElsewhere: lambda d: noting.EditElsewhere(d.key("asset_elsewhere"), _elsewhere(d)),
    noting.RemoveElsewhere: lambda d: noting.RemoveElsewhere(d.key("asset_elsewhere")),
    clients.AddProspect: lambda d: clients.AddProspect(_prospect(d)),
    clients.EditProspect: lambda d: clients.EditProspect(d.client(), _prospect(d)),
    clients.RemoveProspect: lambda d: clients.RemoveProspect(d.client()),
    clients.SetStatus: lambda d: clients.SetStatus((d.client(), d.client()), d.of(*ClientStatus)),
    clients.SetConsent: lambda d: clients.SetConsent((d.client(), d.client()), d.of(True, False, None)),
    clients.SetNote: lambda d: clients.SetNote(d.client(), d.of("", d.text())),
    clients.CorrectReading: lambda d: clients.CorrectReading(d.client(), d.of("xie xiao dong", "zhou wen min")),
    SetReach: lambda d: SetReach(d.client(), d.of(None, "", *Channel), d.of(None, "", "晚上"), d.of(None, "城西")),
    complaints.RegisterComplaint: lambda d: complaints.RegisterComplaint(d.client(), _complaint(d)),
    complaints.EditComplaint: lambda d: complaints.EditComplaint(d.key("complaint"), _complaint(d)),
    complaints.AddStep: lambda d: complaints.AddStep(d.key("complaint"), d.text()),
    complaints.ExtendComplaint: lambda d: complaints.ExtendComplaint(d.key("complaint"), "行长"),
    complaints.CloseComplaint: lambda d: complaints.CloseComplaint(d.key("complaint"), d.text(), d.of(*Verdict)),
    complaints.ReopenComplaint: lambda d: complaints.ReopenComplaint(d.key("complaint")),
    feedback.NoteFeedback: lambda d: feedback.NoteFeedback(d.client(), d.of(*FeedbackKind), d.text(), d.back()),
    feedback.ReplyToFeedback: lambda d: feedback.ReplyToFeedback(d.key("feedback"), d.text()),
    feedback.ValueFeedback: lambda d: feedback.ValueFeedback(d.key("feedback"), d.of(True, False)),
    feedback.RemoveFeedback: lambda d: feedback.RemoveFeedback(d.key("feedback")),
    files.AddAttachment: _attach,
    files.RemoveAttachment: lambda d: files.RemoveAttachment(d.key("attachment")),
    gifts.PlanGift: lambda d: gifts.PlanGift(_gift(d), idea=d.of(True, False)),
    gifts.EditGift: lambda d: gifts.EditGift(d.key("gift"), _gift(d)),
    gifts.ChooseIdea: lambda d: gifts.ChooseIdea(d.key("gift")),
    gifts.BuyGift: lambda d: gifts.BuyGift(d.key("gift"), d.of(5_000, 20_000), on=d.back()),
    gifts.GiveGift: lambda d: gifts.GiveGift(d.key("gift"), d.back()),
    gifts.NoteReaction: lambda d: gifts.NoteReaction(d.key("gift"), d.text(), d.of(None, 5)),
    gifts.DropGift: lambda d: gifts.DropGift(d.key("gift"), d.text()),
    gifts.ReturnGift: lambda d: gifts.ReturnGift(d.key("gift"), why=d.text()),
    RemoveGift: lambda d: RemoveGift(d.key("gift")),
    ideas.AddIdea: lambda d: ideas.AddIdea(ideas.Idea(d.of(*GIFTS), suits="茶")),
    ideas.EditIdea: lambda d: ideas.EditIdea(d.key("gift_idea"), ideas.Idea(d.of(*GIFTS), cost_minor=9_900)),
    ideas.RetireIdea: lambda d: ideas.RetireIdea(d.key("gift_idea")),
    MergeClients: lambda d: MergeClients(d.client(), d.client(), d.of((), ("name",), ("phone", "note"))),
    cards.MakeCard: lambda d: cards.MakeCard(d.key("journal"), "先听", d.text()),
    cards.EditCard: lambda d: cards.EditCard(d.key("playbook_card"), "后说", d.text()),
    cards.RetireCard: lambda d: cards.RetireCard(d.key("playbook_card"), d.of(True, False)),
    cards.NoteOutcome: _outcome,
    journals.WriteJournal: lambda d: journals.WriteJournal(_journal(d)),
    journals.EditJournal: lambda d: journals.EditJournal(d.key("journal"), _journal(d)),
    journals.RemoveJournal: lambda d: journals.RemoveJournal(d.key("journal")),
    journals.CloseWeek: lambda d: journals.CloseWeek(d.key("journal"), d.text(), d.of("", d.text())),
    occasions.AddOccasion: lambda d: occasions.AddOccasion(d.client(), _day(d)),
    occasions.EditOccasion: lambda d: occasions.EditOccasion(d.key("occasion"), _day(d)),
    occasions.RemoveOccasion: lambda d: occasions.RemoveOccasion(d.key("occasion")),
    occasions.Greet: _greet,
    occasions.UndoGreet: lambda d: occasions.UndoGreet(d.key("greeting")),
    templates.AddTemplate: lambda d: templates.AddTemplate("birthday", "生日", "{name}，生日快乐"),
    templates.EditTemplate: lambda d: templates.EditTemplate(d.key("template"), "birthday", "寿辰", d.text()),
    templates.RetireTemplate: lambda d: templates.RetireTemplate(d.key("template")),
    profile.SetPreferences: lambda d: profile.SetPreferences(d.client(), d.of(*Taste), d.of((), ("茶",), ("酒", "茶"))),
    profile.ConfirmPreferences: lambda d: profile.ConfirmPreferences(d.client(), d.of(*Taste)),
    profile.NoteConsent: lambda d: profile.NoteConsent(
        d.client(), d.of(*ConsentKind), d.of(True, False), d.back(), by="父亲", person=d.maybe(lambda: d.key("person"))
    ),
    LinkPersonToClient: lambda d: LinkPersonToClient(d.key("person"), d.client()),
    relations.AddRelationship: lambda d: relations.AddRelationship(
        d.node(), d.of(*roles.role_names()), d.of(d.node(), _somebody(d)), d.text(), sure=d.of(True, False)
    ),
    relations.EditRelationship: lambda d: relations.EditRelationship(
        d.key("relationship"), d.node(), d.of(*roles.role_names()), d.text()
    ),
    relations.RemoveRelationship: lambda d: relations.RemoveRelationship(d.key("relationship")),
    households.MakeHousehold: lambda d: households.MakeHousehold("周家", (d.node(), d.node()), d.text()),
    households.EditHousehold: lambda d: households.EditHousehold(d.key("household"), "王家"),
    households.AddToHousehold: lambda d: households.AddToHousehold(d.key("household"), d.node()),
    households.RemoveFromHousehold: lambda d: households.RemoveFromHousehold(d.key("household_member")),
    households.DissolveHousehold: lambda d: households.DissolveHousehold(d.key("household")),
    persons.EditPerson: lambda d: persons.EditPerson(d.key("person"), _somebody(d), d.client()),
    persons.RemovePerson: lambda d: persons.RemovePerson(d.key("person"), d.of(True, False)),
    referrals.AddReferral: lambda d: referrals.AddReferral(
        d.client(), referrals.Brought(d.of(*NAMES), d.back(), d.of(True, False), d.maybe(d.client))
    ),
    referrals.EditReferral: lambda d: referrals.EditReferral(
        d.key("referral"), referrals.Brought(d.of(*NAMES), d.back(), note="x")
    ),
    referrals.ConfirmReferral: lambda d: referrals.ConfirmReferral(d.key("referral"), d.of(True, False)),
    referrals.RemoveReferral: lambda d: referrals.RemoveReferral(d.key("referral")),
    satisfaction.NoteSatisfaction: lambda d: satisfaction.NoteSatisfaction(d.client(), d.back(), 4, 9, note=d.text()),
    satisfaction.RemoveSatisfaction: lambda d: satisfaction.RemoveSatisfaction(d.key("satisfaction")),
    segments.OverrideFamiliarity: lambda d: segments.OverrideFamiliarity(
        d.client(), d.of(None, *Familiarity), d.text()
    ),
    segments.ConfirmKycBlock: lambda d: segments.ConfirmKycBlock(
        d.client(), d.of(*segments.AREAS), d.of(*segments.TENSES), d.of("", d.text())
    ),
    segments.AnswerMan: lambda d: segments.AnswerMan(d.client(), d.of(*segments.LETTERS), d.of(None, *Answer)),
    visits.LogVisit: lambda d: visits.LogVisit(_entry(d), task=d.maybe(lambda: d.key("task"))),
    visits.HoldVisit: lambda d: visits.HoldVisit(d.key("visit"), _entry(d)),
    visits.PlanVisit: lambda d: visits.PlanVisit(_entry(d, plan=True)),
    visits.CancelVisit: lambda d: visits.CancelVisit(d.key("visit"), "出差"),
    visits.PostponeVisit: lambda d: visits.PostponeVisit(d.key("visit"), "出差", d.of(None, d.ahead())),
    visits.EditVisit: lambda d: visits.EditVisit(d.key("visit"), _entry(d, plan=d.of(True, False))),
    visits.RemoveVisit: lambda d: visits.RemoveVisit(d.key("visit")),
    promises.AddPromise: lambda d: promises.AddPromise(d.client(), d.text(), d.ahead()),
    promises.KeepPromise: lambda d: promises.KeepPromise(d.key("promise"), d.of("", "已办")),
    promises.WithdrawPromise: lambda d: promises.WithdrawPromise(d.key("promise"), "客户不再需要"),
    promises.HandOverPromise: lambda d: promises.HandOverPromise(d.key("promise"), "小李"),
    promises.EditPromise: lambda d: promises.EditPromise(d.key("promise"), d.text(), d.ahead()),
    team.ReviewRecord: lambda d: team.ReviewRecord(*_record(d), d.of(*Word), d.text(), d.of("", "signals")),
    team.AddAddendum: lambda d: team.AddAddendum(*_record(d), d.text()),
    agreeing.ProposeCadence: lambda d: agreeing.ProposeCadence(
        d.of("T5", "T4", "T3"), d.of(0, 14, 30, 60), d.of("", "客户多"), d.of(None, "G2")
    ),
    agreeing.EndCadence: lambda d: agreeing.EndCadence(d.key("agreed_cadence")),
    tasks.AddTask: lambda d: tasks.AddTask(d.text(), d.of(None, d.ahead()), d.maybe(d.client)),
    tasks.DoneTask: lambda d: tasks.DoneTask(d.key("task")),
    tasks.DropTask: lambda d: tasks.DropTask(d.key("task")),
    tasks.EditTask: lambda d: tasks.EditTask(d.key("task"), d.text(), d.of(None, d.ahead())),
}
