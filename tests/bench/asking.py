"""The bench of questions: the first page of an inbox in which ten thousand wait."""

import filling
import measuring
from figures import Figure
from place import Place
from starting import floor

FEW, MANY = 50, 10_000


def inbox(place: Place, short: bool) -> list[Figure]:
    """`ask inbox` with a page of open requests, and with ten thousand; and bare `ask`, which shows some of them."""
    for size in (FEW, MANY):
        filling.requests(place, f"asked-{size}", size)
        shown = place.do(f"asked-{size}", "inbox").splitlines()
        assert len(shown) == FEW, "the first page is 50 lines, whatever waits behind them"
    subjects = {"floor": floor(place)}
    for size in (FEW, MANY):
        env = place.env(f"asked-{size}")
        subjects[f"inbox/{size}"] = lambda env=env: measuring.run([place.ask, "inbox"], env)  # type: ignore[misc]
        subjects[f"bare/{size}"] = lambda env=env: measuring.run([place.ask], env)  # type: ignore[misc]
    runs = measuring.in_turns(subjects, 10 if short else 40)
    base = measuring.median_cpu(runs["floor"])
    figures = []
    for name, said in (("inbox", "ask inbox"), ("bare", "ask alone")):
        few, many = (measuring.median_cpu(runs[f"{name}/{size}"]) for size in (FEW, MANY))
        figures.append(Figure("inbox", f"{said}, first page of {MANY:,} open", many / base, "floors", most=4))
        figures.append(Figure("inbox", f"{said}, what {MANY:,} change of {FEW}", many / few - 1, "share", most=0.1))
    return figures
