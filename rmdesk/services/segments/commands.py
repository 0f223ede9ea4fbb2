"""What the manager says about where a client stands: familiarity, KYC blocks, MAN answers; and a full recount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.clients import Client
from rmdesk.models.kinds import Answer, ClientId, Familiarity
from rmdesk.models.segments import FamiliarityOverride, KycBlock, ManAnswer
from rmdesk.services.profile.days import check_past
from rmdesk.services.profile.secrets import check_text, limit_of
from rmdesk.services.segments import figures
from rmdesk.services.store.command import Done
from rmdesk.services.store.work import UnitOfWork

AREAS = ("person", "family", "career")
TENSES = ("past", "present", "future")
LETTERS = ("M", "A", "N")


@dataclass(frozen=True, slots=True)
class OverrideFamiliarity:
    """Say how well a client is known, with a reason; lapses after the days in rules/segments.toml. None: take back."""

    label: ClassVar[str] = N_("Set familiarity")
    client: ClientId
    familiarity: Familiarity | None
    reason: str = ""
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        work.get(Client, self.client)
        kept = work.find(FamiliarityOverride, self.client)
        inverse = OverrideFamiliarity(self.client, None)
        if kept is not None:
            inverse = OverrideFamiliarity(self.client, Familiarity(kept.familiarity), kept.reason, kept.set_on)
        if self.familiarity is None:
            if kept is not None:
                work.delete(kept)
            return Done(None, inverse=inverse)
        reason = check_text(self.reason, "reason", limit_of("line"))
        if not reason:
            raise Refused(
                N_("Setting the familiarity by hand needs a reason."),
                do=N_("Say what you know that the figures do not."),
                field="reason",
                code="no_reason",
                guide="familiarity",
            )
        on = check_past(self.on or clock.today(), "on")
        if kept is None:
            kept = FamiliarityOverride(client_id=self.client)
            work.add(kept)
        kept.familiarity, kept.reason, kept.set_on = self.familiarity.value, reason, on
        return Done(None, inverse=inverse)


@dataclass(frozen=True, slots=True)
class ConfirmKycBlock:
    """Fill in one of the nine KYC blocks and confirm it today; without a text the block is emptied."""

    label: ClassVar[str] = N_("Confirm KYC block")
    client: ClientId
    area: str
    tense: str
    text: str
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        if self.area not in AREAS or self.tense not in TENSES:
            raise Refused(N_("There is no such KYC block."), do=N_("Choose one of the nine."), code="no_block")
        work.get(Client, self.client)
        kept = work.find(KycBlock, (self.client, self.area, self.tense))
        inverse = PutKycBlockBack(self.client, self.area, self.tense, *_block(kept))
        text, on = check_text(self.text, "text"), check_past(self.on or clock.today(), "on")
        if not text:
            if kept is not None:
                work.delete(kept)
        elif kept is None:
            work.add(KycBlock(client_id=self.client, area=self.area, tense=self.tense, text=text, confirmed_on=on))
        else:
            kept.text, kept.confirmed_on = text, on
        return Done(None, inverse=inverse)


@dataclass(frozen=True, slots=True)
class PutKycBlockBack:
    """Give a KYC block the text and the day it had, also none: the inverse of confirming it, and of itself."""

    label: ClassVar[str] = N_("Put back KYC block")
    client: ClientId
    area: str
    tense: str
    text: str
    confirmed_on: date | None

    def apply(self, work: UnitOfWork) -> Done[None]:
        kept = work.find(KycBlock, (self.client, self.area, self.tense))
        inverse = PutKycBlockBack(self.client, self.area, self.tense, *_block(kept))
        if kept is not None and not self.text:
            work.delete(kept)
        elif kept is not None:
            kept.text, kept.confirmed_on = self.text, self.confirmed_on
        elif self.text:
            block = KycBlock(client_id=self.client, area=self.area, tense=self.tense, text=self.text)
            block.confirmed_on = self.confirmed_on
            work.add(block)
        return Done(None, inverse=inverse)


@dataclass(frozen=True, slots=True)
class AnswerMan:
    """Say whether a client has money, authority or need (M, A, N); None: unknown again."""

    label: ClassVar[str] = N_("Answer MAN question")
    client: ClientId
    letter: str
    answer: Answer | None
    on: date | None = None

    def apply(self, work: UnitOfWork) -> Done[None]:
        if self.letter not in LETTERS:
            raise Refused(N_("MAN has the questions M, A and N."), do=N_("Choose one of them."), code="no_letter")
        work.get(Client, self.client)
        kept = work.find(ManAnswer, (self.client, self.letter))
        inverse = AnswerMan(self.client, self.letter, None)
        if kept is not None:
            inverse = AnswerMan(self.client, self.letter, Answer(kept.answer), kept.answered_on)
        on = check_past(self.on or clock.today(), "on")
        if self.answer is None:
            if kept is not None:
                work.delete(kept)
        elif kept is None:
            work.add(ManAnswer(client_id=self.client, letter=self.letter, answer=self.answer.value, answered_on=on))
        else:
            kept.answer, kept.answered_on = self.answer.value, on
        return Done(None, inverse=inverse)


@dataclass(frozen=True, slots=True)
class RefreshFigures:
    """Count all clients' money anew; needed after the portfolio's currency or a rate was changed.

    Nothing to take back: it adds up what is there.
    """

    label: ClassVar[str] = N_("Recount figures")

    def apply(self, work: UnitOfWork) -> Done[None]:
        figures.refresh(work)
        return Done(None)


def _block(kept: KycBlock | None) -> tuple[str, date | None]:
    return ("", None) if kept is None else (kept.text, kept.confirmed_on)
