"""How likely a client is still active, and how often they may act: the BG/NBD model of Fader, Hardie and Lee (2005).

While active a client acts at random times with a rate of their own (gamma: r, alpha); after each act they may become
inactive for good with a chance of their own (beta: a, b). Known of each: how often they acted again (`again`), when
last (`last`) and for how long they have been known (`known`), counted from their first act, in one unit of time.
Fitted by maximum likelihood with numpy alone (docs/adr/0033). Nothing is drawn at random.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from rmdesk.base.record import record

Floats = npt.NDArray[np.float64]

# Lanczos' approximation of the gamma function, g = 7, n = 9: good to 15 digits.
_G = 7.0
_LANCZOS = (
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
)  # fmt: skip
_TERMS = 400  # of the series of the expected activity, which shrinks like a power of a number under 1
_STEPS = 600
_CLOSE = 1e-7
_START = (-0.5, 1.0, 0.0, 0.5)  # logarithms of r, alpha, a, b


@record
class Fit:
    """The four numbers of the model, and how well they explain what was seen (mean log-likelihood)."""

    r: float
    alpha: float
    a: float
    b: float
    likelihood: float


def fit(again: Floats, last: Floats, known: Floats) -> Fit:
    """The numbers under which what was seen is likeliest. ValueError without anybody who acted twice."""
    if not (again > 0).any():
        raise ValueError("nobody acted twice")
    rows, counts = np.unique(np.stack((again, last, known), axis=1), axis=0, return_counts=True)
    weights = counts / counts.sum()

    def cost(logs: Floats) -> float:
        if np.abs(logs).max() > 12:
            return np.inf
        told = likelihood(*np.exp(logs), *rows.T)
        return float(-(weights * told).sum())

    found, least = _downhill(cost, np.array(_START))
    r, alpha, a, b = np.exp(found).tolist()
    return Fit(r, alpha, a, b, -least)


def likelihood(r: float, alpha: float, a: float, b: float, again: Floats, last: Floats, known: Floats) -> Floats:
    """The log-likelihood of each client, as equation 6 of the paper."""
    first = log_gamma(r + again) - log_gamma(np.array(r)) + r * np.log(alpha)
    second = log_gamma(np.array(a + b)) + log_gamma(b + again) - log_gamma(np.array(b)) - log_gamma(a + b + again)
    third = -(r + again) * np.log(alpha + known)
    with np.errstate(divide="ignore"):
        fourth = np.where(
            again > 0,
            np.log(a) - np.log(b + np.maximum(again, 1) - 1) - (r + again) * np.log(alpha + last),
            -np.inf,
        )
    told: Floats = first + second + np.logaddexp(third, fourth)
    return told


def alive(model: Fit, again: Floats, last: Floats, known: Floats) -> Floats:
    """The chance in 0..1 that each is still active; who acted once only counts as active (the model knows no other)."""
    times = np.where(again > 0, model.a / (model.b + np.maximum(again, 1) - 1), 0.0)
    odds = times * ((model.alpha + known) / (model.alpha + last)) ** (model.r + again)
    chance: Floats = 1 / (1 + odds)
    return chance


def expected(model: Fit, ahead: float, again: Floats, last: Floats, known: Floats) -> Floats:
    """How often each may be expected to act in the next `ahead` units of time, given what was seen (equation 10)."""
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    if a == 1:
        raise ValueError("the expectation is not defined for a = 1")
    left = alpha + known
    kept = left / (left + ahead)
    # Euler's transformation of the paper's series: its terms stay small however often somebody acted.
    share = 1 - kept ** (a - 1) * _hypergeometric(a + b - 1 - r, a - 1, a + b + again - 1, 1 - kept)
    told: Floats = (a + b + again - 1) / (a - 1) * share * alive(model, again, last, known)
    return told


def log_gamma(x: Floats) -> Floats:
    """The logarithm of the gamma function for each number, all above 0; the approximation of Lanczos."""
    z = np.asarray(x, dtype=np.float64) - 1
    total = np.full(z.shape, _LANCZOS[0])
    for at, factor in enumerate(_LANCZOS[1:], start=1):
        total = total + factor / (z + at)
    t = z + _G + 0.5
    found: Floats = 0.5 * np.log(2 * np.pi) + (z + 0.5) * np.log(t) - t + np.log(total)
    return found


def _hypergeometric(a: float, b: float, c: Floats, z: Floats) -> Floats:
    """Gauss' hypergeometric function for 0 <= z < 1, by its series."""
    term = np.ones(np.broadcast(c, z).shape)
    total = term.copy()
    for at in range(_TERMS):
        term = term * (a + at) * (b + at) / ((c + at) * (at + 1)) * z
        total = total + term
        if np.abs(term).max(initial=0) < 1e-12 * np.abs(total).max(initial=1):
            break
    return total


def _downhill(cost: Callable[[Floats], float], start: Floats) -> tuple[Floats, float]:
    """The simplex method of Nelder and Mead: needs no derivatives, and four numbers are few."""
    size = len(start)
    corners = [start, *(start + step for step in 0.5 * np.eye(size))]
    costs = [cost(corner) for corner in corners]
    for _step in range(_STEPS):
        order = np.argsort(costs, kind="stable")
        corners, costs = [corners[at] for at in order], [costs[at] for at in order]
        if costs[-1] - costs[0] < _CLOSE and np.abs(corners[-1] - corners[0]).max() < 1e-5:
            break
        middle = np.mean(corners[:-1], axis=0)
        mirrored = middle + (middle - corners[-1])
        now = cost(mirrored)
        if now < costs[0]:
            further = middle + 2 * (middle - corners[-1])
            beyond = cost(further)
            corners[-1], costs[-1] = (further, beyond) if beyond < now else (mirrored, now)
        elif now < costs[-2]:
            corners[-1], costs[-1] = mirrored, now
        else:
            nearer = middle + 0.5 * ((mirrored if now < costs[-1] else corners[-1]) - middle)
            inside = cost(nearer)
            if inside < min(now, costs[-1]):
                corners[-1], costs[-1] = nearer, inside
            else:
                corners = [corners[0], *(corners[0] + 0.5 * (corner - corners[0]) for corner in corners[1:])]
                costs = [costs[0], *(cost(corner) for corner in corners[1:])]
    best = int(np.argmin(costs))
    return corners[best], costs[best]
