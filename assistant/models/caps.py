"""What a request may cost, from the caps that hold and what was spent. Keeps no account: the caller knows what was."""

from assistant.ports.model import Allowance

PER_JOB_USD = 0.10
PER_DAY_USD = 0.50


def allowance(
    step_usd: float | None,
    spent_in_job_usd: float,
    spent_today_usd: float,
    per_job_usd: float | None = PER_JOB_USD,
    per_day_usd: float | None = PER_DAY_USD,
) -> Allowance | None:
    """The tightest of what a step's own cap, the job and the day leave; None where no cap holds.

    >>> allowance(0.02, 0.0, 0.0)
    Allowance(usd=0.02, rule='max_cost_usd of the step')
    >>> allowance(0.02, 0.0, 0.6)
    Allowance(usd=0.0, rule='the cap of 0.5 USD a day')
    >>> allowance(None, 0.0, 9.0, per_job_usd=None, per_day_usd=None)
    """
    left = [Allowance(step_usd, "max_cost_usd of the step")] if step_usd is not None else []
    if per_job_usd is not None:
        left.append(Allowance(max(0.0, per_job_usd - spent_in_job_usd), f"the cap of {per_job_usd:g} USD a job"))
    if per_day_usd is not None:
        left.append(Allowance(max(0.0, per_day_usd - spent_today_usd), f"the cap of {per_day_usd:g} USD a day"))
    return min(left, key=lambda one: one.usd, default=None)
