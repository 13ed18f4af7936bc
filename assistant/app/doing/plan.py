"""A plan: commands of our own, with arguments and risk. What a sentence leaves open is an error with a question."""

from assistant.errors import AskError, UsageError
from assistant.value import Value

LOW, MEDIUM, HIGH = "low", "medium", "high"
# What a command may do: low makes or changes own items, medium starts workflows, high acts outside or takes away.
RISKS = {
    "remind": LOW, "add": LOW, "done": LOW, "ack": LOW, "snooze": LOW, "edit": LOW, "pause": LOW, "resume": LOW,
    "undo": LOW, "list": LOW, "show": LOW, "why": LOW, "inbox": LOW, "brief": LOW, "agenda": LOW, "run": MEDIUM,
    "workflow pause": MEDIUM, "workflow resume": MEDIUM, "cancel": HIGH, "approve": HIGH, "deny": HIGH,
}  # fmt: skip
READS = frozenset({"list", "show", "why", "inbox", "brief", "agenda"})


class Act(Value):
    """One command as it would be typed. `says`: what was understood; `item`: the number that it changes."""

    __slots__ = ("command", "args", "says", "item")
    command: str
    args: tuple[str, ...]
    says: str
    item: int | None = None

    @property
    def risk(self) -> str:
        """How bad it would be if it were not meant."""
        return RISKS[self.command]


class Plan(Value):
    """What a sentence asks for. `by`: rules or model."""

    __slots__ = ("by", "acts")
    by: str
    acts: tuple[Act, ...]

    @property
    def risk(self) -> str:
        """The highest of its acts."""
        return max((act.risk for act in self.acts), key=(LOW, MEDIUM, HIGH).index)

    @property
    def only_reads(self) -> bool:
        """Whether it changes nothing."""
        return all(act.command in READS for act in self.acts)


class Open(UsageError):
    """One thing that a sentence leaves open. `choices`: numbers and titles of what `about` may mean, if it is that."""

    code = "open"
    answer: "dict[str, object] | None" = None

    def __init__(self, question: str, hint: str, choices: tuple[tuple[int, str], ...] = (), about: str = "") -> None:
        super().__init__(question, hint)
        self.choices = choices
        self.about = about


class Unplaced(AskError):
    """What the rules cannot place."""
