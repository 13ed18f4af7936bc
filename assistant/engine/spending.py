"""Note what questions to models cost, one row each, in the open transaction. Asks none."""

from assistant.core.moves import Move, New, Ref
from assistant.store.write import Writing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.ports.model import Attempt
    from assistant.ports.records import Step

MOST = 500  # characters of an error


def note_asked(writing: Writing, asked: "tuple[Attempt, ...]", step: "Step | None" = None) -> None:
    """Keep a row for each question; `step`: the one that asked, None where a person did."""
    moves: list[Move] = [
        New(
            "spend",
            Ref(f"spend:{place}"),
            {
                "at": writing.now,
                "job_id": step.job_id if step is not None else None,
                "step": step.path if step is not None else None,
                "model": attempt.model,
                "tokens_in": attempt.tokens_in,
                "tokens_out": attempt.tokens_out,
                "cost_usd": attempt.cost_usd,
                "at_most_usd": attempt.at_most_usd,
                "took_ms": attempt.took_ms,
                "error": attempt.error[:MOST] if attempt.error is not None else None,
            },
            "model asked",
        )
        for place, attempt in enumerate(asked)
    ]
    writing.apply(moves)
