"""The bench of durable workflows: three steps after one another, in `ask`, in its peers, and as bare commits."""

import json
import shutil
import statistics
import subprocess
from pathlib import Path

import measuring
from figures import Figure
from place import Place

HERE = Path(__file__).resolve().parent
PEERS = {
    "DBOS": ["dbos"],
    "DBOS as it comes": ["dbos", "--as-it-comes"],
    "Huey": ["huey"],
    "APScheduler": ["apscheduler"],
    "LangGraph": ["langgraph"],
}
BARE = "bare sqlite3"
ASK = {"ask": [], "ask, steps that are `once`": ["--once"]}
NAMES = (*ASK, *PEERS, BARE)
SLOW_US = 1000

Ran = dict[str, float]


def chain(place: Place, short: bool) -> list[Figure]:
    """Chains of three steps: what one costs, beside every peer and beside the bound of k + 2 bare commits."""
    count, rounds = (50, 3) if short else (200, 7)
    chains = _Chains(place)
    found = chains.in_turns(count, rounds)
    figures = [_cost(name, found[name], chains.syncs(name)) for name in NAMES]
    figures += _beside(found, "")
    if measuring.has_strace():
        slow = chains.in_turns(count // 2, 2 if short else 3, SLOW_US)
        figures += _beside(slow, ", a sync 1 ms longer")
    return figures


def _cost(name: str, runs: list[Ran], syncs: float | None) -> Figure:
    wall, cpu = (statistics.median(run[what] / run["chains"] * 1000 for run in runs) for what in ("wall", "cpu"))
    noise = statistics.quantiles((run["wall"] for run in runs), n=4)
    waits = f"{syncs:.1f} syncs" if syncs is not None else "syncs not counted: strace is not installed"
    return Figure("chain", f"three steps, {name}", wall, "ms wall",
                  note=f"CPU {cpu:.2f} ms, {waits}; noise ±{(noise[2] - noise[0]) / 2 / noise[1]:.0%}")  # fmt: skip


def _beside(found: dict[str, list[Ran]], where: str) -> list[Figure]:
    """The ratios, by wall time; by CPU in the note. Each is the median over the rounds."""
    figures = []
    for ours in ASK:
        for name in PEERS:
            wall, cpu = _ratio(found[name], found[ours], "wall"), _ratio(found[name], found[ours], "cpu")
            least = 5 if name.startswith("DBOS") and not where else None
            figures.append(Figure("chain", f"{ours} beside {name}{where}", wall, "times", least=least,
                                  note=f"by CPU {cpu:.2f}"))  # fmt: skip
        wall, cpu = _ratio(found[ours], found[BARE], "wall"), _ratio(found[ours], found[BARE], "cpu")
        figures.append(Figure("chain", f"{ours}, of {BARE}{where}", wall, "times", most=1.5,
                              note=f"by CPU {cpu:.2f}"))  # fmt: skip
    return figures


def _ratio(over: list[Ran], under: list[Ran], what: str) -> float:
    return statistics.median(
        one[what] / one["chains"] / (other[what] / other["chains"])
        for one, other in zip(over, under, strict=True)
    )  # fmt: skip


class _Chains:
    """Every subject by its name, each run in a process and a folder of its own."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.folders = 0
        self.peers = place.peers()
        self.size: list[str] = []
        self.size = self._size()

    def argv(self, name: str, folder: str, count: int) -> list[str]:
        """The command line of one run."""
        if name in ASK:
            return [self.place.python, str(HERE / "chain_ask.py"), "chain", folder, str(count), *ASK[name]]
        script, *more = ["sqlite", *self.size] if name == BARE else PEERS[name]
        return [self.peers, str(HERE / "peers" / f"with_{script}.py"), "chain", folder, str(count), *more]

    def _size(self) -> list[str]:
        """How many rows, and bytes in them, a commit of `ask` holds: so many the bare commits hold."""
        folder = self._folder()
        self._run(self.argv("ask", folder, 20))
        size = self._run([self.place.python, str(HERE / "chain_ask.py"), "size", folder])
        return [str(round(size["rows"])), str(round(size["bytes"]))]

    def once(self, name: str, count: int, slow_us: int = 0) -> Ran:
        """One run."""
        folder = self._folder()
        argv = self.argv(name, folder, count)
        ran = self._run(measuring.with_slow_disk(argv, slow_us) if slow_us else argv)
        shutil.rmtree(folder)
        return ran

    def in_turns(self, count: int, rounds: int, slow_us: int = 0) -> dict[str, list[Ran]]:
        """All of them, round by round, in an order that turns."""
        found: dict[str, list[Ran]] = {name: [] for name in NAMES}
        for turn in range(rounds):
            first = turn % len(NAMES)
            for name in NAMES[first:] + NAMES[:first]:
                found[name].append(self.once(name, count, slow_us))
        return found

    def syncs(self, name: str, few: int = 20, many: int = 120) -> float | None:
        """How often one chain waits for the disk: what more chains add, so that no start-up is counted."""
        if not measuring.has_strace():
            return None
        counted = []
        for count in (few, many):
            folder = self._folder()
            argv = self.argv(name, folder, count)
            counted.append(measuring.syncs(argv, self.place.env("nowhere"), str(self.place.stores / "strace")))
            shutil.rmtree(folder)
        return (counted[1] - counted[0]) / (many - few)

    def _folder(self) -> str:
        self.folders += 1
        folder = self.place.stores / f"chain-{self.folders}"
        folder.mkdir()
        return str(folder)

    def _run(self, argv: list[str]) -> Ran:
        done = subprocess.run(argv, env=self.place.env("nowhere"), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(argv)}: {done.stdout}{done.stderr}")
        found: Ran = json.loads(done.stdout)
        return found
