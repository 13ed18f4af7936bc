"""Several ticks at once on one store. They take turns at boundaries, by the story's dice, so that a seed repeats them.

A turn is passed only where no transaction is open: what one writer does in a transaction, no other one sees in parts.
"""

import threading
from _thread import allocate_lock
from random import Random

from assistant.app.proving.play import Play

PASSES = 0.4  # how often a turn is passed on at a boundary


class Together(Play):
    """A story in which each tick is several, begun at the same moment."""

    _turns: "_Turns | None" = None
    _died = False

    def tick(self) -> None:
        """All of them, until each has come to its end; a worker that dies is not replaced before the next tick."""
        self._turns = turns = _Turns(Random(f"{self.story.seed}/{self.workers}"), self.story.ticks)  # noqa: S311 - repeats by its seed
        self.con.is_fine = True
        turns.play([self._worker(turns, place) for place in range(self.story.ticks)])
        self.con.is_fine = False
        self._turns = None
        if self._died:
            self._died = False
            super().tick()

    def _worker(self, turns: "_Turns", place: int) -> threading.Thread:
        def work() -> None:
            turns.wait(place)
            try:
                if not self._tick_once():
                    self._died = True
            finally:
                turns.leave(place)

        return threading.Thread(target=work, daemon=True)

    def _at_boundary(self, name: str) -> None:
        super()._at_boundary(name)
        if self._turns is not None and not self._nested and not self.con.in_transaction:
            self._turns.may_pass()


class _Turns:
    """Whose turn it is."""

    def __init__(self, dice: Random, places: int) -> None:
        self._dice = dice
        self._gates = [allocate_lock() for _ in range(places)]  # an Event costs three times as much
        self._there: list[int] = []
        self._now = 0

    def play(self, threads: list[threading.Thread]) -> None:
        """Let all work until each has left."""
        self._there = list(range(len(threads)))
        for place in self._there:
            self._gates[place].acquire()
        for thread in threads:
            thread.start()
        self._now = self._dice.choice(self._there)
        self._gates[self._now].release()
        for thread in threads:
            thread.join()

    def wait(self, place: int) -> None:
        """Until it is this one's turn."""
        self._gates[place].acquire()

    def may_pass(self) -> None:
        """Perhaps let another one go on first."""
        mine = self._now
        if len(self._there) < 2 or self._dice.random() > PASSES:
            return
        self._now = self._dice.choice([place for place in self._there if place != mine])
        self._gates[self._now].release()
        self.wait(mine)

    def leave(self, place: int) -> None:
        """This one is at its end: another one's turn."""
        self._there.remove(place)
        if self._there:
            self._now = self._dice.choice(self._there)
            self._gates[self._now].release()
