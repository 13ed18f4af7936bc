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
create index jobs_open_of_workflow on job (workflow, id)
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
create index steps_awaiting on step (awaits, id) where state = 'waiting' and awaits is not null;
create index steps_held on step (service, rank, id) where state = 'waiting' and held in ('limit', 'down');

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

-- What each question to a model cost, also one that brought nothing.
create table spend (
  id integer primary key autoincrement,
  at text not null,
  job_id integer references job (id), -- null: a person asked at the command line
  step text, -- the path of the step
  model text not null,
  tokens_in integer not null check (tokens_in >= 0),
  tokens_out integer not null check (tokens_out >= 0),
  cost_usd real, -- null: nobody knows it
  at_most_usd real, -- what it may have been at most, by the estimate made beforehand
  took_ms integer not null,
  error text -- null: the answer could be used
) strict;
create index spend_by_day on spend (at);
create index spend_of_job on spend (job_id) where job_id is not null;
