"""When to try again. Knows nothing of what is tried."""

from datetime import datetime, timedelta

from assistant.core.spec import Retry


def backoff(policy: Retry, attempts: int, jitter: float) -> timedelta:
    """How long to wait after that many attempts: doubled each time, capped, jittered between half and the whole.

    Whole seconds, rounded up, so that a wake time that is shown is one at which the step really wakes.

    >>> backoff(Retry(), 1, 1.0), backoff(Retry(), 3, 0.0)
    (datetime.timedelta(seconds=30), datetime.timedelta(seconds=60))
    """
    whole = policy.first.total_seconds() * policy.factor ** min(attempts - 1, 64)
    whole = min(policy.longest.total_seconds(), whole)
    return timedelta(seconds=max(1, -int(-(whole * (0.5 + jitter / 2)) // 1)))


def next_try(
    policy: Retry, attempts: int, now: datetime, jitter: float, retry_after: timedelta | None = None
) -> datetime | None:
    """When the next attempt may begin, or None where no attempt is left.

    A receiver that said when to come back is believed, up to a day.
    """
    if attempts >= policy.attempts:
        return None
    wait = backoff(policy, attempts, jitter)
    if retry_after is not None:
        wait = max(wait, min(retry_after, timedelta(days=1)))
    return now + wait
