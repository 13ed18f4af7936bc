"""The one question an idle tick asks: when is anything due? Loads nothing but `sqlite3`, writes nothing."""

import sqlite3

# Each line asks one index for its first row, so that the answer costs the same with a million rows.
NEXT = """
select min(at) from (
  select * from (select next_at as at from schedule indexed by schedules_due
    where next_at is not null and state <> 'ended' order by next_at limit 1)
  union all
  select * from (select wake_at from step indexed by steps_to_wake
    where state = 'waiting' and wake_at is not null order by wake_at limit 1)
  union all
  select * from (select wake_at from step indexed by steps_to_begin where state = 'ready' limit 1)
  union all
  select * from (select expires_at from request indexed by requests_to_expire
    where state = 'open' and expires_at is not null order by expires_at limit 1)
  union all
  select * from (select wake_at from message indexed by messages_due
    where state = 'queued' and channel <> 'terminal' order by wake_at limit 1)
  union all
  select * from (select starts_at from job indexed by jobs_to_start
    where state = 'pending' and starts_at is not null and paused = 0 and queued = 0
    order by starts_at limit 1)
  union all
  select * from (select deadline_at from job indexed by jobs_past_deadline
    where ended_at is null and deadline_at is not null and ending is null order by deadline_at limit 1)
  union all
  select * from (select wake_at from source indexed by sources_due where removed_at is null and lease is null
    order by wake_at limit 1)
  union all
  select * from (select at from event indexed by events_to_route where routed = 0 order by id limit 1)
  union all
  select * from (select wake_at from service indexed by services_to_try where wake_at is not null
    order by wake_at limit 1)
)
"""
LEASED = """
select exists (select 1 from step indexed by steps_to_begin where state = 'running')
  or exists (select 1 from message indexed by messages_leased where lease is not null)
  or exists (select 1 from source indexed by sources_leased where lease is not null)
"""


def next_due(con: sqlite3.Connection) -> str | None:
    """The earliest instant at which a tick has work, as stored text; it may lie in the past."""
    found: str | None = con.execute(NEXT).fetchone()[0]
    return found


def any_leased(con: sqlite3.Connection) -> bool:
    """Whether anything is under way, or was when its worker died."""
    return bool(con.execute(LEASED).fetchone()[0])
