-- The same tables, with the same columns and rules, written so that a change of a row costs less.
-- SQLite builds a table in memory for each list of three or more in a check, every time that the check is asked. The
-- same said with `or` is compared where it stands. A check cannot be altered in place, so these tables are made anew.

create table job_new (
  id integer primary key,
  number integer unique references number (id),
  workflow_id integer not null references workflow (id),
  schedule_id integer references schedule (id),
  slot_at text,
  title text not null,
  state text not null check (
    state = 'pending' or state = 'in_progress' or state = 'awaiting_input' or state = 'completed' or state = 'failed'
    or state = 'superseded' or state = 'cancelled'
  ),
  paused integer not null default 0 check (paused in (0, 1)),
  key text not null unique,
  inputs text not null check (json_valid(inputs)),
  priority text not null default 'normal' check (
    priority = 'low' or priority = 'normal' or priority = 'high' or priority = 'urgent'
  ),
  reason text,
  created_at text not null,
  ended_at text,
  rev integer not null default 1,
  workflow text, -- the name of a workflow that a person keeps; null for a reminder
  subject text,
  starts_at text, -- pending until then
  queued integer not null default 0 check (queued in (0, 1)), -- pending until older ones end
  deadline_at text,
  event_id integer references event (id), -- what started it
  event_mark integer not null default 0, -- the newest event when it was made
  parent_id integer references step (id), -- the step of another job that waits for it
  ending text check (
    ending = 'completed' or ending = 'failed' or ending = 'superseded' or ending = 'cancelled'
  ),
  keep integer not null default 0 check (keep in (0, 1)), -- end without undoing
  check ((ended_at is null) = (state = 'pending' or state = 'in_progress' or state = 'awaiting_input'))
) strict;
insert into job_new select * from job;
drop table job;
alter table job_new rename to job;
create index jobs_to_list on job (created_at, id)
  where number is not null and state in ('pending', 'in_progress', 'awaiting_input');
create index jobs_open_of_schedule on job (schedule_id)
  where schedule_id is not null and state in ('pending', 'in_progress', 'awaiting_input');
create index jobs_of_schedule on job (schedule_id, id) where schedule_id is not null;
create index jobs_to_start on job (starts_at) where state = 'pending' and starts_at is not null and paused = 0;
create index jobs_past_deadline on job (deadline_at)
  where deadline_at is not null and state in ('pending', 'in_progress', 'awaiting_input');
create index jobs_open_of_workflow on job (workflow, id)
  where workflow is not null and state in ('pending', 'in_progress', 'awaiting_input');
create index jobs_ended_of_workflow on job (workflow, ended_at) where workflow is not null and ended_at is not null;
create index jobs_of_parent on job (parent_id) where parent_id is not null;
create index jobs_of_version on job (workflow_id) where workflow is not null;

create table step_new (
  id integer primary key,
  job_id integer not null references job (id),
  path text not null,
  state text not null check (
    state = 'pending' or state = 'ready' or state = 'running' or state = 'waiting' or state = 'unknown'
    or state = 'completed' or state = 'failed' or state = 'skipped' or state = 'undoing' or state = 'undone'
    or state = 'cancelled'
  ),
  action text not null check (json_valid(action)),
  key text not null unique,
  rank integer not null default 1,
  attempts integer not null default 0 check (attempts >= 0),
  forgiven integer not null default 0 check (forgiven <= attempts),
  rings integer not null default 0 check (rings >= 0),
  planned_at text,
  wake_at text,
  lease text,
  lease_until text,
  output text check (output is null or json_valid(output)),
  error text,
  ended_at text,
  done_by text check (done_by in ('action', 'fallback')),
  about text check (about is null or json_valid(about)), -- the item of a list, as [item]
  awaits text, -- the name of the event that it waits for
  service text,
  held text check (held = 'limit' or held = 'down' or held = 'paused'), -- why it does not begin
  held_at text,
  rung integer not null default 0 check (rung >= 0),
  rung_at text,
  unique (job_id, path),
  check ((lease is not null) = (state = 'running'))
) strict;
insert into step_new select * from step;
drop table step;
alter table step_new rename to step;
create index steps_to_wake on step (wake_at) where state = 'waiting' and wake_at is not null;
-- Those at work stand before those that are next, in the same page: a step that begins and ends changes only that one.
create index steps_to_begin on step (state desc, rank, wake_at, id) where state = 'ready' or state = 'running';
create index steps_awaiting on step (awaits, id) where state = 'waiting' and awaits is not null;
create index steps_held on step (service, rank, id) where state = 'waiting' and held in ('limit', 'down');

create table attempt_new (
  step_id integer not null references step (id),
  number integer not null,
  began_at text not null,
  ended_at text,
  took_ms integer,
  outcome text check (outcome = 'succeeded' or outcome = 'failed' or outcome = 'cut off'),
  error text,
  primary key (step_id, number)
) strict, without rowid;
insert into attempt_new select * from attempt;
drop table attempt;
alter table attempt_new rename to attempt;

create table effect_new (
  key text not null,
  number integer not null,
  step_id integer not null references step (id),
  kind text not null check (kind = 'read' or kind = 'keyed' or kind = 'once' or kind = 'repeatable'),
  state text not null check (state = 'started' or state = 'happened' or state = 'did not' or state = 'unknown'),
  began_at text not null,
  ended_at text,
  primary key (key, number)
) strict, without rowid;
insert into effect_new select * from effect;
drop table effect;
alter table effect_new rename to effect;

create table message_new (
  id integer primary key,
  key text not null,
  channel text not null,
  next_channels text not null default '[]' check (json_valid(next_channels)),
  item integer references number (id),
  job_id integer references job (id),
  step_id integer references step (id),
  schedule_id integer references schedule (id),
  text text not null,
  severity text not null check (severity = 'low' or severity = 'normal' or severity = 'high'),
  rank integer not null default 1,
  state text not null check (
    state = 'queued' or state = 'sending' or state = 'sent' or state = 'acknowledged' or state = 'dead'
    or state = 'unknown'
  ),
  reason text,
  attempts integer not null default 0,
  doubtful integer not null default 0 check (doubtful in (0, 1)),
  dropped text, -- why it must not be tried again, where that was decided while it was being sent
  at text not null,
  wake_at text not null,
  sent_at text,
  lease text,
  lease_until text,
  unique (key, channel),
  check ((lease is not null) = (state = 'sending'))
) strict;
insert into message_new select * from message;
drop table message;
alter table message_new rename to message;
create index messages_due on message (wake_at) where state = 'queued' and channel <> 'terminal';
create index messages_to_send on message (channel, rank, wake_at, id) where state = 'queued' and channel <> 'terminal';
create index messages_for_terminal on message (wake_at) where state = 'queued' and channel = 'terminal';
create index messages_leased on message (lease) where lease is not null;
create index messages_of_job on message (job_id) where job_id is not null;
create index messages_of_schedule on message (schedule_id) where schedule_id is not null;

create table slot_new (
  schedule_id integer not null references schedule (id),
  at text not null,
  last text not null,
  count integer not null check (count > 0),
  state text not null check (
    state = 'ran' or state = 'late' or state = 'skipped' or state = 'coalesced' or state = 'missed'
  ),
  reason text,
  job_id integer references job (id),
  primary key (schedule_id, at),
  check (last >= at)
) strict, without rowid;
insert into slot_new select * from slot;
drop table slot;
alter table slot_new rename to slot;
