"""What held the main thread: a figure for each step of the scenario, a table of steps by size, and the stacks."""

from __future__ import annotations

from collections.abc import Sequence

from bench.measure import HELD, Figure, Found, single

FRAME_MS = 16
WORTH_MS = 8  # steps that never took longer have no line of their own


def held(runs: Sequence[Found], size: int) -> list[Figure]:
    """For each step its longest turn of the event loop; of several runs the one that took least.

    What counts is the processor time of the main thread, to which other programs can only add: the caches they share.
    The note holds the turn by the clock, and then the stacks that were seen in it, the most frequent first.
    """
    least: dict[str, tuple[float, float, list[tuple[str, int]]]] = {}
    for run in runs:
        for step, wall, own, stacks in run["long"]:
            if step not in least or own < least[step][0]:
                least[step] = own, wall, stacks
    figures = []
    for step, (own, wall, stacks) in least.items():
        told = "\n".join(f"{count} × {where}" for where, count in stacks)
        figures.append(
            single(f"{HELD}: {step or 'start'}", size, own, "ms", FRAME_MS, f"by the clock {wall:.0f} ms\n{told}")
        )
    return sorted(figures, key=lambda figure: -figure.value)


def longest(figures: Sequence[Figure]) -> list[Figure]:
    """One line for each size: the step that held the thread longest."""
    found = []
    for size in sorted({figure.size for figure in figures}):
        some = [figure for figure in figures if figure.size == size]
        worst = max(some, key=lambda figure: figure.value)
        clock = worst.note.partition("\n")[0]
        note = f"of {len(some)} steps: {worst.what.removeprefix(HELD + ': ')}; {clock}"
        found.append(single(f"{HELD}, longest turn, processor time", size, worst.value, "ms", FRAME_MS, note))
    return found


def table(figures: Sequence[Figure]) -> str:
    """Steps as lines and sizes as columns, the longest first; and the stacks of each turn longer than a frame."""
    if not figures:
        return ""
    sizes = sorted({figure.size for figure in figures})
    steps: dict[str, dict[int, Figure]] = {}
    for figure in figures:
        steps.setdefault(figure.what.removeprefix(f"{HELD}: "), {})[figure.size] = figure
    order = sorted(steps, key=lambda step: -max(one.value for one in steps[step].values()))
    shown = [step for step in order if max(one.value for one in steps[step].values()) > WORTH_MS]
    lines = [
        f"## What holds the main thread\n\nMilliseconds of the processor in the longest turn of each step; of "
        f"{len(steps)} steps those that took more than {WORTH_MS} ms anywhere. Aim: {FRAME_MS} ms.\n",
        f"| step | {' | '.join(f'{size:,}' for size in sizes)} |",
        f"| --- | {' | '.join('---:' for _ in sizes)} |",
    ]
    for step in shown:
        cells = [_cell(steps[step].get(size)) for size in sizes]
        lines.append(f"| {step} | {' | '.join(cells)} |")
    late = [steps[step][size] for step in shown for size in sizes if _late(steps[step].get(size))]
    lines.append(f"\n{len(late)} turns took longer than a frame{', with what was seen in them:' if late else '.'}\n")
    for one in late:
        lines.append(f"- {one.what.removeprefix(HELD + ': ')}, {one.size:,} clients, {one.value:.1f} ms:")
        lines += [f"  - {line}" for line in one.note.splitlines()]
    return "\n".join(lines)


def _cell(figure: Figure | None) -> str:
    return "" if figure is None else f"**{figure.value:.1f}**" if _late(figure) else f"{figure.value:.1f}"


def _late(figure: Figure | None) -> bool:
    return figure is not None and figure.value > FRAME_MS
