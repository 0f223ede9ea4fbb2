"""What queries of the profile tell."""

from __future__ import annotations

from datetime import date

from rmdesk.base.record import record
from rmdesk.models.kinds import Answer, Channel, ClientId, ClientKind, ConsentKind, RecordId, Taste
from rmdesk.services.profile.rules import Completeness


@record
class Block:
    """One of the nine KYC blocks; without a text it is empty. `fresh`: confirmed within 12 months."""

    area: str
    tense: str
    text: str
    confirmed_on: date | None
    fresh: bool


@record
class PreferenceRow:
    """Something a client likes or cannot stand."""

    id: RecordId
    taste: Taste
    text: str
    noted_on: date
    source: str
    fresh: bool


@record
class ManRow:
    """Whether a client has Money, Authority or Need (`letter`); answer None: unknown."""

    letter: str
    answer: Answer | None
    answered_on: date | None


@record
class ConsentRow:
    """A consent given or withdrawn. Newest first in lists; `holds`: the newest of its kind (and child)."""

    id: RecordId
    kind: ConsentKind
    given: bool
    on: date
    how: str
    by: str
    person: str
    person_id: RecordId | None
    holds: bool


@record
class Reach:
    """How to reach the client, and where; empty is unknown, WeChat is masked. `kept`: said at the desk."""

    channel: Channel | None
    hours: str
    district: str
    wechat: str
    kept: frozenset[str]


@record
class Profile:
    """All that the profile tab shows. `marketing` is the consent in force, of the desk or of the bank."""

    client: ClientId
    name: str
    kind: ClientKind
    blocks: tuple[Block, ...]
    preferences: tuple[PreferenceRow, ...]
    man: tuple[ManRow, ...]
    consents: tuple[ConsentRow, ...]
    marketing: bool | None
    reach: Reach
    completeness: Completeness

    def tastes(self, taste: Taste) -> tuple[str, ...]:
        """The chips of one kind."""
        return tuple(one.text for one in self.preferences if one.taste is taste)


@record
class ChipUse:
    """A chip that was used before, and at how many clients it stands."""

    text: str
    uses: int
