-- Whole workflows: events, jobs that wait for their start, deadlines, child jobs, items of a list, limits and parked services.

-- Something that happened, or that a step said. One with a key happens once, for ever.
create table event (
  id integer primary key autoincrement,
  name text not null check (name <> ''),
  key text,
  data text not null check (json_valid(data)),
  at text not null,
  source text,
  routed integer not null default 0 check (routed in (0, 1)) -- whether waits and triggers were told of it
) strict;
create unique index event_holds_key on event (key) where key is not null;
create index events_by_name on event (name, id);
create index events_to_route on event (id) where routed = 0;

-- Which event woke a wait of which job: a job takes an event once.
create table event_taken (
  job_id integer not null references job (id),
  event_id integer not null references event (id),
  primary key (job_id, event_id)
) strict, without rowid;

-- What steps of several jobs share: a host, a program, or what `limit: {to: …}` names.
create table service (
  name text primary key,
  began_at text, -- when a step of it last began
  down_at text,
  reason text,
  wake_at text, -- when one step tries whether it is back
  tries integer not null default 0
) strict, without rowid;
create index services_to_try on service (wake_at) where wake_at is not null;

-- How far a workflow is trusted to act: 0 acts, 1 asks first, 2 drafts only.
create table standing (
  workflow text primary key,
  level integer not null check (level in (0, 1, 2)),
  since_at text not null,
  probe_at text -- after this a job may show that it works again
) strict, without rowid;

alter table workflow add column text text; -- the file as it was added
-- A file that is taken back to what it was before is a new version with an old content.
drop index workflow_by_hash;
create index workflow_by_hash on workflow (name, hash);

alter table schedule add column place integer; -- which trigger of its workflow it is; null for a reminder
create index schedules_of_workflow on schedule (workflow_id) where place is not null;

alter table job add column workflow text; -- the name of a workflow that a person keeps; null for a reminder
alter table job add column subject text;
alter table job add column starts_at text; -- pending until then
alter table job add column queued integer not null default 0 check (queued in (0, 1)); -- pending until older ones end
alter table job add column deadline_at text;
alter table job add column event_id integer references event (id); -- what started it
alter table job add column event_mark integer not null default 0; -- the newest event when it was made
alter table job add column parent_id integer references step (id); -- the step of another job that waits for it
alter table job add column ending text check (ending in ('completed', 'failed', 'superseded', 'cancelled'));
alter table job add column keep integer not null default 0 check (keep in (0, 1)); -- end without undoing
create index jobs_to_start on job (starts_at) where state = 'pending' and starts_at is not null and paused = 0;
create index jobs_past_deadline on job (deadline_at)
  where deadline_at is not null and state in ('pending', 'in_progress', 'awaiting_input');
create index jobs_open_of_workflow on job (workflow, subject, queued, id)
  where workflow is not null and state in ('pending', 'in_progress', 'awaiting_input');
create index jobs_ended_of_workflow on job (workflow, ended_at) where workflow is not null and ended_at is not null;
create index jobs_of_parent on job (parent_id) where parent_id is not null;
create index jobs_of_version on job (workflow_id) where workflow is not null;

alter table step add column done_by text check (done_by in ('action', 'fallback'));
alter table step add column about text check (about is null or json_valid(about)); -- the item of a list, as [item]
alter table step add column awaits text; -- the name of the event that it waits for
alter table step add column service text;
alter table step add column held text check (held in ('limit', 'down', 'paused')); -- why it does not begin
alter table step add column held_at text;
alter table step add column rung integer not null default 0 check (rung >= 0);
alter table step add column rung_at text;
alter table step add column approval integer references request (id); -- it runs as that approved it, or not at all
create index steps_awaiting on step (awaits, id) where state = 'waiting' and awaits is not null;
create index steps_held on step (service, rank, id) where state = 'waiting' and held in ('limit', 'down');

alter table request add column snoozed_to text; -- not shown in the inbox until then
alter table request add column rank integer not null default 8; -- the most pressing first: core/plan
alter table request add column cause text; -- what asks, as WORKFLOW.STEP: alike ones are shown and trusted together
create index requests_by_rank on request (rank, created_at, id) where state = 'open';
create index requests_by_cause on request (cause, id) where cause is not null;

-- Where events come from: looked at every so often, from where its cursor stands. One that was removed keeps its row.
create table source (
  name text primary key,
  url text not null,
  every integer not null check (every > 0), -- seconds
  cursor text check (cursor is null or json_valid(cursor)),
  added_at text not null,
  removed_at text,
  poll_at text not null, -- when it is looked at next
  wake_at text not null, -- when it may have something to tell, by the clock alone or since it is looked at then
  last_success_at text,
  last_error text,
  failures integer not null default 0, -- in a row
  told integer not null default 0 check (told in (0, 1)), -- whether the person knows that it is down
  note text,
  lease text,
  lease_until text
) strict, without rowid;
create index sources_due on source (wake_at) where removed_at is null and lease is null;
create index sources_leased on source (lease) where lease is not null;

-- Reminders whose time is that of an event of a calendar.
create index schedules_bound on schedule (json_extract(inputs, '$.bound.uid'))
  where json_extract(inputs, '$.bound.uid') is not null and state <> 'ended';

-- From here on: the same tables, with the same columns and rules, so written that a change of a row costs less.
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
create index jobs_open_of_workflow on job (workflow, subject, queued, id)
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
  approval integer references request (id), -- it runs as that approved it, or not at all
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
