"""Whatever is done, in whatever order: taking it back step by step restores every table, and doing it again repeats."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import rmdesk.services
from rmdesk.base.errors import Refused
from rmdesk.models.kinds import FeedbackKind, Purpose
from rmdesk.services.campaigns import commands as campaigns
from rmdesk.services.campaigns.drafts import Draft as Plan
from rmdesk.services.churn import commands as churn
from rmdesk.services.clients import commands as clients
from rmdesk.services.clients.rules import Details as Prospect
from rmdesk.services.complaints import commands as complaints
from rmdesk.services.complaints import feedback
from rmdesk.services.gifts import commands as gifts
from rmdesk.services.gifts.rules import Draft
from rmdesk.services.journals import cards
from rmdesk.services.journals import commands as journals
from rmdesk.services.occasions import commands as occasions
from rmdesk.services.occasions.details import Details as Day
from rmdesk.services.relations import commands as relations
from rmdesk.services.relations.rows import Details as Somebody
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.specialists import commands as specialists
from rmdesk.services.store.store import Store
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.visits import commands as visits
from rmdesk.services.visits.entry import Entry
from rmdesk.services.visits.rules import Owed
from tests.conftest import TODAY
from tests.services.moves import MOVES, NAMES, Dice
from tests.support import build

# What is not compared: the record of what was done, and what is worked out anew from the rest.
LEFT_OUT = ("change", "audit_entry", "client_figures", "kept", "search_", "sqlite_")
# Tested elsewhere, and why not here.
ELSEWHERE = {
    "keeps a record that taking back adds to": {
        "AskApproval", "PlanAndAsk", "WithdrawRequest", "DecideApproval", "TakeBackDecision", "RevokeApproval",
        "TakeBackGiving", "PostDue", "RedeemPoints", "CorrectEntries",
    },
    "notes that something was shown or left the file": {
        "RecordExport", "NoteRowsCopied", "NoteCopied",
        "ShowNumber", "ShowPersonNumber", "NoteAttempt",
    },
    "part of a form not saved yet": {"SaveDraft", "DropDraft", "KeepPending", "AttachPending", "DropPending"},
    "bank facts, tests/services/imports/test_sequences.py": {
        "ApplyImport", "UndoImport", "RedoImport", "KeepLayout", "ForgetLayout", "LayOut", "CloseGaps",
    },
    "of what the bank told, tests/services/churn/test_cases.py": {"OpenDueCases"},
    "settings and views, tests/services/store/test_undo.py": {
        "ChangeSetting", "SaveView", "RenameView", "DeleteView", "DrawSeed",
    },
    "papers of the desk itself, tests/services/reports": {"KeepReport", "ReadReport", "RemoveReport"},
    "erases for good": {"EraseClient", "ApplyRetention"},
    "needs a hub, tests/services/sync": {
        "TurnIntoAddendum", "TakeInDecisions", "PackForTravel", "ComeHome",
        "AllowDeletions", "AtHub", "NoteEscrow", "RemoveStrangers", "WantFile",
        "BeginAnew", "Freeze", "KeepEnrolment", "KeepPiece", "KeepTokens", "MarkTime",
        "Note",
        "NoteRound", "PutTogether", "Ready", "ReceiptGiven", "Reoffer", "Repair", "Sweep", "SweepSearch", "Swept",
        "TakeAnswer", "TakeFeed", "TakeFirst", "TakeScopes", "TakeTheirs", "TakeWelcome",
        "Settle", "SettleUse", "MoveDifferences", "RetryRefused", "AcceptLate", "KeepLate", "JoinHub", "LeaveHub",
        "AnswerCadence", "GoOnAs", "KeepNewDesk", "OldIsOut",
    },
    "works out anew, mends, or fills an empty file": {
        "IndexTexts", "RefreshFigures", "FillDemo", "RebuildTexts", "RenewFigures", "RenewObjects", "RenewTracking",
        "DropChanged", "SetAside", "TryFigures",
    },
    "made by other commands as their inverse": {
        "AsBefore", "BringBack", "PutBack", "TakeAway", "PutKycBlockBack", "PutPreferencesBack", "SplitClients",
        "TakeBackConsent", "TakeBackReview", "TakeBackAddendum",
    },
    "one or several of the others, and more": {"Several", "DealWith", "WithFiles"},
}  # fmt: skip


def test_no_command_is_forgotten_here() -> None:
    found = set()
    for module in walk_packages(rmdesk.services.__path__, "rmdesk.services."):
        for name, thing in vars(import_module(module.name)).items():
            if isinstance(thing, type) and {"label", "apply"} <= set(vars(thing)) and not name.startswith("_"):
                found.add(thing.__name__)
    elsewhere = set().union(*ELSEWHERE.values())
    assert found - {"Command"} == elsewhere | {command.__name__ for command in MOVES}
    assert not elsewhere & {command.__name__ for command in MOVES}


def state(store: Store) -> dict[str, list[Any]]:
    """Every table, row by row."""

    def read(reads: Any) -> dict[str, list[Any]]:
        names = [row[0] for row in reads.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {
            name: sorted(reads.rows(f'SELECT * FROM "{name}"'), key=repr)
            for name in names
            if not name.startswith(LEFT_OUT)
        }

    return store.read(read)


def difference(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> dict[str, Any]:
    """What differs, by table: so that a failure can be read."""
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}


steps = st.lists(st.tuples(st.sampled_from(list(MOVES)), st.integers(0, 999)), min_size=3, max_size=14)


# Without shrinking: a sequence costs too much to be tried hundreds of times, and the failing command is named.
LIMITS = settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@LIMITS
@given(steps)
def test_taking_everything_back_restores_every_table(template: Path, drawn: list[tuple[type[Any], int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = build.store_from(template, Path(folder))
        try:
            _arrange(store)
            _there_and_back(store, drawn)
        finally:
            store.close()


def _arrange(store: Store) -> None:
    for name in NAMES[:3]:
        client = store.perform(clients.AddProspect(Prospect(name, phone="13900139000"))).result
        store.perform(visits.LogVisit(Entry(client, "phone", "x", promises=(Owed("y", TODAY),), next_step="z")))
        store.perform(occasions.AddOccasion(client, Day(month=11, day=21)))
    store.perform(relations.AddRelationship(client, "parent", Somebody("王母")))
    person = store.read(lambda reads: reads.value("SELECT id FROM person"))
    store.perform(visits.PlanVisit(Entry(client, "branch", on=TODAY + timedelta(days=3))))
    store.perform(gifts.PlanGift(Draft(client, "相册", to_person=person, cost_minor=10_000)))
    journal = store.perform(journals.WriteJournal(journals.Entry(TODAY, "x", "call", clients=(client,)))).result
    card = store.perform(cards.MakeCard(journal, "a", "b")).result
    store.perform(journals.WriteJournal(journals.Entry(TODAY, "x", "call", clients=(client,), cards=(card,))))
    store.perform(ChangeSetting("general.role", "lead"))
    store.perform(complaints.RegisterComplaint(client, complaints.Details("x", 300, TODAY)))
    store.perform(feedback.NoteFeedback(client, FeedbackKind.PRAISE, "x", TODAY))
    store.perform(churn.OpenCase(client, TODAY - timedelta(days=9)))
    campaign = store.perform(campaigns.MakeCampaign(Plan("回访", Purpose.MAINTAIN, TODAY))).result
    store.perform(campaigns.StartCampaign(campaign))
    store.perform(campaigns.AddTarget(campaign, client))
    store.perform(specialists.AskSpecialist(client, "law", "x"))
    build.perform(store, _products)


def _products(work: UnitOfWork) -> None:
    work.bulk("INSERT INTO product (code, name, kind) VALUES ('LC06', '半年理财', 'wealth')", topics=())
    holding = (
        "INSERT INTO holding (key, client_id, name, kind, currency, amount_minor, matures_on)"
        " SELECT 'H1', min(id), '理财', 'wealth', 'CNY', 100, '2026-12-01' FROM client"
    )
    work.bulk(holding, topics=())


def _there_and_back(store: Store, drawn: list[tuple[type[Any], int]]) -> None:
    states, inverses = [state(store)], []
    for move, seed in drawn:
        try:
            done = store.perform(MOVES[move](Dice(store, seed)))
        except LookupError:
            continue
        except Refused:
            assert not difference(states[-1], state(store)), f"{move.__name__} was refused and left a trace"
            continue
        assert done.inverse is not None, move.__name__
        inverses.append(done.inverse)
        states.append(state(store))
    for _way in range(2):
        again = []
        for inverse, before in zip(reversed(inverses), reversed(states[:-1]), strict=True):
            done = store.perform(inverse)
            assert not difference(before, state(store)), type(inverse).__name__
            again.append(done.inverse)
        assert None not in again
        inverses, states = list(again), states[::-1]
