"""Where everybody stands in the picture of a network: forces on a worker, the same on every machine.

Places are in pixels at 100 % text size, the client in the middle at (0, 0). No two labels overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from rmdesk.models.kinds import ClientId
from rmdesk.services.relations import network as networks
from rmdesk.services.relations.rows import Network
from rmdesk.services.store.reads import Reads

Floats = NDArray[np.float64]

ROUNDS = 160
RING = 130.0  # pixels between rings at the start, and the length a line would like to have
PUSH, PULL = 0.3, 0.08  # how much nodes push one another away, and the middle draws them
LOOSE = 3.0  # the room that a network takes, in areas of its labels
LANDSCAPE = (1.5, 0.62)  # screens are wider than high
WIDE, NARROW = 13.0, 7.0  # pixels of a Chinese character and of a letter in a label
HIGH, GAP = 20.0, 8.0  # height of a label, and air between two
SIZE, LARGER, MOST_LARGER = 14.0, 0.7, 8.0  # radius of a mark, and how much each tie adds to it
MOST_LETTERS = 16  # half-width characters of a label; what is longer is cut when it is drawn

NEAR = 20  # places tried first
_TURNS = np.arange(360)
# Offsets from a place, the nearest first: a spiral of sunflower seeds, 9 pixels apart.
_SPOTS = 9.0 * np.sqrt(_TURNS)[:, None] * np.stack((np.cos(_TURNS * 2.39996), np.sin(_TURNS * 2.39996)), axis=1)


@dataclass(frozen=True, slots=True)
class Picture:
    """A network and the place of each of its nodes."""

    network: Network
    places: tuple[tuple[float, float], ...]


def picture(reads: Reads, client: ClientId, depth: int | None = None, day: date | None = None) -> Picture:
    """The network around a client, laid out; 200 nodes take a fifth of a second, for a worker."""
    found = networks.network(reads, client, depth, day=day)
    return Picture(found, places_of(found))


def places_of(network: Network) -> tuple[tuple[float, float], ...]:
    """Places for all nodes: pushed apart by one another, held together by their ties, then freed of overlaps."""
    count = len(network.nodes)
    if count == 0:
        return ()
    at = _rings(network)
    pairs = np.array([(tie.one, tie.other) for tie in network.ties], dtype=np.intp).reshape(-1, 2)
    at = _relaxed(at, pairs)
    boxes = _boxes(network)
    at = _apart(_drawn_in(at, boxes) * np.array(LANDSCAPE), boxes)
    at -= at[0]
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in at)


def _rings(network: Network) -> Floats:
    """Rings around the middle; whoever stands on an outer ring stands behind the one who leads there."""
    parent: dict[int, int] = {}
    for tie in network.ties:
        for inner, outer in ((tie.one, tie.other), (tie.other, tie.one)):
            if network.nodes[outer].distance == network.nodes[inner].distance + 1:
                parent[outer] = min(inner, parent.get(outer, inner))
    children: dict[int, list[int]] = defaultdict(list)
    for node in range(1, len(network.nodes)):
        children[parent.get(node, 0)].append(node)
    angles = np.zeros(len(network.nodes))
    waiting = [(0, 0.0, 2 * np.pi)]
    while waiting:
        node, start, span = waiting.pop()
        angles[node] = start + span / 2
        weights = np.array([1.0 + len(children[child]) for child in children[node]])
        ends = start + span * np.cumsum(weights) / max(1.0, weights.sum())
        for child, end, weight in zip(children[node], ends, weights, strict=True):
            share = span * weight / weights.sum()
            waiting.append((child, float(end - share), float(share)))
    radius = np.array([node.distance for node in network.nodes]) * RING
    return np.stack((radius * np.cos(angles), radius * np.sin(angles)), axis=1)


def _relaxed(at: Floats, pairs: NDArray[np.intp]) -> Floats:
    """Springs along the ties and a push between all others, cooling down; the middle stays where it is."""
    count = len(at)
    if count < 3:
        return at
    for round_ in range(ROUNDS):
        delta = at[:, None, :] - at[None, :, :]
        square = np.maximum((delta**2).sum(axis=2), 25.0)
        force = (delta * (PUSH * RING * RING / square)[:, :, None]).sum(axis=1)
        if len(pairs):
            along = at[pairs[:, 0]] - at[pairs[:, 1]]
            length = np.maximum(np.sqrt((along**2).sum(axis=1)), 1.0)
            pull = along * (length / RING)[:, None]
            np.add.at(force, pairs[:, 0], -pull)
            np.add.at(force, pairs[:, 1], pull)
        force -= at * PULL  # and a little toward the middle, so that nobody drifts away
        size = np.maximum(np.sqrt((force**2).sum(axis=1)), 1e-9)
        step = np.minimum(size, 24.0 * (1 - round_ / ROUNDS) + 0.5)
        at = at + force * (step / size)[:, None]
        at[0] = 0.0
    return at


def _drawn_in(at: Floats, boxes: Floats) -> Floats:
    """As small as the labels allow, so that more is seen at once."""
    wanted = float(np.sqrt(LOOSE * boxes.prod(axis=1).sum() / np.pi))
    return at * min(1.0, wanted / max(1.0, float(np.sqrt((at**2).sum(axis=1)).max())))


def _boxes(network: Network) -> Floats:
    """Width and height of each node with its label."""
    widths = [
        min(sum(WIDE if ord(sign) > 0x2E7F else NARROW for sign in node.party.name), MOST_LETTERS * NARROW)
        for node in network.nodes
    ]
    rounds = [2 * (SIZE + min(MOST_LARGER, LARGER * node.ties)) for node in network.nodes]
    pairs = zip(widths, rounds, strict=True)
    return np.array([(max(width, high) + GAP, high + HIGH + GAP) for width, high in pairs])


def _apart(at: Floats, boxes: Floats) -> Floats:
    """Give everybody the free place nearest to where the forces put them, the inner ones first."""
    placed = np.zeros_like(at)
    order = np.argsort((at**2).sum(axis=1), kind="stable")
    for done, node in enumerate(order):
        taken, sizes = placed[order[:done]], boxes[order[:done]]
        placed[node] = next(_free_spots(at[node], taken, (sizes + boxes[node]) / 2))
    return placed


def _free_spots(wanted: Floats, taken: Floats, room: Floats) -> Iterator[Floats]:
    """Free places, the nearest first: a few near ones are tried before many further away."""
    reach = 1.0
    while True:
        for some in (_SPOTS[:NEAR], _SPOTS[NEAR:]):
            spots = wanted + some * reach
            hit = (np.abs(spots[:, None, :] - taken[None, :, :]) < room[None, :, :]).all(axis=2).any(axis=1)
            yield from spots[~hit]
        reach *= 2
