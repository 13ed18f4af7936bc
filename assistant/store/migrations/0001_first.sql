-- The first schema. A released migration is never edited; the next one goes into a file of its own.
-- Instants are UTC text of fixed width, 2026-11-24T08:00:00Z. Structured values are JSON text. Durations are whole seconds.

create table meta (
  name text primary key,
  value text not null
) strict, without rowid;

-- One sequence for everything that people type. Numbers never change and are never used again.
create table number (
  id integer primary key autoincrement,
  kind text not null check (kind in ('task', 'schedule', 'job', 'request'))
) strict;

-- What a person asked for, one row a command; the journal hangs on it and undo goes back by it.
create table command (
  id integer primary key,
  at text not null,
  words text not null,
  undone_by integer references command (id)
) strict;

create table preference (
  name text primary key,
  value text not null,
  set_at text not null
) strict, without rowid;

create table channel (
  name text primary key,
  url text not null,
  added_at text not null,
  removed_at text
) strict, without rowid;

create table workflow (
  id integer primary key,
  name text not null,
  version integer not null,
  spec text not null check (json_valid(spec)),
  hash text not null,
  state text not null check (state in ('active', 'paused', 'removed')),
  created_at text not null,
  unique (name, version)
) strict;
create unique index workflow_by_hash on workflow (name, hash);

create table task (
  id integer primary key references number (id),
  title text not null check (title <> ''),
  state text not null check (state in ('open', 'waiting', 'done', 'dropped')),
  due_at text,
  due_wall text,
  zone text,
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  project text,
  tags text not null default '[]' check (json_valid(tags)),
  key text,
  created_at text not null,
  ended_at text,
  rev integer not null default 1
) strict;
create index tasks_to_list on task (coalesce(due_at, '9999'), id) where state in ('open', 'waiting');
create unique index task_holds_key on task (key) where key is not null and state in ('open', 'waiting');

-- A rule, or one instant, that produces slots. `next_at` is the next slot, null when there is none to come.
create table schedule (
  id integer primary key references number (id),
  workflow_id integer not null references workflow (id),
  title text not null check (title <> ''),
  state text not null check (state in ('active', 'paused', 'ended')),
  rule text,
  wall text,
  zone text not null,
  floating integer not null check (floating in (0, 1)),
  next_at text,
  snoozed_to text,
  last_slot_at text,
  inputs text not null check (json_valid(inputs)),
  if_late text not null check (if_late in ('run', 'skip', 'brief', 'ask')),
  useless_after integer check (useless_after > 0),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  project text,
  tags text not null default '[]' check (json_valid(tags)),
  key text,
  created_at text not null,
  ended_at text,
  reason text,
  rev integer not null default 1
) strict;
create index schedules_due on schedule (next_at) where next_at is not null and state <> 'ended';
create index schedules_to_list on schedule (coalesce(next_at, ''), id) where state <> 'ended';
create unique index schedule_holds_key on schedule (key) where key is not null and state <> 'ended';

create table slot (
  schedule_id integer not null references schedule (id),
  at text not null,
  last text not null,
  count integer not null check (count > 0),
  state text not null check (state in ('ran', 'late', 'skipped', 'coalesced', 'missed')),
  reason text,
  job_id integer references job (id),
  primary key (schedule_id, at),
  check (last >= at)
) strict, without rowid;

create table job (
  id integer primary key,
  number integer unique references number (id),
  workflow_id integer not null references workflow (id),
  schedule_id integer references schedule (id),
  slot_at text,
  title text not null,
  state text not null check (
    state in ('pending', 'in_progress', 'awaiting_input', 'completed', 'failed', 'superseded', 'cancelled')
  ),
  paused integer not null default 0 check (paused in (0, 1)),
  key text not null unique,
  inputs text not null check (json_valid(inputs)),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  reason text,
  created_at text not null,
  ended_at text,
  rev integer not null default 1,
  check ((ended_at is null) = (state in ('pending', 'in_progress', 'awaiting_input')))
) strict;
create index jobs_to_list on job (created_at, id)
  where number is not null and state in ('pending', 'in_progress', 'awaiting_input');
create index jobs_open_of_schedule on job (schedule_id)
  where schedule_id is not null and state in ('pending', 'in_progress', 'awaiting_input');
create index jobs_of_schedule on job (schedule_id, id) where schedule_id is not null;

-- A step is a path within its job: ring, send, send/undo. Its key is what the outside sees.
create table step (
  id integer primary key,
  job_id integer not null references job (id),
  path text not null,
  state text not null check (
    state in ('pending', 'ready', 'running', 'waiting', 'unknown', 'completed', 'failed', 'skipped', 'undoing',
      'undone', 'cancelled')
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
  unique (job_id, path),
  check ((lease is not null) = (state = 'running'))
) strict;
create index steps_to_wake on step (wake_at) where state = 'waiting' and wake_at is not null;
create index steps_to_begin on step (rank, wake_at, id) where state = 'ready';
create index steps_leased on step (lease) where lease is not null;

create table attempt (
  step_id integer not null references step (id),
  number integer not null,
  began_at text not null,
  ended_at text,
  took_ms integer,
  outcome text check (outcome in ('succeeded', 'failed', 'cut off')),
  error text,
  primary key (step_id, number)
) strict, without rowid;

-- A change outside this file: written before it begins, settled after it ended.
create table effect (
  key text not null,
  number integer not null,
  step_id integer not null references step (id),
  kind text not null check (kind in ('read', 'keyed', 'once', 'repeatable')),
  state text not null check (state in ('started', 'happened', 'did not', 'unknown')),
  began_at text not null,
  ended_at text,
  primary key (key, number)
) strict, without rowid;

create table request (
  id integer primary key references number (id),
  kind text not null check (kind in ('approval', 'ack', 'input', 'unknown', 'failure')),
  job_id integer references job (id),
  step_id integer references step (id),
  schedule_id integer references schedule (id),
  title text not null,
  state text not null check (
    state in ('open', 'approved', 'denied', 'answered', 'acknowledged', 'resolved', 'expired', 'withdrawn')
  ),
  proposal text check (proposal is null or json_valid(proposal)),
  hash text,
  because text,
  expires_at text,
  on_expiry text,
  answer text,
  created_at text not null,
  ended_at text,
  rev integer not null default 1
) strict;
create index requests_open on request (created_at, id) where state = 'open';
create index requests_to_expire on request (expires_at) where state = 'open' and expires_at is not null;
create index requests_of_job on request (job_id) where job_id is not null;
create index requests_of_schedule on request (schedule_id) where schedule_id is not null;

-- One row a message and channel. A message that dies on one channel goes on as a new row, under the same key, on the next.
create table message (
  id integer primary key,
  key text not null,
  channel text not null,
  next_channels text not null default '[]' check (json_valid(next_channels)),
  item integer references number (id),
  job_id integer references job (id),
  step_id integer references step (id),
  schedule_id integer references schedule (id),
  text text not null,
  severity text not null check (severity in ('low', 'normal', 'high')),
  rank integer not null default 1,
  state text not null check (state in ('queued', 'sending', 'sent', 'acknowledged', 'dead', 'unknown')),
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
create index messages_due on message (wake_at) where state = 'queued' and channel <> 'terminal';
create index messages_to_send on message (channel, rank, wake_at, id) where state = 'queued' and channel <> 'terminal';
create index messages_for_terminal on message (wake_at) where state = 'queued' and channel = 'terminal';
create index messages_leased on message (lease) where lease is not null;
create index messages_of_job on message (job_id) where job_id is not null;
create index messages_of_schedule on message (schedule_id) where schedule_id is not null;

create table tick (
  id integer primary key,
  began_at text not null,
  ended_at text,
  gap_s integer,
  outcome text check (outcome is null or json_valid(outcome))
) strict;

-- Append-only: every change of a row, with what it was and what it became.
create table journal (
  id integer primary key,  -- counts up by itself, since nothing is ever deleted
  at text not null,
  command_id integer references command (id),
  tick_id integer references tick (id),
  tab text not null,
  row text not null,
  item integer,
  what text not null,
  before text check (before is null or json_valid(before)),
  after text check (after is null or json_valid(after))
) strict;
create index journal_of_command on journal (command_id) where command_id is not null;
create index journal_of_item on journal (item) where item is not null;
create trigger journal_is_never_changed before update on journal
begin
  select raise(abort, 'the journal is append-only');
end;
create trigger journal_is_never_deleted before delete on journal
begin
  select raise(abort, 'the journal is append-only');
end;

create virtual table words using fts5 (title, project, tags, tokenize = "unicode61 remove_diacritics 2");
