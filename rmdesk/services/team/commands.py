"""What a lead says of records, and what is added to them. A review seals; nothing is said twice in one breath."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from rmdesk.base import clock
from rmdesk.base.errors import Refused
from rmdesk.base.text import N_
from rmdesk.models.all import Model
from rmdesk.models.complaints import Complaint
from rmdesk.models.gifts import Gift
from rmdesk.models.kinds import REVIEWED, ComplaintState, RecordId, VisitState, Word, new_id
from rmdesk.models.team import Addendum, Review
from rmdesk.models.visits import Visit
from rmdesk.services.audit.acts import Act
from rmdesk.services.audit.writing import note
from rmdesk.services.desk_user import DeskUser, desk_user
from rmdesk.services.profile.secrets import check_text
from rmdesk.services.settings import queries as settings
from rmdesk.services.settings.commands import ChangeSetting
from rmdesk.services.store import sealed
from rmdesk.services.store.command import Done
from rmdesk.services.store.inverse import BringBack, TakeAway, fields_of
from rmdesk.services.store.work import UnitOfWork
from rmdesk.services.team import rules, seal
from rmdesk.services.team.members import team_of
from rmdesk.services.team.settings import SEED

MODELS: dict[str, type[Model]] = {"visit": Visit, "gift": Gift, "complaint": Complaint}


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """Say a word on a visit, a gift or a complaint: approved and exemplary seal it, returned gives it back.

    It can be taken back until it has gone to the hub, and only while it is the lead's last word on the client.
    """

    label: ClassVar[str] = N_("Review record")
    entity: str
    entity_id: str
    word: Word
    comment: str = ""
    tag: str = ""

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        comment = check_text(self.comment, "comment", rules.number("review", "comment_most"))
        if self.word in (Word.RETURNED, Word.DISCUSS) and not comment:
            raise Refused(
                N_("The manager needs a word of why."),
                do=N_("Write one."),
                field="comment",
                code="no_comment",
                guide="review",
            )
        if self.tag and self.tag not in rules.tags():
            raise Refused(
                N_("There is no such tag."),
                do=N_("Choose one of the list."),
                field="tag",
                code="no_tag",
                guide="review",
            )
        thing: Any = work.get(_model(self.entity), self.entity_id)
        me = _reviewer(work, int(thing.client_id))
        _check_done(self.entity, thing)
        by, before = me.user or work.who, _end(work, int(thing.client_id), me.user or work.who)
        review = Review(
            id=new_id(), client_id=thing.client_id, entity=self.entity, entity_id=self.entity_id,
            verdict=self.word.value, comment=comment or None, tag=self.tag or None, by=by,
            at=clock.now() if before is None else max(clock.now(), datetime.fromisoformat(before[1])),
            rev_reviewed=_revision(work, self.entity, self.entity_id),
            content_hash=sealed.contents_of(work, self.entity, [self.entity_id])[self.entity_id],
            before_hash=None if before is None else before[0], hash="",
        )  # fmt: skip
        review.hash = seal.hash_of(entry_of(review))
        work.add(review)
        return Done(RecordId(review.id), inverse=TakeBackReview(RecordId(review.id)))


@dataclass(frozen=True, slots=True)
class TakeBackReview:
    """Take a word back that nobody has heard yet. Sent to the hub it stands: another word follows it instead."""

    label: ClassVar[str] = N_("Take review back")
    review: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        review = work.get(Review, self.review)
        check_unsent(work, "review", review.id)
        end = _end(work, review.client_id, review.by)
        if end is not None and end[0] != review.hash:
            raise Refused(
                N_("Another review follows this one."),
                do=N_("Take that one back first."),
                code="not_last",
                guide="review",
            )
        columns = fields_of(review)
        work.delete(review)
        return Done(None, inverse=BringBack(((Review, columns),)))


@dataclass(frozen=True, slots=True)
class AddAddendum:
    """Add something to a record, above all to one that is sealed; the lead sees it."""

    label: ClassVar[str] = N_("Write addendum")
    entity: str
    entity_id: str
    text: str

    def apply(self, work: UnitOfWork) -> Done[RecordId]:
        text = check_text(self.text, "text")
        if not text:
            raise Refused(N_("An addendum needs a text."), do=N_("Write one."), field="text", code="no_text")
        thing: Any = work.get(_model(self.entity), self.entity_id)
        added = Addendum(
            id=new_id(), client_id=thing.client_id, entity=self.entity, entity_id=self.entity_id, text=text,
            by=desk_user(work).user or work.who, at=clock.now(),
        )  # fmt: skip
        work.add(added)
        note(work, Act.CORRECT, entity=self.entity, entity_id=self.entity_id)
        return Done(RecordId(added.id), inverse=TakeBackAddendum(RecordId(added.id)))


@dataclass(frozen=True, slots=True)
class TakeBackAddendum:
    """Take an addendum back that has not gone to the hub yet."""

    label: ClassVar[str] = N_("Take addendum back")
    addendum: RecordId

    def apply(self, work: UnitOfWork) -> Done[None]:
        check_unsent(work, "addendum", self.addendum)
        return Done(None, inverse=TakeAway(((Addendum, self.addendum),)).apply(work).inverse)


@dataclass(frozen=True, slots=True)
class DrawSeed:
    """Choose the word that the sample follows from, if there is none yet. Gives it back.

    Has no inverse: which visits are looked at is not drawn again until it suits.
    """

    label: ClassVar[str] = N_("Draw seed of the sample")

    def apply(self, work: UnitOfWork) -> Done[str]:
        seed = settings.value(work, SEED)
        if not seed:
            seed = secrets.token_hex(8)
            ChangeSetting(SEED.key, seed).apply(work)
        return Done(seed)


def entry_of(review: Review) -> seal.Entry:
    """A review as its hash is made of it."""
    from rmdesk.models.base import Instant

    at = Instant().process_bind_param(review.at, None)  # type: ignore[arg-type]
    return seal.Entry(
        (review.client_id, review.by), review.id, review.entity, review.entity_id, review.verdict, review.comment,
        review.tag, review.by, str(at), review.rev_reviewed, review.content_hash, review.before_hash, review.hash,
    )  # fmt: skip


def check_unsent(work: UnitOfWork, entity: str, entity_id: str) -> None:
    """Refused once the hub has a record, or a batch with it is under way."""
    sent = work.value(
        "SELECT 1 FROM sync_record WHERE entity = ? AND entity_id = ? AND (rev > 0 OR sent IS NOT NULL)",
        (entity, entity_id),
    )
    if sent:
        raise Refused(
            N_("This has gone to the hub and can't be taken back."),
            do=N_("Say another word on it."),
            code="sent",
            guide="review",
        )


def _model(entity: str) -> type[Model]:
    if entity not in REVIEWED:
        raise Refused(N_("Records of this kind are not reviewed."), code="not_reviewed")
    return MODELS[entity]


def _reviewer(work: UnitOfWork, client: int) -> DeskUser:
    """Whoever reviews; refused for managers, and for clients of another team or of the lead's own book."""
    team = team_of(work)
    if not team.me.lead:
        raise Refused(
            N_("Only a team lead reviews records."),
            do=N_("Whoever leads the team says so under Your role in the settings."),
            code="not_lead",
            guide="review",
        )
    if team.me.joined and not work.value(
        f"SELECT 1 FROM sync_client k WHERE k.client_id = :client AND {team.seen}",
        {"client": client, "books": team.books},
    ):
        raise Refused(
            N_("This client is not with your team."), do=N_("Reload the page."), code="not_team", guide="review"
        )
    return team.me


def _check_done(entity: str, thing: Any) -> None:
    """Refused while a record is still under way: a planned visit, a gift not given, an open complaint."""
    if (thing.given_on is None) if entity == "gift" else (thing.state not in (VisitState.HELD, ComplaintState.CLOSED)):
        raise Refused(
            N_("This record is still under way."),
            do=N_("Look at it once it is finished."),
            code="not_finished",
            guide="review",
        )


def _end(work: UnitOfWork, client: int, by: str) -> tuple[str, str] | None:
    """Hash and instant of the last word of somebody on a client."""
    row = work.one(
        "SELECT hash, at FROM review WHERE client_id = ? AND by = ? ORDER BY at DESC, id DESC LIMIT 1", (client, by)
    )
    return None if row is None else (str(row[0]), str(row[1]))


def _revision(work: UnitOfWork, entity: str, entity_id: str) -> int:
    found = work.value("SELECT rev FROM sync_record WHERE entity = ? AND entity_id = ?", (entity, entity_id))
    return int(found or 0)
