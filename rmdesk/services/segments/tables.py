"""The numbers of segmentation, typed: resources/rules/segments.toml with what the bank changed in the settings."""

from __future__ import annotations

from functools import cache

from rmdesk.base.record import record, replace
from rmdesk.models.kinds import Familiarity, Tier
from rmdesk.services.rulebook import Words, book, words

TIERS = tuple(Tier)
CLASSES = tuple(Familiarity)  # in rising order: stranger, acquainted, familiar
GROUPS = tuple(f"G{number}" for number in range(1, 10))


@record
class Movement:
    """Months below before a watch, months of watch before the fall, months whose best gives the new tier."""

    below: int
    watch: int
    best_of: int


@record
class Knowing:
    """When somebody is familiar or a stranger."""

    window_days: int
    visit: int
    call: int
    face_to_face: tuple[str, ...]
    fresh_days: int
    blocks: int
    familiar: tuple[int, int]  # q, k: at least
    stranger: tuple[int, int]  # q, k: at most
    override_days: int


@record
class Group:
    """One of the nine groups. `cadence` is in days by tier; a tier that is not in it has none."""

    code: str
    band: str
    familiarity: Familiarity
    cadence: dict[str, int]
    name: Words
    strategy: Words
    tools: Words


@record
class Share:
    """A part of the loyalty: its weight, and the input that earns it whole."""

    weight: float
    full: float


@record
class SegmentTable:
    """All of segments.toml. `cuts` are the lower limits of T2, T3, ... in units of the currency, rising."""

    cuts: tuple[float, ...]
    months: int
    movement: Movement
    knowing: Knowing
    bands: tuple[int, ...]  # of T1 .. T5: 0 low, 1 middle, 2 high
    groups: tuple[Group, ...]
    tier_names: tuple[Words, ...]
    tier_shorts: tuple[Words, ...]
    class_names: tuple[Words, ...]
    coefficients: dict[str, int]
    develop_first: int
    need_days: int
    idle_share: float
    idle_months: int
    money_minimum: float
    recency_days: tuple[int, ...]
    active_months: tuple[int, ...]
    least_clients: int
    top: float
    tenure: Share
    kinds: Share
    steady: Share
    referrals: Share

    def with_cuts(self, cuts: tuple[float, ...]) -> SegmentTable:
        """The same rules with other tier limits."""
        return replace(self, cuts=cuts)

    def cadence(self, group: str, tier: str) -> int | None:
        """Days between contacts of a client in this group and tier; None: by event."""
        return self.groups[GROUPS.index(group)].cadence.get(tier)


@cache
def presets() -> dict[str, tuple[float, ...]]:
    """The sets of tier limits to choose from."""
    return {name: tuple(map(float, preset["cuts"])) for name, preset in book("segments")["presets"].items()}


@cache
def table() -> SegmentTable:
    """The rules as shipped."""
    data = book("segments")
    knowing, man, rfm, loyalty = data["familiarity"], data["man"], data["rfm"], data["loyalty"]
    bands = ("low", "middle", "high")
    return SegmentTable(
        cuts=presets()["standard"],
        months=data["tiers"]["months"]["value"],
        movement=Movement(**{key: data["movement"][key]["value"] for key in ("below", "watch", "best_of")}),
        knowing=Knowing(
            window_days=knowing["window_days"]["value"],
            visit=knowing["visit"]["value"],
            call=knowing["call"]["value"],
            face_to_face=tuple(knowing["face_to_face"]["value"]),
            fresh_days=knowing["fresh_days"]["value"],
            blocks=knowing["blocks"]["value"],
            familiar=(knowing["familiar"]["value"]["q"], knowing["familiar"]["value"]["k"]),
            stranger=(knowing["stranger"]["value"]["q"], knowing["stranger"]["value"]["k"]),
            override_days=knowing["override_days"]["value"],
        ),
        bands=tuple(bands.index(band) for band in data["groups"]["bands"]["value"]),
        groups=tuple(
            Group(
                code=group["code"],
                band=group["band"],
                familiarity=Familiarity(group["familiarity"]),
                cadence=dict(group["cadence"]),
                name=words(group["name"]),
                strategy=words(group["strategy"]),
                tools=words(group["tools"]),
            )
            for group in data["groups"]["group"]
        ),
        tier_names=tuple(words(tier["name"]) for tier in data["tiers"]["tier"]),
        tier_shorts=tuple(words(tier["short"]) for tier in data["tiers"]["tier"]),
        class_names=tuple(words(known["name"]) for known in knowing["class"]),
        coefficients=dict(man["coefficients"]["value"]),
        develop_first=man["develop_first"]["value"],
        need_days=man["need_days"]["value"],
        idle_share=man["idle_share"]["value"],
        idle_months=man["idle_months"]["value"],
        money_minimum=float(man["money_minimum"]["value"]),
        recency_days=tuple(rfm["recency_days"]["value"]),
        active_months=tuple(rfm["active_months"]["value"]),
        least_clients=rfm["least_clients"]["value"],
        top=data["pareto"]["top"]["value"],
        tenure=Share(**loyalty["tenure"]["value"]),
        kinds=Share(**loyalty["kinds"]["value"]),
        steady=Share(**loyalty["steady"]["value"]),
        referrals=Share(**loyalty["referrals"]["value"]),
    )
