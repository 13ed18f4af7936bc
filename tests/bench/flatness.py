"""The bench of flatness: the cost of a job does not grow with what waits behind it."""

import statistics

import draining
import filling
from figures import Figure
from place import Place

FEW = 1_000
SIZES = (10_000, 100_000, 1_000_000)


def flat(place: Place, short: bool) -> list[Figure]:
    """Some jobs of stores of several sizes, in turns; the first turn only warms up and is not counted."""
    some, rounds = (300, 3) if short else (500, 7)
    sizes = (FEW, *(size for size in SIZES if not short or size <= 100_000))
    for size in sizes:
        draining.child(place, 0, "kept.py", str(place.home(f"flat-{size}")), "1")
        filling.jobs(place.home(f"flat-{size}"), size + some * (rounds + 1) - 1)
        assert filling.ready_steps(place.home(f"flat-{size}")) == size + some * (rounds + 1)
    cpu: dict[int, list[float]] = {size: [] for size in sizes}
    wall: dict[int, list[float]] = {size: [] for size in sizes}
    for turn in range(rounds + 1):
        for size in sizes if turn % 2 else sizes[::-1]:
            ran = draining.ask(place, "drain", f"flat-{size}", some)
            if turn > 0:
                cpu[size].append(ran["cpu"] / some)
                wall[size].append(ran["wall"] / some)
    base = statistics.median(cpu[FEW])
    figures = [Figure("flat", f"CPU a job, {FEW:,} stored", base * 1000, "ms", note=_wall(wall[FEW]))]
    for size in sizes[1:]:
        more = statistics.median(cpu[size]) / base - 1
        figures.append(
            Figure("flat", f"{size:,} stored change that by", more, "share", most=0.1, note=_wall(wall[size]))
        )
    return figures


def _wall(found: list[float]) -> str:
    return f"wall {statistics.median(found) * 1000:.2f} ms"
