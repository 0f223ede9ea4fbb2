"""What the queries about relationships give back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rmdesk.base.text import Phrase
from rmdesk.models.kinds import ClientId, ClientStatus, RecordId
from rmdesk.services.rulebook import Words

# Somebody in the network: a client by number, a person who is no client by record id.
Node = int | str


@dataclass(frozen=True, slots=True)
class Party:
    """Who stands at one end of a tie. `about` is what tells people of one name apart; `status` is a client's."""

    node: Node
    name: str
    sex: str = ""
    company: bool = False
    status: ClientStatus | None = None
    about: str = ""
    official: bool = False

    @property
    def client(self) -> ClientId | None:
        """The client, when they are one."""
        return ClientId(self.node) if isinstance(self.node, int) else None

    @property
    def person(self) -> RecordId | None:
        """The person, when they are no client."""
        return RecordId(self.node) if isinstance(self.node, str) else None


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One relationship, seen from a client: the other side is the client's `role`, in words `called`."""

    id: RecordId
    role: str
    called: Words
    group: str
    other: Party
    noted_on: date
    note: str


@dataclass(frozen=True, slots=True)
class KinRow:
    """Kin that follows from what is kept, and the steps it follows from; never kept itself."""

    called: Words
    other: Party
    steps: tuple[tuple[Words, Party], ...]  # "mother" 王芳, then "mother" 李桂英

    @property
    def path(self) -> str:
        """The steps in words: mother 王芳 → mother 李桂英."""
        return " → ".join(f"{called.said} {party.name}" for called, party in self.steps)


@dataclass(frozen=True, slots=True)
class Member:
    """One of a household."""

    id: RecordId
    party: Party


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """People who keep house together. `aum_minor` adds up what is known of its clients; None: nothing is."""

    id: RecordId
    name: str
    note: str
    members: tuple[Member, ...]
    aum_minor: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """Somebody whom a client brought; `new` once they are a client. `by` is set when the client was brought."""

    id: RecordId
    name: str
    on: date
    confirmed: bool
    new: Party | None
    note: str
    by: Party | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person who is no client, with what names them. `birth` hides a child's year, `phone` is masked."""

    id: RecordId
    name: str
    pinyin: str
    sex: str
    birth: str
    child: bool
    phone: str
    occupation: str
    employer: str
    note: str
    official: bool
    ties: int


@dataclass(frozen=True, slots=True)
class Details:
    """What is noted of a person; blank is unknown. `guardian` consents to data on a child under 14, and `how`.

    A `phone` of None leaves the number as it is kept: a form that has not shown it does not know it.
    """

    name: str
    sex: str = ""
    birth_date: str = ""
    phone: str | None = ""
    occupation: str = ""
    employer: str = ""
    note: str = ""
    official: bool = False
    guardian: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Influence:
    """How well connected somebody is: ties of any kind, and for how many others they decide or whom they sway."""

    party: Party
    ties: int
    decides: int
    strong: bool  # by the rule book, an influencer


@dataclass(frozen=True, slots=True)
class NetNode:
    """Somebody in the picture; `distance` from the client in the middle; `tier` of a client, where known."""

    party: Party
    distance: int
    tier: str
    ties: int


@dataclass(frozen=True, slots=True)
class NetTie:
    """A line of the picture between two of its nodes, by their places.

    `one` is the `called` of `other`, who is the `back` of `one`.
    """

    one: int
    other: int
    called: Words
    back: Words
    group: str
    said: Phrase


@dataclass(frozen=True, slots=True)
class Network:
    """Everybody around a client, nearest first; `left_out` says how many more are within the depth."""

    nodes: tuple[NetNode, ...]
    ties: tuple[NetTie, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of an introduction: `party` can speak to the next one, because of `why`."""

    party: Party
    why: Phrase


@dataclass(frozen=True, slots=True)
class Introduction:
    """A way to somebody: the first is a client whom the manager knows, the last is known to who is sought."""

    hops: tuple[Hop, ...]
    contacts: int  # two-way contacts with the first, of late
    last_contact: date
